"""How long the rest of a long experiment takes, as a front end tells it; imports nothing heavy."""

from __future__ import annotations

TELLING = 0.02
"""The share that must be done before it tells anything."""

PATIENCE = 0.3
"""Seconds before anything is told."""


def seconds_left(elapsed: float, first: float, share: float) -> float | None:
    """How long the rest takes if it goes on as since the ``first`` share, which may have come from a cache.

    ``elapsed`` are the seconds since then. None while that tells nothing yet.
    """
    if share >= 1.0:
        return 0.0
    if elapsed < PATIENCE or share - first < TELLING:
        return None
    return elapsed / (share - first) * (1.0 - share)


def time_left(seconds: float | None) -> str:
    """Say how long something still takes, no more exactly than that is known; nothing if it isn't."""
    if seconds is None:
        return ""
    if seconds < 10:
        return f"about {int(seconds) + 1} s left"
    if seconds < 90:
        return f"about {5 * round(seconds / 5)} s left"
    return f"about {seconds / 60:.0f} min left" if seconds < 5400 else f"about {seconds / 3600:.0f} h left"
