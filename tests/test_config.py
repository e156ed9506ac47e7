from __future__ import annotations

import os
from pathlib import Path

import pytest

from tutor import config
from tutor.config import Settings
from tutor.errors import UsageError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    return tmp_path


def test_all_data_is_in_the_home_given(home: Path) -> None:
    assert config.home() == str(home)
    assert config.store_path() == str(home / "store.db")
    assert config.index_path() == str(home / "index.json")
    bundled, mine = config.deck_roots()
    assert mine == str(home / "decks")
    assert (Path(bundled) / "optimization" / "learning-rate.md").is_file()


def test_a_home_may_be_relative_or_begin_with_a_tilde(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("TUTOR_HOME", os.path.join("~", "mine"))
    assert config.home() == str(home / "mine")
    monkeypatch.chdir(home)
    monkeypatch.setenv("TUTOR_HOME", "mine")
    assert config.home() == str(home / "mine")


@pytest.mark.parametrize("given", [None, ""])
def test_else_the_home_is_the_platform_s(
    given: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from platformdirs import user_data_dir

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("TUTOR_HOME", raising=False)
    if given is not None:
        monkeypatch.setenv("TUTOR_HOME", given)
    assert config.home() == user_data_dir("tutor", appauthor=False)
    assert os.path.basename(config.home()) == "tutor"


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (None, Settings()),
        ("", Settings()),
        ("# nothing set\n", Settings()),
        ("rollover = 0", Settings(rollover=0)),
        ("rollover = 23", Settings(rollover=23)),
        ("new_per_day = 0\nreviews_per_day = 9999", Settings(new_per_day=0, reviews_per_day=9999)),
        ("minutes = 15\nleech_lapses = 8", Settings(minutes=15, leech_lapses=8)),
        ("order = 'mixed'\nbury_siblings = true", Settings(order="mixed", bury_siblings=True)),
        ("easy_days = ['sat', 'sun']", Settings(easy_days=("sat", "sun"))),
        ("easy_days = []", Settings()),
    ],
)
def test_settings(home: Path, text: str | None, settings: Settings) -> None:
    if text is not None:
        (home / "config.toml").write_text(text)
    assert config.settings() == settings


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"rolover = 3", "unknown setting 'rolover': did you mean 'rollover'?"),
        (b"rollover = 24", "rollover = 24 must be a whole number from 0 to 23"),
        (b"rollover = -1", "from 0 to 23"),
        (b"rollover = 4.0", "from 0 to 23"),
        (b"rollover = true", "from 0 to 23"),
        (b"rollover = 'four'", "from 0 to 23"),
        (b"rollover =", "not valid TOML"),
        (b"new_per_day = -1", "new_per_day = -1 must be a whole number from 0 to 9999"),
        (b"minutes = 1441", "from 0 to 1440"),
        (b"leech_lapses = 0", "from 1 to 99"),
        (b"order = 'random'", "order = 'random' must be one of due-first, new-first, mixed"),
        (b"order = ['mixed']", "must be one of"),
        (b"bury_siblings = 1", "bury_siblings = 1 must be true or false"),
        (b"easy_days = 'sun'", "must be a list of at most six of mon, tue, wed, thu, fri, sat, sun"),
        (b"easy_days = ['sunday']", "must be a list"),
        (b"easy_days = [['sun']]", "must be a list"),
        (b"easy_days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']", "at most six"),
        (b"rollover = 3 # \xff", "not valid TOML"),
        (None, "cannot be read"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(home: Path, content: bytes | None, message: str) -> None:
    path = home / "config.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(UsageError) as error:
        config.settings()
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_what_came_with_the_tutor() -> None:
    package = Path(config.__file__).parent
    assert config.is_bundled(str(package / "_decks" / "optimization" / "learning-rate.md"))
    assert not config.is_bundled(str(package.parent / "decks" / "optimization" / "learning-rate.md"))
    assert not config.is_bundled(str(package / "_decks-of-mine" / "card.md"))
