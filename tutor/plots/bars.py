"""Counts as a row of small bars, one cell each; imports nothing, for the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HEIGHTS = "▁▂▃▄▅▆▇█"


def bars(counts: Iterable[int]) -> str:
    """A bar for each count, the largest one full; ``·`` for none."""
    counts = list(counts)
    largest = max(counts, default=0)
    return "".join(HEIGHTS[-(-len(HEIGHTS) * count // largest) - 1] if count > 0 else "·" for count in counts)
