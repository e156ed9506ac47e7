"""``tutor find``: what it says, to people and to scripts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.desk import card_text
from tutor.decks import search_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def hills(home: Path) -> Path:
    """A deck of the learner's own."""
    folder = home / "decks" / "hills"
    folder.mkdir(parents=True)
    (folder / "slopes.md").write_text(card_text("slopes", "s1", "s2"), "utf-8")
    return folder / "slopes.md"


def test_the_places_with_file_and_line(tutor: Run, bundled: Path, hills: Path) -> None:
    card = bundled / "optimization" / "learning-rate.md"
    said = tutor("find", "probe", "direc")
    assert (said.status, said.err) == (0, "")
    path, line, text = said.out.splitlines()[0].split(":", 2)
    assert path == str(card)
    assert "line search methods probe" in card.read_text("utf-8").splitlines()[int(line) - 1]
    assert text.startswith(" ○ Learning rate as step size: fragile knob · ¶ 3: …")
    assert "«probe» a few points along the descent «direction»" in text
    said = tutor("find", "paragraph 2 of slopes")
    assert said.out == (
        f"{hills}:12: ○ The card slopes · ¶ 2: "
        "«Paragraph» «2» «of» «slopes» says that a «slope» points uphill.\n"
    )


def test_nothing_found(tutor: Run) -> None:
    message = "tutor: nothing is found; try fewer words, or only the beginning of one\n"
    assert tutor("find", "xyzzy") == (1, "", message)
    assert tutor("find", "xyzzy", "--json") == (1, "[]\n", message)
    assert tutor("find", "???") == (1, "", message)


def test_filters_as_options_and_in_words(tutor: Run, hills: Path) -> None:
    tutor("review", "--plain", "--deck", "hills", typed="2\nq\n")
    card = f"{hills}:1: ◐ The card slopes · Beginner · 1 of 2\n"
    assert tutor("find", "--deck", "hills").out == card
    assert tutor("find", "deck:hills").out == card
    assert tutor("find", "--is", "learned").out == card
    assert tutor("find", "--topic", "hills", "--topic", "mach", "--limit", "1").out.count("\n") == 1
    assert tutor("find", "--topic", "hills", "--topic", "mach", "--difficulty", "beg").out.count("\n") == 2
    assert tutor("find", "what", "deck:hills", "--is", "learned").out == (
        f"{hills}:18: ● The card slopes · question 1: «What» does s1 ask?\n"
    )
    assert tutor("find", "--is", "due").status == 1
    mixed = tutor("find", "what", "--is", "learned", "does")
    assert mixed.out
    assert mixed == tutor("find", "what does is:learned")
    said = tutor("find", "--is", "duee")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("tutor: unknown state 'duee': did you mean 'due'?")
    assert tutor("find", "--limit", "0").status == 2


def test_json(tutor: Run, hills: Path) -> None:
    (found,) = tutor("find", "does s2", "--json").json
    assert found == {
        "card": "slopes",
        "title": "The card slopes",
        "deck": "hills",
        "topic": "Hills",
        "difficulty": "Beginner",
        "tags": [],
        "state": "new",
        "path": str(hills),
        "line": hills.read_text("utf-8").splitlines().index("What does s2 ask?") + 1,
        "what": "question",
        "question": "s2",
        "paragraph": 1,
        "text": "What does s2 ask?",
        "marks": [[5, 9], [10, 12]],
    }
    assert [card["card"] for card in tutor("find", "--json").json] == ["learning-rate", "slopes"]


def test_a_search_that_cannot_be_kept(tutor: Run, hills: Path, home: Path) -> None:
    (home / "search.db").mkdir()
    said = tutor("find", "does s2")
    assert said.status == 0
    assert said.err.startswith(f"tutor: {home / 'search.db'}: unable to open database file; searching does")
    assert said.err.count("\n") == 1


def test_a_cache_that_was_damaged_or_deleted_is_made_anew(tutor: Run, hills: Path, home: Path) -> None:
    first = tutor("find", "does s2")
    (home / "search.db").write_bytes(b"nothing of the kind")
    assert tutor("find", "does s2") == first
    (home / "search.db").unlink()
    assert tutor("find", "does s2") == first
    with closing(sqlite3.connect(home / "search.db")) as db:
        assert db.execute("SELECT count(*) FROM files").fetchone() == (2,)


def test_without_fts5(tutor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "_SCHEMA", search_file._SCHEMA.replace("fts5", "fts99"))
    said = tutor("find", "rate")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("tutor: searching needs SQLite with FTS5")
    assert said.err.count("\n") == 1
    assert tutor("find", "--topic", "machine").status == 0  # which needs none


def test_a_broken_card_is_said(tutor: Run, hills: Path) -> None:
    hills.write_text("nonsense")
    said = tutor("find", "probe")
    assert said.status == 0
    assert said.err.startswith("tutor: hills/slopes.md:")
