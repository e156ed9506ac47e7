"""What is sent to terminals of different kinds and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal import SIXTEEN_COLOURS

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Learner
    from tests.terminal import Terminal

pytestmark = pytest.mark.end_to_end


def see_every_kind_of_screen(terminal: Terminal) -> None:
    """Go through a lesson, a hint, a right answer, a wrong one, an experiment and the help."""
    terminal.wait_for("0 due · ")
    terminal.press("Enter")
    terminal.wait_for("¶ 1 of 4")
    terminal.wait_for("η = 0.1 ")
    terminal.press("Right")
    terminal.wait_for("Diverging")
    terminal.press("t")
    terminal.wait_for("question 1 of ")
    terminal.press("h")
    terminal.wait_for("1 hint")
    terminal.press("3")
    terminal.wait_for("Right.")
    terminal.press("r")
    terminal.wait_for("The experiment that settles it")
    terminal.press("Enter")
    terminal.wait_for("Right.")
    terminal.press("Enter")
    terminal.wait_for("question 2 of ")
    terminal.press("1")
    terminal.wait_for("Not right.")
    terminal.press("?")
    terminal.wait_for("Keys")
    terminal.settle()


def test_a_tiny_window_shows_one_clear_line(learner: Learner) -> None:
    with learner.sits_down("review") as terminal:
        terminal.wait_for("¶ 1 of 4")
        for columns, rows in ((20, 5), (80, 5), (20, 24)):
            terminal.resize(columns, rows)
            terminal.wait_for(f"{columns}×{rows}")
            terminal.settle()
            assert "too small" in " ".join(terminal.text.split())
            assert "¶" not in terminal.text
            terminal.resize(80, 24)
            terminal.wait_for("¶ 1 of 4")
            terminal.wait_for("η = 0.1 ")


@pytest.mark.parametrize("size", [(20, 5), (2, 2)])
def test_it_opens_and_closes_in_a_tiny_window(learner: Learner, size: tuple[int, int]) -> None:
    with learner.sits_down() as terminal:
        terminal.resize(*size)
        terminal.wait_until(lambda: len(terminal.sent) > 100, "nothing is sent")
        terminal.settle()
        terminal.resize(80, 24)
        terminal.wait_for("0 due · ")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_dumb_terminal_gets_lines(learner: Learner) -> None:
    with learner.sits_down(TERM="dumb") as terminal:
        terminal.wait_for("Question 1 of ")
        terminal.press("3", "\n")
        terminal.wait_for("Question 2 of ")
        terminal.press("q", "\n")
        assert terminal.wait() == 0
        assert b"\x1b" not in terminal.sent
    assert [row["question"] for row in learner.log] == ["narrow-valley"]


def test_nothing_is_sent_while_nothing_changes(learner: Learner) -> None:
    with learner.sits_down("review") as terminal:
        terminal.wait_for("¶ 1 of 4")
        terminal.wait_for("η = 0.1 ")
        terminal.settle(0.5)
        assert terminal.silence(5) == 0


def test_no_colour_is_sent_where_none_is_wanted(learner: Learner) -> None:
    with learner.sits_down(NO_COLOR="1") as terminal:
        see_every_kind_of_screen(terminal)
        assert terminal.colours == set()


@pytest.mark.parametrize("term", ["screen", "xterm-256color"])
def test_only_the_sixteen_colours_of_the_terminal_are_sent(learner: Learner, term: str) -> None:
    with learner.sits_down(TERM=term, COLORTERM="truecolor") as terminal:
        see_every_kind_of_screen(terminal)
        assert terminal.colours
        assert terminal.colours <= {str(code) for code in SIXTEEN_COLOURS}
