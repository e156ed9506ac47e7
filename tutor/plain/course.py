"""The map of a course as lines of plain text: drawn, or in words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.plots.rails import rails
from tutor.study.standing import SIGNS
from tutor.study.wording import short, stands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.study.course import Course

WIDEST = 32
"""Cells that the lines between the cards may take; a graph that takes more is indented."""


def map_lines(course: Course) -> Iterator[str]:
    """Yield the map as it is drawn: each card below those that it requires."""
    yield _head(course)
    for stop, rail in zip(course.stops.values(), rails(course.links, WIDEST), strict=True):
        row = stop.row
        drawn = f"{rail.before}{SIGNS[row.standing]}{rail.after}"
        yield f"  {drawn}  {short(row.card.title)} · {stands(row)}"


def map_words(course: Course) -> Iterator[str]:
    """Yield the map in words: each card with its number, how it stands, and those that it requires."""
    yield _head(course)
    numbers = {card: number for number, card in enumerate(course.stops, 1)}
    for card, stop in course.stops.items():
        here = " You are here." if card == course.here else ""
        after = ", ".join(str(numbers.get(row.card.id, short(row.card.title))) for row in stop.requires)
        told = f"  {numbers[card]}. {short(stop.row.card.title)}: {stands(stop.row)}."
        yield f"{told}{f' After {after}.' if after else ''}{here}"


def _head(course: Course) -> str:
    return f"{course.title}: {course.studied} of {len(course.stops)} studied"
