"""Whatever happens to the search's file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.decks.shelf import named
from tutor.decks import search_file
from tutor.decks.search import Search
from tutor.errors import SearchError

if TYPE_CHECKING:
    from tests.decks.shelf import Shelf


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_file_that_is_none_is_made_anew(shelf: Shelf, content: bytes) -> None:
    shelf.path.parent.mkdir()
    shelf.path.write_bytes(content)
    assert len(shelf.find("fragile")) == 1
    assert [path.name for path in shelf.path.parent.iterdir()] == ["search.db"]


@pytest.mark.parametrize("mark", [0, search_file.APPLICATION_ID])
def test_another_programs_file_or_another_versions_is_made_anew(shelf: Shelf, mark: int) -> None:
    shelf.path.parent.mkdir()
    with closing(sqlite3.connect(shelf.path)) as db:
        db.execute("CREATE TABLE texts (poem TEXT)")
        db.execute(f"PRAGMA application_id = {mark}")
        db.execute("PRAGMA user_version = 7")
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), length=st.integers(1, 3000), seed=st.integers(0, 99))
def test_a_damaged_file_leads_to_no_error(shelf: Shelf, place: float, length: int, seed: int) -> None:
    shelf.search().close()
    content = bytearray(shelf.path.read_bytes())
    position = int(place * len(content))
    content[position : position + length] = Random(seed).randbytes(min(length, len(content) - position))
    shelf.path.write_bytes(content)
    with closing(shelf.search()) as search:
        for term in ("fragile", "ra", "knob"):
            assert {found.card for found in search.find([term], limit=100)} <= {"step-size"}


def test_damage_that_shows_later(shelf: Shelf) -> None:
    with closing(shelf.search()) as search:
        assert search.find(["fragile"], limit=5)
        with closing(sqlite3.connect(shelf.path)) as db:
            db.execute("UPDATE places SET pieces = 'nothing'")
            db.commit()
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""


def test_a_file_that_cannot_be_made_is_done_without(shelf: Shelf) -> None:
    shelf.path.parent.write_text("a file where the data folder should be")
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble.startswith(f"{shelf.path}: ")
        assert "searching does without it" in search.trouble
        assert "\n" not in search.trouble


def test_a_folder_in_its_place_is_done_without(shelf: Shelf) -> None:
    shelf.path.mkdir(parents=True)
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert "unable to open" in search.trouble


def test_a_file_in_use_is_done_without(shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "BUSY_SECONDS", 0.05)
    shelf.search().close()
    with closing(sqlite3.connect(shelf.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(shelf.search()) as search:
            assert len(search.find(["fragile"], limit=5)) == 1
            assert "locked" in search.trouble
        other.execute("ROLLBACK")
    with closing(shelf.search()) as search:
        assert search.trouble == ""


def test_a_read_only_file_is_read_and_otherwise_done_without(
    shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.search().close()
    connect = sqlite3.connect

    def read_only(path: str, **settings: object) -> sqlite3.Connection:
        name, uri = (path, False) if path == ":memory:" else (f"file:{path}?mode=ro", True)
        return connect(name, uri=uri, isolation_level=None, check_same_thread=False)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""
    shelf.put("b", named(card, "b"))
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 2
        assert "readonly" in search.trouble


def test_two_searches_at_a_time(shelf: Shelf, card: str) -> None:
    with closing(shelf.search()) as one, closing(shelf.search()) as other:
        shelf.put("b", named(card, "b"))
        one.update(list(shelf.cards.values()))
        other.update(list(shelf.cards.values()))
        assert len(one.find(["fragile"], limit=5)) == len(other.find(["fragile"], limit=5)) == 2
        assert one.trouble == other.trouble == ""


def test_without_fts5(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "_SCHEMA", search_file._SCHEMA.replace("fts5", "fts99"))
    search = Search(str(shelf.path))
    with closing(search), pytest.raises(SearchError, match="searching needs SQLite with FTS5, which"):
        search.update(list(shelf.cards.values()))
