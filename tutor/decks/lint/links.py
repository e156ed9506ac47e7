"""Rules on how cards hang together: what they require and relate to is there, and leads in no circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.lint.finding import Remark
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tutor.decks.model import Card


def dead(card: Card, requires: Mapping[str, Sequence[str]]) -> Iterator[Remark]:
    """A link leads to another card that some deck holds."""
    for key, links in (("requires", card.requires), ("related", card.related)):
        for link in links:
            if link not in requires:
                what = f"{key}: {unknown('card', shorten(link), requires)}"
                yield Remark(f"{shorten(what, 200)}; mend or remove it", key=key)
            elif link == card.id and key == "related":
                yield Remark("the card is related to itself; remove that", key=key)


def circles(card: Card, requires: Mapping[str, Sequence[str]]) -> Iterator[Remark]:
    """No card requires itself, by itself or through others."""
    way = _way_back(card.id, requires)
    if way:
        what = f"the card requires itself: {' → '.join(way)}"
        yield Remark(f"{what}; remove one of these from its requires", key="requires", level="error")


def _way_back(card: str, requires: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a shortest way from ``card`` to itself; nothing if there is none."""
    came_from: dict[str, str] = {}
    open_ = [card]
    for at in open_:
        for other in requires.get(at, ()):
            if other == card:
                way = [card, at]
                while way[-1] != card:
                    way.append(came_from[way[-1]])
                return way[::-1] if at != card else [card, card]
            if other not in came_from:
                came_from[other] = at
                open_.append(other)
    return []
