"""The promises about speed, each measured against a peer that runs in turn with it, or against a clock.

Not part of the ordinary run, because a busy machine can break any of them: ``pytest -m benchmark_ratio -n 0``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.terminal import TUTOR, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.benchmark_ratio

ROUNDS = 15

FRAME = 0.05
"""Seconds within which a change must be on the screen."""

BARE_APP = """
from textual.app import App
from textual.widgets import Markdown

class Bare(App):
    def compose(self):
        yield Markdown("# A page\\n\\nOf *Markdown*, with a list:\\n\\n- READY")

Bare().run()
"""


def ratio(ours: Callable[[], float], peer: Callable[[], float]) -> float:
    """Measure both in turn, and return the ratio of their medians; the first, cold round does not count."""
    pairs = [(ours(), peer()) for _ in range(ROUNDS + 1)][1:]
    mine, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    print(f"\n{mine * 1e3:.1f} ms against {theirs * 1e3:.1f} ms: {mine / theirs:.2f} ×")
    return float(mine / theirs)


def process_time(command: tuple[str, ...], home: Path) -> float:
    """Return the seconds from the start of a process to its end."""
    start = time.perf_counter()
    subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def time_to(text: str, command: tuple[str, ...], home: Path) -> float:
    """Return the seconds from the start of a program to the frame with ``text``."""
    start = time.perf_counter()
    with Terminal(command, environment(home)) as terminal:
        terminal.wait_for(text)
        return terminal.last_byte - start


def test_due_is_quick_enough_for_a_prompt(tmp_path: Path) -> None:
    review = (*TUTOR, "review", "--plain")  # leaves a store to be read
    subprocess.run(review, env=environment(tmp_path), input=b"3\n", check=True, stdout=subprocess.DEVNULL)
    peer = (sys.executable, "-c", "import sqlite3, argparse")
    assert ratio(lambda: process_time((*TUTOR, "due"), tmp_path), lambda: process_time(peer, tmp_path)) <= 2.5


def test_the_first_frame_comes_at_once(tmp_path: Path) -> None:
    peer = (sys.executable, "-c", BARE_APP)
    assert ratio(lambda: time_to(" new ", TUTOR, tmp_path), lambda: time_to("READY", peer, tmp_path)) <= 1.4


def test_a_turn_of_the_rate_is_repainted_at_once(tmp_path: Path) -> None:
    """From the key to the last byte, on each paragraph of the card whose figure has a rate to turn."""
    with Terminal((*TUTOR, "review"), environment(tmp_path), size=(120, 40)) as terminal:
        for paragraph in range(1, 4):
            terminal.wait_for(f"¶ {paragraph} of 4")
            terminal.wait_for("η = ")
            terminal.settle()
            times = []
            for key in ("Left", "Left", "Right", "Right") * 4:
                start = time.perf_counter()
                terminal.press(key)
                terminal.wait_until(lambda: terminal.last_byte > start, "nothing is repainted")  # noqa: B023
                terminal.settle(0.08)
                times.append(terminal.last_byte - start)
            print(f"\n¶ {paragraph}: median {median(times) * 1e3:.1f} ms, worst {max(times) * 1e3:.1f} ms")
            assert median(times) <= FRAME
            terminal.press("Enter")


def test_an_idle_tutor_sends_nothing(tmp_path: Path) -> None:
    with Terminal((*TUTOR, "review"), environment(tmp_path)) as terminal:
        terminal.wait_for("η = 0.1 ")
        terminal.settle(0.5)
        assert terminal.silence(5) == 0
