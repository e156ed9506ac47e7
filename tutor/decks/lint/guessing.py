"""How often somebody who knows nothing is right: by the longest option, the only precise one, or a position.

Measured over the questions with one right option. A way of guessing gives the answers away if it is right more
often than blind choice would be, by more than twice the standard deviation of blind choice.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from tutor.decks.lint.finding import Remark
from tutor.decks.lint.giveaways import is_precise
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tutor.decks.model import Card, Option

FEWEST = 5
"""Questions of which a way of guessing has to say something before it is judged."""


class Guesses(NamedTuple):
    """How a way of guessing fared: how often it was right, in how many questions; and blind choice in those."""

    right: int
    questions: int
    expected: float
    """How often blind choice is right in the mean."""
    deviation: float
    """The standard deviation of that."""

    @property
    def gives_away(self) -> bool:
        """Whether the questions can be answered like this."""
        return self.questions >= FEWEST and self.right > self.expected + 2 * self.deviation


def _longest(options: Sequence[Option]) -> int | None:
    lengths = [len(typeset(option.text)) for option in options]
    return lengths.index(max(lengths)) if lengths.count(max(lengths)) == 1 else None


def _precise(options: Sequence[Option]) -> int | None:
    precise = [place for place, option in enumerate(options) if is_precise(option)]
    return precise[0] if len(precise) == 1 else None


def _place(place: int) -> Callable[[Sequence[Option]], int | None]:
    return lambda options: place if place < len(options) else None


GUESSES: Mapping[str, Callable[[Sequence[Option]], int | None]] = {
    "the longest option": _longest,
    "the only option with a number or a formula": _precise,
    **{f"option {place + 1}": _place(place) for place in range(9)},
}
"""The ways of guessing: which of the options they choose, if any."""


def guesses(cards: Iterable[Card]) -> dict[str, Guesses]:
    """Try every way of guessing on the cards' questions with one right option."""
    asked = [q.options for card in cards for q in card.questions if q.kind == "choice"]
    tried = {}
    for name, choose in GUESSES.items():
        chosen = [(options[place], len(options)) for options in asked if (place := choose(options)) is not None]
        tried[name] = Guesses(
            right=sum(option.right for option, _ in chosen),
            questions=len(chosen),
            expected=sum(1 / count for _, count in chosen),
            deviation=sqrt(sum((count - 1) / count**2 for _, count in chosen)),
        )
    return tried


def deck(cards: Sequence[Card]) -> Iterator[Remark]:
    """A deck's questions can't be answered by guessing."""
    for name, found in guesses(cards).items():
        if found.gives_away:
            what = f"{name} is the right one in {found.right} of {found.questions} questions of the deck"
            mend = f"blind choice would be right in {found.expected:.0f}; change some of them"
            yield Remark(f"{what}, where {mend}")


def positions(card: Card) -> Iterator[Remark]:
    """The right options of a card do not all stand in the same place."""
    found = [
        [option.right for option in question.options].index(True)
        for question in card.questions
        if question.kind == "choice"
    ]
    if len(found) > 2 and len(set(found)) == 1:
        what = f"the right option is number {found[0] + 1} in all {len(found)} questions"
        yield Remark(f"{what}; move some of them", card.questions[0].line)
