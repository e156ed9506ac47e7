"""The commands of many days: study ahead, practice, a backlog, and what is set."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import hasty_store
from tutor.memory.clock import Moment, system_clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ANSWERS = "3\n2\n4\n1\nq\n"
DAY = 86_400_000


@pytest.fixture
def backlog(tutor: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four questions that were learned 40 days ago."""

    def before() -> Moment:
        now = system_clock()
        return now._replace(ms=now.ms - 40 * DAY)

    with monkeypatch.context() as patch:
        patch.setattr(
            "tutor.cli.study.Store", lambda path, **options: hasty_store(path, clock=before, **options)
        )
        tutor("review", "--plain", typed=ANSWERS)


def due_days(tutor: Run) -> list[object]:
    return [tutor("due", "--json").json[key] for key in ("due", "next_due")]


@pytest.mark.usefixtures("backlog")
def test_a_backlog_is_spread_and_moved_back(tutor: Run) -> None:
    assert due_days(tutor) == [4, None]
    said = tutor("spread", "4", "--dry-run")
    assert said.out.startswith("3 questions would move.\n")
    assert due_days(tutor) == [4, None]
    moved = tutor("spread", "4", "--first", "retained", "--json").json
    assert len(moved) == len({date.fromisoformat(day) for day in moved.values()}) == 3
    assert due_days(tutor) == [1, min(moved.values())]
    assert tutor("spread", "--undo").out == "3 questions moved back.\n"
    assert due_days(tutor) == [4, None]
    assert tutor("spread", "2", "--deck", "optimization").out.splitlines()[0] == "2 questions moved."


def test_spreading_nothing(tutor: Run) -> None:
    assert tutor("spread", "7").out == "0 questions moved.\n"
    assert tutor("spread", "--undo").out == "0 questions moved back.\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("spread",), "say over how many days, such as 'tutor spread 7', or undo the last with --undo"),
        (("spread", "1"), "give a whole number from 2 to 365, not '1'"),
        (("spread", "7", "--deck", "optimisation"), "did you mean 'optimization'?"),
        (("spread", "7", "--first", "last"), "invalid choice: 'last'"),
        (("review", "--cram", "--ahead", "3"), "--ahead and --cram exclude each other"),
        (("review", "--ahead", "0"), "give a whole number from 1 to 365"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tutor: Run, words: tuple[str, ...], complaint: str) -> None:
    said = tutor(*words)
    assert (said.status, said.out) == (2, "")
    assert complaint in said.err
    assert said.err.count("\n") == 1


def test_study_ahead_and_practice(tutor: Run) -> None:
    tutor("review", "--plain", "--limit", "4", typed=ANSWERS)
    assert "Practice 1 of 4" in tutor("review", "--plain", "--cram", typed="1\n").out
    said = tutor("review", "--plain", "--ahead", "2", typed="q\n").out
    assert "Question 1 of 11" in said  # what is left of today comes before
    log = [json.loads(line) for line in tutor("log").out.splitlines()]
    assert [entry["practice"] for entry in log] == [False] * 4 + [True]


def test_what_is_set_holds_for_every_command(tutor: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("new_per_day = 2\n", encoding="utf-8")
    said = tutor("review", "--plain", typed="3\n2\n4\n")
    assert "Done: 2 questions." in said.out
    (home / "config.toml").write_text("new_per_day = 'two'\n", encoding="utf-8")
    for command in ("due", "cards", "review"):
        assert "new_per_day = 'two' must be a whole number from 0 to 9999" in tutor(command).err
