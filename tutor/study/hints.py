"""The steps of help before an answer: from the author's words to the experiment itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tutor.decks.model import Question

Kind = Literal["words", "passage", "strike", "experiment"]


@dataclass(frozen=True)
class Hint:
    """One step of help."""

    kind: Kind

    text: str = ""
    """The author's words, the passage to highlight, or why the struck option is wrong."""

    option: int | None = None
    """The index of the option struck out."""

    @property
    def offer(self) -> str:
        """What the step gives, to be said before it is taken."""
        return OFFERS[self.kind]


OFFERS: dict[Kind, str] = {
    "words": "a hint in words",
    "passage": "the passage of the card",
    "strike": "one wrong option struck out",
    "experiment": "the experiment",
}


def ladder(question: Question) -> tuple[Hint, ...]:
    """Return the steps for ``question``, mildest first; each question has at least one."""
    steps = [Hint("words", text) for text in question.hints]
    if question.passage:
        steps.append(Hint("passage", question.passage))
    wrong = [n for n, option in enumerate(question.choices) if not option.right]
    if len(wrong) > 1:  # striking the only wrong option would be the answer
        steps.append(Hint("strike", question.options[wrong[0]].explanation, wrong[0]))
    if question.experiment is not None and question.template is None:  # the run of a prediction is its answer
        steps.append(Hint("experiment"))
    return tuple(steps)
