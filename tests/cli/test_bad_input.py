"""Bad decks, bad stores, bad folders: one clear line each, nothing lost, and the rest still usable."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.desk import EXPERIMENT, card_text
from tutor.errors import DeckError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

GOOD = card_text("good", "g1", "g2")

BAD = {
    "no id": (GOOD.replace(" {#g1}", ""), "has no id"),
    "a question id twice": (card_text("mine", "m1", "m1"), "question id 'm1' is already used on line"),
    "an id of another card": (card_text("mine", "warmup"), "question id 'warmup' is already used in"),
    "no right option": (GOOD.replace("[x]", "[ ]"), "has no right option"),
    "broken YAML": (GOOD.replace("topic: Hills", "topic: [Hills"), "YAML"),
    "an unknown objective": (GOOD.replace('"quadratic"', '"quadratik"'), "did you mean 'quadratic'?"),
    "a rate of nan": (GOOD.replace("rate = 0.05", "rate = nan"), "not nan"),
    "no experiment at all": (GOOD.replace(EXPERIMENT, EXPERIMENT.replace("kind", "knd")), "kind"),
}


@pytest.fixture
def mine(home: Path) -> Path:
    """The learner's own deck."""
    folder = home / "decks" / "mine"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("what", BAD)
def test_a_bad_card_is_left_out_and_said_why(tutor: Run, mine: Path, what: str) -> None:
    text, message = BAD[what]
    (mine / "bad.md").write_text(text, encoding="utf-8")
    (mine / "well.md").write_text(card_text("well", "w1"), encoding="utf-8")
    said = tutor("cards")
    assert said.status == 1
    assert "learning-rate" in said.out
    assert "  ○ well  The card well" in said.out
    assert "bad" not in said.out
    assert message in said.err
    lines = said.err.splitlines()
    assert all(line.startswith("tutor: mine/bad.md:") for line in lines)
    assert len(lines) == len(set(lines)) <= 2
    assert tutor("cards", "--json").err == said.err
    said = tutor("review", "--plain", "--deck", "mine", typed="2\n")
    assert said.status == 0
    assert said.out.startswith("mine/bad.md:")
    assert "Done: 1 question." in said.out


def test_a_card_is_not_shown_for_what_is_wrong_in_it(tutor: Run, mine: Path) -> None:
    (mine / "bad.md").write_text(GOOD.replace("[x]", "[ ]"), encoding="utf-8")
    said = tutor("show", "good")
    assert said.status == 2
    reason, unknown = said.err.splitlines()[-2:]
    assert "no right option" in reason
    assert unknown.startswith("tutor: unknown card 'good'")


def test_a_card_that_can_no_longer_be_read(tutor: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mine / "good.md").write_text(GOOD, encoding="utf-8")
    assert tutor("cards").status == 0

    def refuse(path: Path) -> str:
        if path.name == "good.md":
            raise DeckError("mine/good.md:1:1: the file cannot be read")
        return path.read_text(encoding="utf-8")

    monkeypatch.setattr("tutor.decks.load.read", refuse)
    said = tutor("cards", "--json")
    assert said.status == 1
    assert said.err == "tutor: mine/good.md:1:1: the file cannot be read\n"
    assert [row["id"] for row in said.json] == ["learning-rate"]


COMMANDS = [["cards"], ["log"], ["review", "--plain"], ["due"]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_store_that_is_no_database(tutor: Run, home: Path, command: list[str]) -> None:
    home.mkdir()
    store = home / "store.db"
    store.write_bytes(b"my shopping list, which is longer than the head of a database" * 20)
    before = store.read_bytes()
    said = tutor(*command)
    assert said.status == 1
    assert (
        said.err
        == f"tutor: the store {store}: it is not a database; move it away, and a new one will be made\n"
    )
    assert store.read_bytes() == before
    assert tutor("show", "learning-rate").status == 0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_store_of_a_newer_tutor(tutor: Run, home: Path, command: list[str]) -> None:
    tutor("review", "--plain", typed="3\n")
    with sqlite3.connect(home / "store.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    said = tutor(*command)
    assert said.status == 1
    assert "newer tutor" in said.err
    assert said.err.count("\n") == 1
    with sqlite3.connect(home / "store.db") as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert len(tutor("log").out.splitlines()) == 1


def test_a_home_that_is_a_file(tutor: Run, home: Path) -> None:
    home.write_text("not a folder")
    assert tutor("due").out == "0 due, 11 new\n"
    said = tutor("review", "--plain")
    assert said.status == 1
    assert said.err.startswith(f"tutor: the store {home / 'store.db'}: it cannot be made")
    assert said.err.count("\n") == 1


def test_a_read_only_home(tutor: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    access = os.access  # root may write anywhere
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    said = tutor("review", "--plain")
    assert said.status == 1
    assert "read-only" in said.err
    assert said.err.count("\n") == 1
    assert tutor("due").out == "0 due, 11 new\n"


def test_a_broken_index_is_made_anew(tutor: Run, home: Path) -> None:
    assert tutor("due").out == "0 due, 11 new\n"
    index = home / "index.json"
    good = index.read_bytes()
    for bad in (b"", b"{}", good[:-1], b"[]"):
        index.write_bytes(bad)
        assert tutor("due") == (0, "0 due, 11 new\n", "")
        assert index.read_bytes() == good
