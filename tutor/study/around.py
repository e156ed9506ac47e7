"""What there is around a card besides its lesson: where it stands, who approved of it, where to go from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.study.wording import created

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tutor.decks.index import CardSummary
    from tutor.decks.model import Card, Link
    from tutor.study.library import Library


@dataclass(frozen=True)
class Entry:
    """One line of a list, and the web page it names, if it names one."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, which says how many entries follow, and these."""

    title: str
    entries: tuple[Entry, ...] = ()


def sections(card: Card, library: Library) -> Iterator[Section]:
    """Yield all that is told of a card, from what it is to what it rests on; other cards that there are."""
    approvals = [Entry(f"{each.by}, {each.on.day} {each.on:%B %Y}", each.link) for each in card.approvals]
    yield _section("University approvals", approvals)
    for title, cards in (("Requires", card.requires), ("Related cards", card.related)):
        yield _section(title, (Entry(other.title) for other in known(cards, library)))
    yield _section("Sources", map(_entry, card.sources))
    yield _section("Videos", map(_entry, card.videos))
    info = [
        f"Topic: {card.topic}",
        f"Difficulty: {card.difficulty}",
        *([f"Tags: {', '.join(card.tags)}"] if card.tags else []),
        created(card),
    ]
    yield Section("Card info", tuple(map(Entry, info)))


def known(cards: Iterable[str], library: Library) -> list[CardSummary]:
    """Return those of the ``cards`` that are in the decks."""
    summaries = {card.id: card for card in library.summaries()}
    return [summaries[card] for card in cards if card in summaries]


def _section(title: str, entries: Iterable[Entry]) -> Section:
    listed = tuple(entries)
    return Section(f"{title}: {len(listed)}", listed)


def _entry(page: Link) -> Entry:
    return Entry(page.title, page.link)
