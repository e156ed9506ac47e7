"""Today at a glance: what is due, what is new, how long it takes, and how each card stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, overload

from tutor.memory.outlook import forecast, retrievability
from tutor.study.bookmarks import paragraphs_read
from tutor.study.daily import the_day
from tutor.study.plan import Scope, plan
from tutor.study.requires import Requirements, settled
from tutor.study.standing import CardStanding, standing
from tutor.study.undoing import can_redo, can_undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.config import Settings
    from tutor.decks.index import CardSummary
    from tutor.memory.store import Store
    from tutor.study.library import Library

READING_MS = 60_000
"""A minute to read a card with its figures, by the first card."""

ANSWERING_MS = 30_000
"""What an answer takes, until the learner's own answers tell."""

WEEK = timedelta(days=7)
"""How far the first screen looks ahead."""


class Rows(Sequence[CardStanding]):
    """How the learner stands with each of some cards: looked up, in the open store, when it is asked for."""

    def __init__(
        self,
        cards: Sequence[CardSummary],
        look: Callable[[CardSummary], CardStanding],
        read_all: Callable[[], object],
    ) -> None:
        """Serve ``cards`` by a ``look`` at each; ``read_all`` makes it quick to look at all of them."""
        self.cards = cards
        self._at = cache(lambda place: look(cards[place]))
        self._read_all = cache(read_all)

    def __len__(self) -> int:
        return len(self.cards)

    def __iter__(self) -> Iterator[CardStanding]:
        self._read_all()
        return map(self._at, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> CardStanding: ...
    @overload
    def __getitem__(self, place: slice) -> list[CardStanding]: ...
    def __getitem__(self, place: int | slice) -> CardStanding | list[CardStanding]:
        places = range(len(self))[place]
        return self._at(places) if isinstance(places, int) else [self._at(each) for each in places]


@dataclass(frozen=True)
class Overview:
    """All that the first screen shows."""

    today: date
    due: int
    new: int

    held_back: int
    """How many more are due than a day asks."""

    minutes: int
    """How long today's routine is expected to take."""

    coming: tuple[tuple[date, int], ...]
    """The next seven study days, today first, with the number of questions that come due."""

    decks: tuple[tuple[str, Rows], ...]
    """Each deck's title with its cards."""

    seen: bool
    """Whether any question was answered yet."""

    begin: str | None
    """The id of the card with which today's routine begins; None if nothing is to be asked."""

    can_undo: bool = False
    """Whether there is an answer to take back."""

    can_redo: bool = False
    """Whether one was taken back, and none was given since."""

    @property
    def to_do(self) -> bool:
        """Whether today's routine has anything left to ask."""
        return self.due + self.new > 0

    @property
    def next_day(self) -> date | None:
        """The first study day of the coming ones, today apart, on which something comes due."""
        return next((day for day, count in self.coming[1:] if count), None)


def overview(library: Library, store: Store, settings: Settings) -> Overview:
    """Sum up how the learner stands today."""
    day = the_day(library, store)
    found = plan(library, day, Scope(), settings)
    requirements = Requirements(library.summaries(), settled(day.states, day.holds))

    def row(card: CardSummary) -> CardStanding:
        states = {question: day.states[question] for question in card.questions if question in day.states}
        recalls = [retrievability(state, day.today) for state in states.values()]
        standings = tuple(
            standing(states.get(question), day.holds.get(question), day.today) for question in card.questions
        )
        reached = paragraphs_read(store, card.id)
        needs = requirements.missing(card.id) if "new" in standings else []
        return CardStanding(
            card,
            standings,
            read=bool(states) or reached > 0,
            recall=sum(recalls) / len(recalls) if recalls else None,
            needs=tuple(map(library.summary, needs)),
            reached=reached,
        )

    def read_all() -> None:
        day.states.by(date.max)

    unread = {library.card_of(question) for question in found.new}
    read = {card for card in unread if row(library.summary(card)).read}
    answers = store.recent_ms()
    questions = len(found.due) + len(found.new)
    ms = len(unread - read) * READING_MS + questions * (median(answers) if answers else ANSWERING_MS)
    ahead = forecast(day.states.by(day.today + WEEK).values(), day.today, WEEK.days)
    return Overview(
        day.today,
        len(found.due),
        len(found.new),
        found.held_back,
        minutes=-int(-ms // 60_000),
        coming=tuple((day.today + timedelta(days=n), count) for n, count in enumerate(ahead)),
        decks=tuple(
            (title, Rows(library.summaries(deck), row, read_all)) for deck, title in library.decks.items()
        ),
        seen=len(day.states) > 0,
        begin=library.card_of(found.queue[0]) if found.queue else None,
        can_undo=can_undo(store),
        can_redo=can_redo(store),
    )
