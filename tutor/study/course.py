"""A course: the cards of a deck as a path on which each comes after those that it requires."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tutor.study.overview import Overview
    from tutor.study.standing import CardStanding

Links = dict[str, tuple[str, ...]]
"""For each card of a path, in its order, those before it that it requires."""


def path(requires: Mapping[str, Collection[str]]) -> Links:
    """Order the cards that ``requires`` has as keys so that each comes after those that it requires.

    Where that leaves a choice, the given order holds. What is no card of the course is left out, and where
    cards require each other in a circle, the first of them comes first.
    """
    places = {card: place for place, card in enumerate(requires)}
    wanted = {
        card: {other for other in others if other in places and other != card}
        for card, others in requires.items()
    }
    opens: dict[str, list[str]] = {card: [] for card in places}
    for card, others in wanted.items():
        for other in others:
            opens[other].append(card)
    missing = {card: len(others) for card, others in wanted.items()}
    ready = [(place, card) for card, place in places.items() if not missing[card]]
    heapify(ready)
    left = iter(places)
    found: Links = {}
    while len(found) < len(places):
        card = heappop(ready)[1] if ready else next(card for card in left if card not in found)
        if card in found:  # it was taken out of a circle before its turn
            continue
        before = [other for other in wanted[card] if other in found]
        found[card] = tuple(sorted(before, key=places.__getitem__))
        for other in opens[card]:
            missing[other] -= 1
            if not missing[other]:
                heappush(ready, (places[other], other))
    return found


@dataclass(frozen=True)
class Stop:
    """A card on the map."""

    row: CardStanding

    requires: tuple[CardStanding, ...]
    """The cards that it requires, of whatever deck."""

    opens: tuple[CardStanding, ...]
    """The cards that require it."""


@dataclass(frozen=True)
class Course:
    """A deck's map."""

    title: str
    links: Links
    stops: Mapping[str, Stop]
    """Each card, in the order of the path."""

    @property
    def studied(self) -> int:
        """How many cards have no new question any more."""
        return sum("new" not in stop.row.questions for stop in self.stops.values())

    @property
    def here(self) -> str | None:
        """The card where the learner is: the first that is open and not learned; None at the end."""
        stops = self.stops.items()
        return next((card for card, stop in stops if stop.row.standing in {"due", "reading", "new"}), None)


def courses(found: Overview) -> list[Course]:
    """Return the map of each deck, in their order."""
    rows = {row.card.id: row for _, cards in found.decks for row in cards}
    opens: dict[str, list[CardStanding]] = {card: [] for card in rows}
    for row in rows.values():
        for other in row.card.requires:
            if other in opens:
                opens[other].append(row)
    made = []
    for title, cards in found.decks:
        links = path({row.card.id: row.card.requires for row in cards})
        stops = {
            card: Stop(
                rows[card],
                tuple(rows[other] for other in rows[card].card.requires if other in rows),
                tuple(opens[card]),
            )
            for card in links
        }
        made.append(Course(title, links, stops))
    return made
