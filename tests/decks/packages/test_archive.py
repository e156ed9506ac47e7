"""Zip files that anybody may have made: what is taken from them, and what is refused."""

from __future__ import annotations

import random
import re
import shutil
import stat
import struct
from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import card_text
from tutor.decks import read
from tutor.decks.packages import archive, model
from tutor.decks.packages.gather import gather
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.decks.packages.conftest import Zipped

CARD = card_text("high", "high-q")


def taken(path: Path, tmp_path: Path) -> tuple[list[str], tuple[str, ...]]:
    """The files that are taken, and those that are left out."""
    into = tmp_path / "into"
    into.mkdir()
    package = gather(path, into, None)
    assert package.folder.parent == into
    assert not [each for each in into.rglob("*") if each.is_symlink()]
    return sorted(each.name for each in package.folder.iterdir()), package.left_out


def refused(path: Path, tmp_path: Path) -> str:
    """Why nothing is taken; nothing is written but below the folder given."""
    into = tmp_path / "into"
    into.mkdir(exist_ok=True)
    before = {each for each in tmp_path.rglob("*") if not each.is_relative_to(into)}
    with pytest.raises(UsageError) as raised:
        gather(path, into, None)
    assert {each for each in tmp_path.rglob("*") if not each.is_relative_to(into)} == before
    message = str(raised.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    ("names", "left_out"),
    [
        (["high.md", "deck.toml"], ()),
        (["dales-main/high.md", "dales-main/README.md", "dales-main/LICENSE.txt"], ()),
        (["a/b/c/high.md", "a/b/notes.md.bak", "a/x.py"], ("a/b/notes.md.bak", "a/x.py")),
        (["high.md", "run.sh", "pictures/one.png"], ("pictures/one.png", "run.sh")),
        (["high.md", "docs/more.md"], ("docs/more.md",)),
        (["d/high.md", "__MACOSX/d/._high.md", "d/.git/config", ".github/x.md"], ()),
        (["d\\high.md", "d\\deck.toml"], ()),
    ],
)
def test_the_one_folder_with_cards_is_the_deck(
    names: list[str], left_out: tuple[str, ...], zipped: Zipped, tmp_path: Path
) -> None:
    files, left = taken(zipped(dict.fromkeys(names, CARD)), tmp_path)
    assert "high.md" in files
    assert all(model.belongs(file) for file in files)
    assert left == left_out


def test_the_name_is_that_of_the_file(zipped: Zipped, tmp_path: Path) -> None:
    path = zipped({"whatever/high.md": CARD}).rename(tmp_path / "My Deck (2).zip")
    (tmp_path / "into").mkdir()
    assert gather(path, tmp_path / "into", None).folder.name == "my-deck-2"
    assert gather(path, tmp_path / "into", "other").folder.name == "other"


@pytest.mark.parametrize(
    "name", ["../evil.md", "d/../../evil.md", "/etc/evil.md", "..\\evil.md", "C:\\evil.md", "\\\\host\\evil.md"]
)
def test_a_name_that_leads_out_is_refused(name: str, zipped: Zipped, tmp_path: Path) -> None:
    message = refused(zipped({"high.md": CARD, name: CARD}), tmp_path)
    assert "leads out of it; nothing was taken" in message


def test_symbolic_links_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "dales.zip"
    with ZipFile(path, "w") as made:
        made.writestr("high.md", CARD)
        link = ZipInfo("passwd.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert taken(path, tmp_path) == (["high.md"], ("passwd.md",))


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ({}, "holds no card"),
        ({"readme.md": "hello", "x.txt": "hello"}, "holds no card"),
        ({"a/high.md": CARD, "b/high.md": CARD}, "holds several decks (a, b); unpack it"),
        ({"high.md": b"x" * (read.MAX_BYTES + 1)}, "high.md is larger than 1 MiB"),
        ({f"{n}.md": b"x" * (1 << 20) for n in range(3)}, "far more than a deck of text would"),
        ({f"{n}.txt": b"" for n in range(model.MAX_FILES + 1)}, "more than 10,000 files"),
        ({"x\x1b[2J/../../y.md": CARD}, "leads out of it"),
    ],
)
def test_what_is_no_deck_or_too_much(
    contents: Mapping[str, str | bytes], told: str, zipped: Zipped, tmp_path: Path
) -> None:
    message = refused(zipped(contents), tmp_path)
    assert message.startswith("dales.zip")
    assert told in message


