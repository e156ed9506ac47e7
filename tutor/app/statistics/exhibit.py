"""One thing that the statistics show: figures, exact numbers, and what it means in one sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.memory.statistics.shares import Share
    from tutor.plots.figure import Figure


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A page of the statistics, for the app and for the command line."""

    title: str
    figures: tuple[Figure, ...]
    """From top to bottom; () where there is nothing to draw yet."""

    facts: tuple[str, ...]
    """Exact numbers, a line each, in at most 76 columns."""

    meaning: str
    """What it comes to, in one sentence."""

    head: str = ""
    """The heads of the columns, where the facts are a table."""

    caption: str = ""
    """What is drawn, in a few words."""


def nothing_yet(title: str, when: str) -> Exhibit:
    """Say ``when`` there will be something to see."""
    return Exhibit(title, (), (), f"Nothing to show yet: {when}.")


def percent(share: float, digits: int = 0) -> str:
    """Write a share as a percentage: 91 %, – where it isn't known."""
    return f"{100 * share:.{digits}f} %" if math.isfinite(share) else "–"


def interval(share: Share) -> str:
    """Write a share with its interval: 91 % (88–93)."""
    if not share.total:
        return "–"
    return f"{percent(share.share, 1)} ({100 * share.low:.0f}–{100 * share.high:.0f})"


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: 1 day, 2 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(minutes: float) -> str:
    """Write a time: 45 minutes, 3.2 hours, 120 hours."""
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return counted(round(minutes), "minute")
    return f"{minutes / 60:.1f} hours" if minutes < 600 else f"{minutes / 60:,.0f} hours"


def days(stability: float) -> str:
    """Write a stability: 3 days, 5 months, 2.1 years."""
    if stability < 60:
        return counted(round(stability), "day")
    return f"{stability / 30.44:.0f} months" if stability < 730 else f"{stability / 365.25:.1f} years"
