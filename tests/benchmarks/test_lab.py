"""The lab's promises: a key is repainted at once and costs little over a slow link, and nothing moves alone."""

from __future__ import annotations

import os
import select
import time
from contextlib import contextmanager
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest

from tests.terminal import TUTOR, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.benchmark_ratio

FOUR_RUNS = """\
objective = { name = "ravine", kappa = 25, bend = 0.1 }
steps = 500
[[run]]
rate = 0.05
[[run]]
rate = 0.02
optimizer = { name = "momentum" }
[[run]]
rate = 0.2
optimizer = { name = "adam" }
[[run]]
rate = 0.05
schedule = { name = "cosine" }
"""

TURNS = ("Right",) * 10 + ("Left",) * 15
SCRUBS = ("[",) * 9 + (".",) * 8 + ("]",) * 8


class Meter(Terminal):
    """A terminal that, once it has seen the lab, only takes the time: keeping a screen is the slower part."""

    metering = False

    def _read(self, seconds: float) -> None:
        if not self.metering:
            super()._read(seconds)
        elif select.select([self._master], [], [], seconds)[0]:
            self.sent += os.read(self._master, 1 << 16)
            self.last_byte = time.perf_counter()


@contextmanager
def lab(home: Path, size: tuple[int, int]) -> Iterator[Terminal]:
    """The lab with four runs of 500 steps."""
    (home / "lab").mkdir(parents=True)
    (home / "lab" / "four.toml").write_text(FOUR_RUNS, encoding="utf-8")
    with Meter((*TUTOR, "lab", "four"), environment(home), size) as terminal:
        terminal.wait_for("momentum")
        terminal.settle(0.5)
        terminal.metering = True
        yield terminal


def pressed(terminal: Terminal, key: str) -> tuple[float, int]:
    """Press a key; the seconds until its last byte, and how many there were."""
    before, start = len(terminal.sent), time.perf_counter()
    terminal.press(key)
    terminal.wait_until(lambda: len(terminal.sent) > before, "nothing is sent")
    terminal.settle(0.1)
    return terminal.last_byte - start, len(terminal.sent) - before


@pytest.mark.parametrize("keys", [TURNS, SCRUBS], ids=["turns of η", "moves of the cursor"])
def test_a_key_is_repainted_within_30_ms(tmp_path: Path, keys: tuple[str, ...]) -> None:
    with lab(tmp_path, (120, 40)) as terminal:
        times = [pressed(terminal, key)[0] for key in keys]
    late = quantiles(times, n=20)[-1]
    print(f"\nmedian {median(times) * 1e3:.1f} ms, 95th percentile {late * 1e3:.1f} ms")
    assert median(times) < 0.03
    assert late < 0.06


def test_a_turn_of_the_rate_sends_less_than_4_kb(tmp_path: Path) -> None:
    with lab(tmp_path, (80, 24)) as terminal:
        costs = [pressed(terminal, key)[1] for key in TURNS]
    print(f"\nmedian {median(costs):,.0f} bytes, most {max(costs):,}")
    assert max(costs) < 4_000


def test_an_idle_lab_sends_nothing(tmp_path: Path) -> None:
    with lab(tmp_path, (80, 24)) as terminal:
        assert terminal.silence(5) == 0
