r"""The study session on standard input and output, one line at a time.

An answer alone is enough: a card is read out before its first question, and an answer is followed by the next
question at once, so that ``printf '3\n2\n' | tutor review --plain`` works. All else is a word or a letter.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from tutor.errors import ChangedMeanwhile, UsageError
from tutor.memory.clock import system_clock
from tutor.plain.card import figure_lines, text_lines
from tutor.plain.say import say
from tutor.plain.steps import asking_lines, feedback_lines, finished_lines, hint_lines
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading
from tutor.study.wording import RATINGS, comes_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tutor.memory.model import Rating
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope

LEAVE = ("q", "quit")

HELP = (
    "  1, 2, 3, 4 or a, b, c, d: answer; a number such as 0.08 where a number is asked for.",
    "  h: a hint; a right answer then counts as Hard.",
    "  e: read the card again, which counts as a hint.",
    "  x: I don't know; show the answer.",
    "  r: run the experiment of the question just answered; r 0.2 at this rate.",
    "  again, hard, good, easy: let the last answer count as this.",
    "  u: undo the last answer.",
    "  Enter alone: say the question again.",
    "  q: leave; everything is kept.",
)


def review(library: Library, store: Store, scope: Scope) -> int:
    """Study until done, until the input ends, or until the learner leaves; return the exit status."""
    say(*library.problems)
    reader = Reader(Session(library, store, system_clock, scope))
    reader.show()
    if reader.idle:
        return 0
    say("Type the number of your answer; ? lists what else you can type.")
    for words in _typed():
        if words[:1] in ([word] for word in LEAVE) or (not words and reader.finished):
            break
        try:
            reader.obey(words)
        except UsageError as error:
            say(f"{error}.")
        except ChangedMeanwhile as error:
            say(f"{error}.")
            reader.show()
    if not reader.finished:
        say("", "Left; the same command goes on from here.")
    return 0


def _typed() -> Iterator[list[str]]:
    """Yield the words of each line of input, after a prompt if a person types them."""
    person = sys.stdin is not None and sys.stdin.isatty()
    while sys.stdin is not None:
        print(end="> " if person else "", flush=True)
        line = sys.stdin.readline()
        if not line:
            print(end="\n" if person else "")
            return
        yield line.lower().split()


class Reader:
    """Says the steps of a session, and turns the learner's words into its actions."""

    def __init__(self, session: Session) -> None:
        """Read out ``session``."""
        self._session = session
        self._last: Feedback | None = None
        self._actions: dict[str, Callable[[], None]] = {
            "h": self._hint,
            "e": self._read_again,
            "x": partial(self._answer, None),
            "u": self._undo,
            "r": self._run,
            "?": partial(say, *HELP),
            "help": partial(say, *HELP),
            **{name.lower(): partial(self._rate, rating) for rating, name in RATINGS.items()},
        }

    @property
    def finished(self) -> bool:
        """Whether nothing is left to ask."""
        return isinstance(self._session.step, Finished)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to ask, and nothing to undo."""
        return self.finished and not self._session.can_undo

    def obey(self, words: list[str]) -> None:
        """Do what a line of input says. Raises UsageError if it can't be done."""
        match words:
            case []:
                self.show()
            case ["r", rate]:
                self._run(rate)
            case [word] if word in self._actions:
                self._actions[word]()
            case [word]:
                self._answer(word)
            case _:
                raise UsageError("type one word at a time; ? lists them")

    def show(self) -> None:
        """Say the current step, reading out a card that comes before its question."""
        step = self._session.step
        while isinstance(step, Reading):
            say(*text_lines(step.card))
            self._session.read(len(step.card.paragraphs))
            step = self._session.step
        say(*self._session.problems)
        self._session.problems.clear()
        if isinstance(step, Feedback):
            self._last = step
            say("", *feedback_lines(step))
            self._session.next()
            self.show()
        elif isinstance(step, Asking):
            say("", *asking_lines(step))
        elif isinstance(step, Finished):
            say("", *finished_lines(step))

    def _asking(self) -> Asking:
        if not isinstance(self._session.step, Asking):
            raise UsageError("there is no question to answer: u undoes the last answer, q leaves")
        return self._session.step

    def _answer(self, given: str | None) -> None:
        self._asking()
        self._session.answer(given)
        self.show()

    def _hint(self) -> None:
        self._asking()
        self._session.hint()
        step = self._asking()
        say(*hint_lines(step.question, step.hints[-1]))

    def _read_again(self) -> None:
        step = self._asking()
        self._session.look_up()
        say(*text_lines(step.card))
        self.show()

    def _run(self, typed: str | None = None) -> None:
        try:
            rate = None if typed is None else float(typed)
        except ValueError:
            raise UsageError(f"{typed!r} is not a rate: write r 0.2, for example") from None
        step = self._session.step
        settled = step if isinstance(step, Asking) and step.experiment_given else self._last
        if settled is None or settled.question.experiment is None:
            raise UsageError("there is no experiment to run yet: it comes with an answer, or as the last hint")
        say(*figure_lines(settled.question.experiment, rate, run=True))

    def _rate(self, rating: Rating) -> None:
        self._session.rate(rating)
        last = self._last
        back = f", back {comes_back(last.returns[rating], last.today)}" if last else ""
        say(f"The last answer counts as {RATINGS[rating]}{back}.")
        self.show()

    def _undo(self) -> None:
        self._session.undo()
        self._last = None
        say("Undone.")
        self.show()
