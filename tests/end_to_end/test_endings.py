"""However the program ends, the answer is in the store, and the terminal is as it was."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.terminal import TUTOR, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.conftest import Learner

pytestmark = pytest.mark.end_to_end

AT_ONCE = 5.0
"""Seconds in which a program must have ended."""


@pytest.fixture
def answering(learner: Learner) -> Iterator[Terminal]:
    """The tutor just after the first answer."""
    with learner.sits_down("review") as terminal:
        terminal.wait_for("¶ 1 of 4")
        terminal.press("t")
        terminal.wait_for("question 1 of ")
        terminal.press("3")
        terminal.wait_for("Right.")
        yield terminal


def assert_kept(learner: Learner) -> None:
    """The one answer is in the store, and the tutor goes on from it."""
    assert [row["question"] for row in learner.log] == ["narrow-valley"]
    with learner.sits_down("review") as terminal:
        terminal.wait_for("Right.")
        terminal.press("Enter")
        terminal.wait_for("question 2 of ")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(answering: Terminal, learner: Learner, number: signal.Signals) -> None:
    answering.signal(number)
    assert answering.wait(AT_ONCE) == 128 + number
    assert answering.modes_left_on == []
    assert_kept(learner)


def test_a_lost_link_ends_it(answering: Terminal, learner: Learner) -> None:
    answering.hang_up()
    answering.wait(AT_ONCE)
    assert_kept(learner)


def test_a_wake_up_call_without_sleep_starts_nothing_twice(answering: Terminal) -> None:
    """The system sends SIGCONT with each hang-up; a second reader of keys would spin on the dead terminal."""
    tasks = f"/proc/{answering.process.pid}/task"
    if not os.path.isdir(tasks):
        pytest.skip("only Linux tells how many threads there are")
    before = len(os.listdir(tasks))
    answering.signal(signal.SIGCONT)
    answering.settle(0.5)
    assert len(os.listdir(tasks)) == before


def test_a_kill_loses_nothing(answering: Terminal, learner: Learner) -> None:
    answering.signal(signal.SIGKILL)
    assert answering.wait(AT_ONCE) == -signal.SIGKILL
    assert_kept(learner)


def test_a_kill_before_the_screen_answers_loses_nothing(learner: Learner) -> None:
    with learner.sits_down("review") as terminal:
        terminal.wait_for("¶ 1 of 4")
        terminal.press("t")
        terminal.wait_for("question 1 of ")
        terminal.press("3")
        terminal.wait_until(lambda: learner.log, "it is not kept")
        terminal.signal(signal.SIGKILL)
        terminal.wait(AT_ONCE)
    assert_kept(learner)


def test_suspend_and_resume(learner: Learner) -> None:
    shell = ("bash", "--norc", "--noprofile", "--noediting", "-i")
    with Terminal(shell, learner.environment | {"PS1": "shell$ "}) as terminal:
        terminal.wait_for("shell$")
        terminal.press(" ".join(TUTOR), "Enter")
        terminal.wait_for("0 due · ")
        terminal.press("^Z")
        terminal.wait_for("Stopped")
        assert terminal.modes_left_on == []
        terminal.settle()
        terminal.press("fg", "Enter")
        terminal.wait_for("0 due · ")
        terminal.press("Enter")
        terminal.wait_for("¶ 1 of 4")
        terminal.press("^C")
        terminal.wait_for("shell$")
        terminal.press("exit", "Enter")
        assert terminal.wait(AT_ONCE) == 0
        assert terminal.modes_left_on == []
