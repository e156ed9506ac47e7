"""``tutor db``, ``export`` and ``import``: what they say, and that they do it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def studied(tutor: Run, home: Path) -> Path:
    """A data folder with two answers in its store, one of them failed."""
    assert tutor("review", "--plain", typed="3\n1\nq\n").status == 0
    return home


def log(tutor: Run) -> str:
    return tutor("log").out


def by_hand(home: Path, sql: str) -> None:
    db = sqlite3.connect(home / "store.db")
    db.execute(sql)
    db.commit()
    db.close()


def test_a_session_ends_with_the_backup_of_the_day(tutor: Run, studied: Path) -> None:
    listed = tutor("db", "list", "--json").json
    assert listed["folder"] == str(studied / "backups")
    (backup,) = listed["backups"]
    assert backup["bytes"] > 0
    assert f"  {backup['path']}\n" in tutor("db", "list").out
    assert tutor("db", "backup", "--daily").out == "no backup is due\n"
    tutor("review", "--plain", typed="1\nq\n")
    assert len(tutor("db", "list", "--json").json["backups"]) == 1


def test_a_backup_that_cannot_be_made_is_said_and_no_more(tutor: Run, home: Path) -> None:
    home.mkdir()
    (home / "backups").touch()
    said = tutor("review", "--plain", typed="3\nq\n")
    assert said.status == 0
    assert "cannot be written (File exists)" in said.err or "cannot be written (Not a directory)" in said.err
    assert said.err.count("\n") == 1
    assert len(log(tutor).splitlines()) == 1


def test_the_backup_of_a_large_store_is_announced(
    tutor: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.cli.study.LARGE", 1000)
    said = tutor("review", "--plain", typed="3\nq\n")
    assert said.err == "tutor: making the day's backup of a large store; Ctrl+C leaves it for the next time\n"
    assert tutor("review", "--plain", typed="q\n").err == ""


def test_no_backups_yet(tutor: Run, home: Path) -> None:
    assert tutor("db", "list").out == f"no backups in {home / 'backups'}\n"
    said = tutor("db", "backup")
    assert (said.status, said.out) == (1, "")
    assert "it isn't there yet" in said.err
    said = tutor("db", "restore", "latest")
    assert (said.status, said.err) == (2, f"tutor: there are no backups in {home / 'backups'}\n")


def test_backing_up_to_a_file_and_restoring_it(tutor: Run, studied: Path, tmp_path: Path) -> None:
    before = log(tutor)
    copy = tmp_path / "copy.db"
    assert tutor("db", "backup", str(copy)) == (0, f"{copy}\n", "")
    tutor("review", "--plain", typed="1\nq\n")
    assert log(tutor) != before
    said = tutor("db", "restore", str(copy))
    assert said.out.startswith(f"restored {copy}; what was there is in {studied / 'backups'}/store-")
    assert log(tutor) == before
    tutor("db", "restore", "latest")
    assert log(tutor) != before


def test_restoring_what_is_no_backup(tutor: Run, studied: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes " * 999)
    for file, told in [("notes.txt", "not a database"), ("nowhere", "there is no such file")]:
        said = tutor("db", "restore", str(tmp_path / file))
        assert (said.status, said.out) == (1, "")
        assert told in said.err
        assert said.err.count("\n") == 1
    assert len(log(tutor).splitlines()) == 2


def test_checking_and_mending(tutor: Run, studied: Path) -> None:
    assert tutor("db", "check") == (0, "the store is in order\n", "")
    assert tutor("db", "check", "--json").json == {"ok": True, "found": [], "mended": False}
    by_hand(studied, "UPDATE states SET due = '2030-01-01' WHERE question = 'line-search'")
    said = tutor("db", "check")
    assert said.status == 1
    assert said.out == (
        "questions whose states are not what the log adds up to (1): line-search\n"
        "  to mend it: fold the log anew, as 'tutor db rebuild' does\n"
        "run 'tutor db check --mend' to mend it, after a backup\n"
    )
    told = tutor("db", "check", "--json").json
    assert told["found"][0]["fault"] == "states"
    assert told["found"][0]["ids"] == ["line-search"]
    said = tutor("db", "check", "--mend")
    assert said.status == 0
    assert "  mended: fold the log anew" in said.out
    assert said.out.endswith("the store is in order\n")
    assert len(tutor("db", "list", "--json").json["backups"]) == 2
    assert tutor("db", "check").status == 0


def test_rebuilding(tutor: Run, studied: Path) -> None:
    by_hand(studied, "DELETE FROM states")
    assert json.loads(tutor("due", "--json").out)["learning"] == 0
    assert tutor("db", "rebuild") == (0, "the states are those of the log\n", "")
    assert tutor("due", "--json").json["learning"] == 1


def test_everything_goes_out_and_comes_in(
    tutor: Run, studied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.jsonl"
    before = log(tutor)
    assert tutor("export", str(file)).err == f"exported to {file}\n"
    lines = tutor("export", "-").out
    assert file.read_text() == lines
    assert [path.name for path in tmp_path.iterdir()].count("all.jsonl") == 1
    assert tutor("import", str(file)).out == f"0 new, {len(lines.splitlines()) - 1} already here\n"
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "other"))
    assert tutor("import", "-", typed=lines).out == f"{len(lines.splitlines()) - 1} new, 0 already here\n"
    assert log(tutor) == before
    assert tutor("db", "check").status == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "line 1 does not say that this is an export"),
        (b"\xff\xfe\x00", "not text"),
        (b'{"format": "terminal-tutor store", "version": 1}\n{"table": "reviews"}', "line 2: "),
    ],
)
def test_what_is_no_export_is_refused(tutor: Run, content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    said = tutor("import", str(file))
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert said.err.startswith(f"tutor: {file}: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("db", "the following arguments are required: PART"),
        ("db mend", "invalid choice: 'mend'"),
        ("db backup x --daily", "leave out FILE"),
        ("export", "the following arguments are required: FILE"),
        ("import nowhere", "nowhere: it cannot be read (No such file or directory)"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, told: str) -> None:
    said = tutor(*words.split())
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert said.err.count("\n") == 1


def test_a_file_that_cannot_be_written(tutor: Run, studied: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for file in ("folder", "nowhere/all.jsonl"):
        said = tutor("export", str(tmp_path / file))
        assert (said.status, said.out) == (1, "")
        assert "cannot be written" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "home"]
