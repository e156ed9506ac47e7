"""Which steps of a run a judgement looks at: a few at its start, from halfway on and at its end."""

from __future__ import annotations

from typing import NamedTuple

WINDOW = 50
"""How many steps a window shows, at most."""


class Windows(NamedTuple):
    """Which of the points of a run are looked at."""

    opening: slice
    middle: slice
    closing: slice


def late(steps: int) -> int:
    """Count the late steps of a run: its last quarter, or half a window."""
    return min(max(1, steps // 4), WINDOW // 2)


def windows(steps: int) -> Windows:
    """Place the windows on a run of ``steps`` steps. Of a run as long as two windows they leave nothing out."""
    half = steps // 2
    return Windows(
        opening=slice(0, min(WINDOW, half) + 1),
        middle=slice(half, min(half + WINDOW, steps - late(steps)) + 1),
        closing=slice(max((steps - 1) // 2, steps - 1 - WINDOW), steps + 1),
    )
