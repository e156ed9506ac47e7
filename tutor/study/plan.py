"""Which questions a day asks, and in which order.

What is due comes first, those due the longest before the others, and cards take turns. New questions come in
the order of the deck, each card's only once the cards that it requires are stable (see `requires`), those first
whose paragraph the learner marked as not clear. Both have daily limits; a question failed today is asked until
it is passed, whatever the limits.

Siblings are the questions of one card. To bury them is a setting that is off, as it is in Anki.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, islice, zip_longest
from typing import TYPE_CHECKING, Literal

from tutor.config import Settings
from tutor.memory.outlook import retrievability
from tutor.study.requires import Requirements, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tutor.memory.model import Hold, State
    from tutor.memory.states import States
    from tutor.study.library import Library

Mode = Literal["today", "ahead", "cram"]


@dataclass(frozen=True)
class Scope:
    """The part of the routine that a session covers."""

    deck: str | None = None
    """The id of the only deck to study; None for all."""

    limit: int | None = None
    """The most questions to ask; None for all."""

    mode: Mode = "today"
    """Today's routine; what comes due in the next days; or practice, which changes no schedule."""

    days: int = 0
    """Of study ahead: how many days' questions to take in."""


@dataclass(frozen=True)
class Done:
    """What was answered today, in numbers of questions."""

    new: int = 0
    """Asked for the first time."""

    reviews: int = 0
    """Seen on an earlier day."""

    cards: frozenset[str] = frozenset()
    """The cards of either."""


@dataclass(frozen=True)
class Day:
    """What the routine of a study day goes by."""

    today: date
    states: States

    holds: Mapping[str, Hold] = field(default_factory=dict)
    """What keeps questions out."""

    done: Done = Done()
    """What was answered already."""

    unclear: Mapping[str, object] = field(default_factory=dict)
    """The questions whose paragraph is marked as not clear."""


@dataclass(frozen=True)
class Plan:
    """The questions of a day, by their ids."""

    due: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    held_back: int = 0
    """How many more are due, above the daily limit."""

    order: str = Settings().order

    @property
    def queue(self) -> list[str]:
        """All of them, in the order in which they are asked."""
        if self.order == "new-first":
            return [*self.new, *self.due]
        if self.order == "mixed":
            return _spread_among(self.due, self.new)
        return [*self.due, *self.new]


def plan(library: Library, day: Day, scope: Scope, settings: Settings) -> Plan:
    """Choose and order what is asked on a ``day``. Raises UsageError if there is no such deck as the scope's.

    Questions that are suspended or buried are left out.
    """
    done = day.done
    states = day.states.by(day.today)
    due = [question for question in _known(library, scope, states) if states[question].is_due(day.today)]
    learning = [question for question in due if states[question].learning]
    passed = [question for question in due if not states[question].learning]
    passed = interleaved(passed, lambda question: states[question].due, library.card_of)
    new = _startable(library, day, scope.deck)
    if settings.bury_siblings:
        taken = set(done.cards)
        passed = list(_one_a_card(passed, library.card_of, taken))
        new = _one_a_card(new, library.card_of, taken)
    reviews = passed[: max(0, settings.reviews_per_day - done.reviews)]
    return Plan(
        due=(*reviews, *learning),
        new=tuple(islice(new, max(0, settings.new_per_day - done.new))),
        held_back=len(passed) - len(reviews),
        order=settings.order,
    )


def ahead(library: Library, day: Day, scope: Scope) -> list[str]:
    """List what comes due in the scope's ``days`` after today, the earlier day first.

    Each is an early review, of which FSRS knows that it strengthens less.
    """
    today = day.today
    last = today + timedelta(days=scope.days)
    states = day.states.by(last)
    coming = [
        question
        for question in _known(library, scope, states)
        if not states[question].is_due(today) and states[question].is_due(last)
    ]
    return interleaved(coming, lambda question: states[question].due, library.card_of)


def practice(library: Library, day: Day, scope: Scope) -> list[str]:
    """List all questions seen, the one that is most likely forgotten first; suspended ones are left out."""
    states = day.states.by(date.max)
    active = [question for question in _known(library, scope, states) if not states[question].suspended]
    chances = {question: round(retrievability(states[question], day.today), 2) for question in active}
    return interleaved(active, chances.__getitem__, library.card_of)


def interleaved(
    questions: Iterable[str], rank: Callable[[str], date | float], card_of: Callable[[str], str]
) -> list[str]:
    """Order by rank, and let cards take turns among those of one rank, so that no two of a card meet."""
    ordered = sorted(questions, key=rank)  # stable: within a rank, the order of the deck
    mixed: list[str] = []
    for _, group in groupby(ordered, key=rank):
        by_card: dict[str, list[str]] = {}
        for question in group:
            by_card.setdefault(card_of(question), []).append(question)
        for turn in zip_longest(*by_card.values()):
            mixed += [question for question in turn if question is not None]
    return mixed


def _known(library: Library, scope: Scope, states: Mapping[str, State]) -> list[str]:
    """List the questions in the scope that have a state, in the order of the decks."""
    return [question for question in library.questions(scope.deck) if question in states]


def _startable(library: Library, day: Day, deck: str | None) -> Iterator[str]:
    """Yield the new questions that aren't held, and whose card's requirements are met; unclear ones first."""
    requirements = Requirements(library.summaries(), settled(day.states, day.holds))
    held = {question for question, hold in day.holds.items() if hold.holds(day.today)}
    for unclear in (True, False) if day.unclear else (False,):
        for card in library.summaries(deck):
            new = [
                question
                for question in card.questions
                if question not in day.states and question not in held and (question in day.unclear) is unclear
            ]
            if new and not requirements.missing(card.id):
                yield from new


def _one_a_card(questions: Iterable[str], card_of: Callable[[str], str], taken: set[str]) -> Iterator[str]:
    """Yield the first question of each card that is not in ``taken``, and enter the card there."""
    for question in questions:
        card = card_of(question)
        if card not in taken:
            taken.add(card)
            yield question


def _spread_among(due: Sequence[str], new: Sequence[str]) -> list[str]:
    """Put the new questions among the due ones at even distances, both in their order."""
    places = [((n + 0.5) / len(due), question) for n, question in enumerate(due)]
    places += [((n + 0.5) / len(new), question) for n, question in enumerate(new)]
    return [question for _, question in sorted(places, key=lambda place: place[0])]
