"""What each command says, to people and to scripts."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.desk import card_text
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

QUESTIONS = ["narrow-valley", "line-search", "warmup", "batch-size"]


def test_due_before_anything_was_done(tutor: Run, home: Path) -> None:
    assert tutor("due") == (0, "0 due, 11 new\n", "")
    assert tutor("due", "--check") == (1, "", "")
    due = tutor("due", "--json").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", due.pop("day"))
    assert due == {"due": 0, "new": 11, "learning": 0, "next_due": None}
    assert not (home / "store.db").exists()


def test_due_after_answers(tutor: Run) -> None:
    tutor("review", "--plain", typed="3\n1\nq\n")
    due = tutor("due", "--json").json
    assert (due["due"], due["new"], due["learning"]) == (1, 9, 1)
    assert due["next_due"] > due["day"]
    assert tutor("due", "--check") == (0, "", "")
    assert tutor("due").out == "1 due, 9 new\n"


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_due_in_a_read_only_home(tutor: Run, home: Path) -> None:
    home.mkdir(mode=0o500)
    assert tutor("due") == (0, "0 due, 11 new\n", "")


def test_due_says_nothing_of_broken_cards(tutor: Run, home: Path) -> None:
    folder = home / "decks" / "mine"
    folder.mkdir(parents=True)
    (folder / "bad.md").write_text("nonsense")
    (folder / "good.md").write_text(card_text("good", "g1"))
    assert tutor("due") == (0, "0 due, 12 new\n", "")


def test_the_log_before_and_after(tutor: Run) -> None:
    assert tutor("log") == (0, "", "")
    tutor("review", "--plain", typed="h\n3\n1\nu\n2\neasy\nq\n")
    said = tutor("log", "--json")
    assert tutor("log") == said
    log = [json.loads(line) for line in said.out.splitlines()]
    assert [(entry["question"], entry["correct"], entry["hints"], entry["rating"]) for entry in log] == [
        ("narrow-valley", True, 1, Rating.HARD),
        ("line-search", False, 0, Rating.AGAIN),
        ("line-search", True, 0, Rating.EASY),
    ]
    assert [entry["undone"] for entry in log] == [False, True, False]
    assert log[0]["answer"] == "jump from wall to wall, oscillating or diverging"
    for entry in log:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["at"])
        assert isinstance(entry["ms"], int)
        assert re.fullmatch(r"[0-9a-f]{32}", entry["id"])
        assert entry["kind"] == "choice"


def test_cards(tutor: Run) -> None:
    card = "learning-rate  Learning rate as step size: fragile knob · Beginner"
    assert tutor("cards") == (0, f"Optimisation\n  ○ {card} · 0 of 11\n", "")
    tutor("review", "--plain", typed="3\n1\nq\n")
    assert tutor("cards") == (0, f"Optimisation\n  ! {card} · 1 due\n", "")
    (row,) = tutor("cards", "--json").json
    shown = tutor("show", "learning-rate", "--json").json
    assert {key: row[key] for key in shown} == shown
    assert (row["due"], row["learned"], row["state"], row["recall"]) == (1, 1, "due", 1.0)


def test_the_map(tutor: Run, home: Path) -> None:
    folder = home / "decks" / "hills"
    folder.mkdir(parents=True)
    for n, (card, requires) in enumerate({"a": (), "b": ("a",), "c": (), "d": ("a", "c")}.items()):
        text = card_text(card, f"{card}1", requires=requires)
        (folder / f"{n}.md").write_text(text, encoding="utf-8")
    said = tutor("cards", "--map")
    assert said.out.endswith(
        """\
Hills: 0 of 4 studied
  ○      The card a · new, and open
  ├─·    The card b · waits for The card a
  │   ○  The card c · new, and open
  └───·  The card d · waits for The card a; The card c
"""
    )
    said = tutor("cards", "--map", "--plain")
    assert said.out.endswith(
        """\
Hills: 0 of 4 studied
  1. The card a: new, and open. You are here.
  2. The card b: waits for The card a. After 1.
  3. The card c: new, and open.
  4. The card d: waits for The card a; The card c. After 1, 3.
"""
    )
    assert "  · b  The card b · Beginner · waits for The card a\n" in tutor("cards").out
    assert tutor("cards", "--plain").status == 2


def test_show(tutor: Run) -> None:
    said = tutor("show", "learning-rate")
    assert said.status == 0
    assert said.out.startswith("Learning rate as step size: fragile knob\nBeginner · Machine learning\n")
    assert "The learning rate η controls" in said.out
    assert "  3, right: jump from wall to wall, oscillating or diverging\n" in said.out
    assert said.out.count("  Hint: ") == 22
    assert max(len(line) for line in said.out.splitlines() if "://" not in line) <= 72
    assert "\nUniversity approvals: " in said.out
    assert "\nCard info\n  Topic: Machine learning\n  Difficulty: Beginner\n" in said.out
    card = tutor("show", "learning-rate", "--json").json
    assert [question["id"] for question in card["questions"]][:4] == QUESTIONS
    assert {"id", "deck", "title", "topic", "difficulty", "text", "questions"} <= card.keys()
    assert all({"id", "kind", "text", "options", "hints"} <= question.keys() for question in card["questions"])
    assert card["text"].startswith("The learning rate $\\eta$ controls")


def test_a_session_by_pipe(tutor: Run) -> None:
    said = tutor("review", "--plain", "--limit", "4", typed="3\n2\n4\n1\n")
    assert said.status == 0
    assert "Done: 4 questions." in said.out
    assert tutor("due").out == "0 due, 7 new\n"


def test_without_a_terminal_the_tutor_alone_is_plain(tutor: Run) -> None:
    said = tutor(typed="3\n")
    assert said.status == 0
    assert "Question 1 of 11" in said.out


def test_a_limit(tutor: Run) -> None:
    assert "Done: 1 question." in tutor("review", "--plain", "--limit", "1", typed="3\n").out
    assert "Question 1 of 1" in tutor("review", "--plain", "--limit", "1").out
