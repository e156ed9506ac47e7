"""Ctrl+C in the middle of a long experiment: no process left, a usable terminal, a result that goes on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Learner
    from tests.terminal import Terminal

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="looks for processes in /proc"),
]

LONG = {
    "train": ("train", "--epochs", "1000", "--batch", "8"),
    "bracket": ("bracket", "--epochs", "200"),
    "bracket --jobs 2": ("bracket", "--epochs", "60", "--jobs", "2"),
    "range-test": ("range-test", "--steps", "50000"),
    "sweep --jobs 2": ("sweep", "--steps", "600", "--jobs", "2"),
    "preset": ("train", "edge-of-stability", "--steps", "5000"),
}


def of_session(terminal: Terminal) -> list[str]:
    """Find the processes that the terminal's session has, but for zombies."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == terminal.process.pid and fields[0] != "Z":
            found.append(folder.name)
    return found


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
def test_ctrl_c_leaves_nothing_behind(learner: Learner, words: tuple[str, ...]) -> None:
    with learner.sits_down(*words) as terminal:
        terminal.wait_for("░")
        terminal.wait_until(lambda: "  0 %" not in terminal.text, "nothing goes on")
        terminal.press("^C")
        assert terminal.wait(10.0) == 130
        terminal.settle()
        assert terminal.modes_left_on == []
        assert "the same command goes on from there" in " ".join(terminal.text.split())
        assert "Traceback" not in terminal.text
        terminal.wait_until(lambda: not of_session(terminal), "a process is left", 5.0)


def test_an_interrupted_run_goes_on_and_ends_as_it_would_have_ended(learner: Learner) -> None:
    words = ("train", "--epochs", "200", "--batch", "16", "--json")
    whole = json.loads(learner.runs(*words, "--fresh").stdout)
    for file in (learner.home / "results").iterdir():
        file.unlink()
    with learner.sits_down(*words) as terminal:
        terminal.wait_for("░")
        terminal.wait_until(lambda: "  0 %" not in terminal.text, "nothing goes on")
        terminal.press("^C")
        assert terminal.wait(10.0) == 130
    assert [file.name for file in (learner.home / "results").iterdir() if "checkpoint" in file.name]
    assert json.loads(learner.runs(*words).stdout) == whole


def test_the_bracket_in_a_terminal_of_80_by_24(learner: Learner) -> None:
    with learner.sits_down("bracket", "--epochs", "30") as terminal:
        terminal.wait_for("Round 1: the coarse grid.")
        terminal.wait_for("█")
        terminal.wait_for("Round 2:")
        terminal.wait_for("left")
        terminal.wait_for("Take η = ")
        assert terminal.wait() == 0
        terminal.settle()
        rows = terminal.rows
        assert any("validation loss" in row for row in rows)
        assert any("◂ best" in row for row in rows)
        assert not any("░" in row for row in rows)
        assert "   50 %" not in terminal.text
