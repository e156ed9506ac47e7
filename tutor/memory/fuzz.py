"""Spreading due days a little, so that questions learned together don't stay together.

The ranges are those of FSRS. The draw is a function of the question and of how often it was reviewed, so that
a replay of the log gives the same days.
"""

from __future__ import annotations

from random import Random

MAXIMUM_INTERVAL = 36_500
_SMALLEST_FUZZED = 2.5
# From day, to day, and by how many days an interval may move for each of its days between the two.
_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


def fuzz_range(interval: int) -> tuple[int, int]:
    """Return the shortest and the longest interval, in days, that ``interval`` may become."""
    if interval < _SMALLEST_FUZZED:
        return interval, interval
    delta = 1 + sum(share * max(min(interval, end) - start, 0) for start, end, share in _BANDS)
    return round(interval - delta), min(round(interval + delta), MAXIMUM_INTERVAL)


def fuzzed(interval: int, question: str, repetition: int) -> int:
    """Move an interval within its range; of two, the longer never becomes the shorter."""
    shortest, longest = fuzz_range(interval)
    draw = Random(f"{question} {repetition}").random()  # noqa: S311 - reproducible, not secret
    return shortest + int(draw * (longest - shortest + 1))
