"""Where the learner is in a session, and where each action leads from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.memory.model import Rating

if TYPE_CHECKING:
    from datetime import date

    from tutor.study.plan import Scope

REPEAT_AFTER = 3
"""A failed question comes back after this many others, or at once when fewer are left."""


class Asked(NamedTuple):
    """A question to ask, and the help that it has had."""

    question: str

    last: str | None = None
    """The id of the question's last review when it was put to the learner."""

    hints: int = 0
    looked_up: bool = False
    """Whether the card was opened over the question."""

    seed: int | None = None
    """What the question was drawn from when it was put to the learner, if it is one that is drawn."""


class Answered(NamedTuple):
    """A review of this session, and how its question had been asked."""

    review: str
    asked: Asked


@dataclass(frozen=True)
class Place:
    """All that has to be remembered of a session to come back to the same place."""

    day: date
    scope: Scope

    queue: tuple[Asked, ...] = ()
    """What is still to ask, the current question first."""

    answered: tuple[Answered, ...] = ()
    """The answers in force, oldest first: what undo takes back."""

    feedback: bool = False
    """Whether the learner is being told about the last answer, whose question is not in the queue then."""

    @property
    def questions(self) -> list[str]:
        """The ids of the session's questions, in the order in which they come up first."""
        asked = [entry.asked for entry in self.answered] + list(self.queue)
        return list(dict.fromkeys(entry.question for entry in asked))

    @property
    def over(self) -> bool:
        """Whether nothing is left to show."""
        return not self.queue and not self.feedback

    def put(self, last: str | None, seed: int | None = None) -> Place:
        """The current question, drawn from ``seed``, is put to the learner; its latest review is ``last``."""
        return self._with_current(last=last, seed=seed)

    def hint(self) -> Place:
        """The current question was given one more hint."""
        return self._with_current(hints=self.queue[0].hints + 1)

    def look_up(self) -> Place:
        """The card was opened over the current question."""
        return self._with_current(looked_up=True)

    def answer(self, review: str) -> Place:
        """The current question was answered."""
        answer = Answered(review, self.queue[0])
        return replace(self, queue=self.queue[1:], answered=(*self.answered, answer), feedback=True)

    def settle(self, rating: Rating) -> Place:
        """The last answer counts as ``rating``: its question is done with, or to be asked again."""
        last = self.answered[-1]
        queue = self._without(last.asked.question)
        if rating is Rating.AGAIN:
            again = Asked(last.asked.question)
            back = (*queue[:REPEAT_AFTER], again, *queue[REPEAT_AFTER:])
            queue = back if len(queue) == len(self.queue) else self.queue
        return replace(self, queue=queue, feedback=False)

    def undo(self) -> Place:
        """The last answer was taken back: its question is asked once more, as it was then."""
        last = self.answered[-1]
        queue = (last.asked, *self._without(last.asked.question))
        return replace(self, queue=queue, answered=self.answered[:-1], feedback=False)

    def skip(self) -> Place:
        """What is shown now can't be shown any more."""
        return replace(self, feedback=False) if self.feedback else replace(self, queue=self.queue[1:])

    def _with_current(self, **changes: Any) -> Place:
        return replace(self, queue=(self.queue[0]._replace(**changes), *self.queue[1:]))

    def _without(self, question: str) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.queue if asked.question != question)
