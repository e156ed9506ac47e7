"""The daily loop on the first card, as a newcomer goes through it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Learner
    from tests.terminal import Terminal

pytestmark = pytest.mark.end_to_end


def read_the_card(terminal: Terminal) -> None:
    """Go from the first screen through the card, turning η until the run diverges."""
    terminal.wait_for("¶ 1 of 4")
    terminal.wait_for("η = 0.1 ")
    turns = 0
    while "Diverging" not in terminal.text:
        turned = terminal.text
        terminal.press("Right")
        terminal.wait_until(lambda: terminal.text != turned, "η does not turn")  # noqa: B023
        turns += 1
        assert turns < 10
    for paragraph in (2, 3, 4):
        terminal.press("Enter")
        terminal.wait_for(f"¶ {paragraph} of 4")
    terminal.press("Enter")
    terminal.wait_for("question 1 of 4")


def test_a_newcomer_s_first_evening(learner: Learner) -> None:
    assert learner.runs("due", "--check").returncode == 1
    with learner.sits_down("review", "--limit", "4") as terminal:
        read_the_card(terminal)
        terminal.press("h")
        terminal.wait_for("1 hint")
        terminal.press("3")
        terminal.wait_for("Hard → back")
        terminal.press("Enter")
        terminal.wait_for("question 2 of 4")
        terminal.press("d")
        terminal.wait_for("Again → back in this session")
        terminal.press("Enter")
        terminal.wait_for("question 3 of 4")
        terminal.press("4")
        terminal.wait_for("Good → back")
        terminal.press("Enter")
        terminal.wait_for("question 4 of 4")
        terminal.press("a")
        terminal.wait_for("Good → back")
        terminal.press("Enter")
        terminal.wait_for("question 2 of 4, again")
        terminal.wait_for("3  probing points")  # it was the second: options change places
        terminal.press("3")
        terminal.wait_for("Good → back")
        terminal.press("Enter")
        terminal.wait_for("You know 4 of 4 questions.")
        terminal.press("Enter")
        terminal.wait_for("0 due · ")
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == []

    told = [
        (row["question"], row["correct"], row["hints"], row["rating"], row["undone"]) for row in learner.log
    ]
    assert told == [
        ("narrow-valley", True, 1, 2, False),
        ("line-search", False, 0, 1, False),
        ("warmup", True, 0, 3, False),
        ("batch-size", True, 0, 3, False),
        ("line-search", True, 0, 3, False),
    ]
    assert [row["answer"] for row in learner.log[:2]] == [
        "jump from wall to wall, oscillating or diverging",
        "taking the longest step that still lowers the loss",
    ]


def test_two_days_later_the_right_ones_are_due(learner: Learner) -> None:
    later = ("faketime", "-f", "+2d")
    if not shutil.which(later[0]):
        pytest.skip("faketime is not installed: apt-get install faketime")
    if learner.runs("--version", before=later).returncode:
        pytest.skip("faketime does not work with this Python")
    answers = "3\n4\n4\n1\n3\n"  # the second is wrong, and right, in another place, when it comes back
    assert learner.runs("review", "--plain", "--limit", "4", input=answers).returncode == 0
    assert learner.runs("due", "--check").returncode == 1
    due = json.loads(learner.runs("due", "--json", before=later).stdout)
    assert (due["due"], due["learning"]) == (4, 0)
    assert learner.runs("due", before=later).stdout == f"4 due, {due['new']} new\n"
    assert learner.runs("due", "--check", before=later).returncode == 0