def test_a_bomb_is_stopped_by_what_comes_out_not_by_what_it_claims(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        made.writestr("high.md", b"\n" * (50 << 20))
    content = path.read_bytes()
    real, claimed = struct.pack("<I", 50 << 20), struct.pack("<I", 10)
    assert content.count(real) == 2
    for lie in (content, content.replace(real, claimed)):
        path.write_bytes(lie)
        message = refused(path, tmp_path)
        assert "larger than 1 MiB" in message or "is no zip file, or a broken one" in message
        assert sum(each.stat().st_size for each in (tmp_path / "into").rglob("*.md")) <= 1 << 20
        for each in (tmp_path / "into").iterdir():
            each.rmdir()


def test_an_archive_that_is_large_itself(
    zipped: Zipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_ARCHIVE", 100)
    assert "is larger than 0 MiB; unpack it" in refused(zipped({"high.md": CARD}), tmp_path)


def test_locked_and_rarely_packed_archives(zipped: Zipped, tmp_path: Path) -> None:
    path = zipped({"high.md": CARD})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flags of the file, and of its entry in the list
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "locked with a password" in refused(path, tmp_path)
    with ZipFile(path, "w", ZIP_BZIP2) as made:
        made.writestr("high.md", CARD)
    (tmp_path / "into" / "dales").rmdir()
    assert "packed in a rare way" in refused(path, tmp_path)


def test_one_file_twice(tmp_path: Path) -> None:
    path = tmp_path / "dales.zip"
    with ZipFile(path, "w") as made:
        made.writestr("high.md", CARD)
        made.writestr("./high.md", CARD)
    assert "holds './high.md' twice" in refused(path, tmp_path)


def test_names_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "dales.zip"
    with ZipFile(path, "w") as made:
        made.writestr("höhe.md", CARD)  # flagged as UTF-8
        made.writestr("xxxx.md", CARD)
        made.writestr("zzzz.md", CARD)
    content = path.read_bytes().replace(b"xxxx.md", "tä".encode() + b"l.md")  # UTF-8 without the flag
    path.write_bytes(content.replace(b"zzzz.md", b"b\x84r1.md"))  # code page 437
    assert taken(path, tmp_path)[0] == ["bär1.md", "höhe.md", "täl.md"]


def test_a_name_with_an_escape_is_left_out_and_told_without_it(zipped: Zipped, tmp_path: Path) -> None:
    files, left = taken(zipped({"high.md": CARD, "\x1b[2Jlow.md": CARD}), tmp_path)
    assert files == ["high.md"]
    assert model.told_left_out(left) == "left out, as no part of a deck: low.md"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "dales.zip"
    path.write_bytes(content)
    message = refused(path, tmp_path)
    assert "is no zip file, or a broken one" in message or "holds no card" in message


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12), cut=st.booleans())
def test_a_damaged_archive_is_read_or_refused(
    seed: int, changes: int, cut: bool, zipped: Zipped, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    path = zipped({"d/high.md": CARD, "d/deck.toml": "", "d/low.md": card_text("low", "low-q"), "x.txt": "x"})
    content = bytearray(path.read_bytes())
    for _ in range(changes):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(content[: rng.randrange(len(content))] if cut else content)
    shutil.rmtree(tmp_path / "into", ignore_errors=True)
    (tmp_path / "into").mkdir()
    with suppress(UsageError):
        gather(path, tmp_path / "into", None)
    written = {each.relative_to(tmp_path / "into").as_posix() for each in (tmp_path / "into").rglob("*")}
    assert all(re.fullmatch(r"dales(/[^/]+)?", name) for name in written)
    assert all(model.belongs(name.removeprefix("dales/")) for name in written - {"dales"})
