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
    """What the question, or the order of its options, was drawn from when it was put to the learner."""

    reread: bool = False
    """Whether the paragraph of a question that keeps being forgotten was shown since it was failed."""

    confidence: int | None = None
    """How sure the learner was before the answer was shown: 1 a guess, 2 maybe, 3 sure."""

    committed: bool = False
    """Whether the learner has an answer in mind or in writing, where more is shown only then."""

    written: str = ""
    """The answer in writing, if it is one."""


class Answered(NamedTuple):
    """A review of this session, and how its question had been asked."""

    review: str
    asked: Asked

    ms: int = 0
    """Milliseconds that the answer took."""


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

    undone: tuple[Answered, ...] = ()
    """The answers taken back since the last one was given, the latest last: what redo gives anew."""

    box: int = 0
    """At how many milliseconds of answering the time box began: 0, or where the learner chose to go on."""

    @property
    def questions(self) -> list[str]:
        """The ids of the session's questions, in the order in which they come up first."""
        asked = [entry.asked for entry in self.answered] + list(self.queue)
        return list(dict.fromkeys(entry.question for entry in asked))

    @property
    def over(self) -> bool:
        """Whether nothing is left to show."""
        return not self.queue and not self.feedback

    @property
    def spent(self) -> int:
        """Milliseconds that the answers in force took."""
        return sum(entry.ms for entry in self.answered)

    def put(self, last: str | None, seed: int | None = None) -> Place:
        """The current question, drawn from ``seed``, is put to the learner; its latest review is ``last``."""
        return self._with_current(last=last, seed=seed)

    def hint(self) -> Place:
        """The current question was given one more hint."""
        return self._with_current(hints=self.queue[0].hints + 1)

    def look_up(self) -> Place:
        """The card was opened over the current question."""
        return self._with_current(looked_up=True)

    def reread(self) -> Place:
        """The current question's paragraph was shown once more."""
        return self._with_current(reread=True)

    def feel(self, confidence: int | None) -> Place:
        """The learner says how sure they are of the current question."""
        return self._with_current(confidence=confidence)

    def commit(self, written: str) -> Place:
        """The learner has an answer to the current question, in mind or ``written``."""
        return self._with_current(committed=True, written=written)

    def answer(self, review: str, ms: int = 0) -> Place:
        """The current question was answered."""
        answer = Answered(review, self.queue[0], ms)
        return replace(self, queue=self.queue[1:], answered=(*self.answered, answer), feedback=True, undone=())

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
        return replace(self, answered=self.answered[:-1]).undo_earlier(self.answered[-1])

    def undo_earlier(self, answer: Answered) -> Place:
        """An answer of an earlier session was taken back: its question is asked now."""
        queue = (answer.asked, *self._without(answer.asked.question))
        return replace(self, queue=queue, feedback=False, undone=(*self.undone, answer))

    def redo(self, answer: Answered) -> Place:
        """An answer that was taken back holds again."""
        return replace(
            self,
            queue=self._without(answer.asked.question),
            answered=(*self.answered, answer),
            feedback=True,
            undone=self.undone[:-1],
        )

    def go_on(self) -> Place:
        """The time is up, and the learner goes on."""
        return replace(self, box=self.spent)

    def skip(self) -> Place:
        """What is shown now can't be shown any more."""
        return replace(self, feedback=False) if self.feedback else replace(self, queue=self.queue[1:])

    def _with_current(self, **changes: Any) -> Place:
        return replace(self, queue=(self.queue[0]._replace(**changes), *self.queue[1:]))

    def _without(self, question: str) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.queue if asked.question != question)
