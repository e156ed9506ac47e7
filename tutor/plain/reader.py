"""The learner's words turned into the actions of a session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.plain.card import figure_lines, text_lines
from tutor.plain.help import HELP
from tutor.plain.say import say
from tutor.plain.speaker import Speaker
from tutor.plain.steps import hint_lines, history_lines
from tutor.plain.unclear import mark_unclear
from tutor.study.history import bury, reset, suspend
from tutor.study.session import Session
from tutor.study.steps import Asking
from tutor.study.unclear import unclear_paragraphs
from tutor.study.wording import CONFIDENCE, RATINGS, comes_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.memory.store import Store

JUDGED = {str(int(rating)): rating for rating in Rating}
"""What rates one's own answer, besides the names of the ratings."""


class Reader(Speaker):
    """Does what the learner types."""

    def __init__(self, session: Session, store: Store) -> None:
        """Read out ``session``, which keeps its answers in ``store``."""
        super().__init__(session, store)
        self._actions: dict[str, Callable[[], None]] = {
            "h": self._hint,
            "e": self._read_again,
            "x": partial(self._answer, None),
            "u": self._undo,
            "redo": partial(self._turn_back, Session.redo, "Given again."),
            "i": self._history,
            "suspend": partial(self._act, suspend, "It is left out until you resume it"),
            "bury": partial(self._act, bury, "It is left out until tomorrow"),
            "reset": partial(self._act, reset, "It begins anew"),
            "unclear": self._unclear,
            "go": self._go_on,
            **{word: partial(self._feel, sure) for sure, word in ((1, "guess"), (2, "maybe"), (3, "sure"))},
            "r": self._run,
            "?": partial(say, *HELP),
            "help": partial(say, *HELP),
            **{name.lower(): partial(self._rate, rating) for rating, name in RATINGS.items()},
        }

    def obey(self, line: str) -> None:
        """Do what a line of input says. Raises UsageError if it can't be done."""
        step = self._session.step
        waits = isinstance(step, Asking) and step.waits
        match line.lower().split():
            case ["=", *_] if not waits:
                self._answer(line.removeprefix("=").strip())
            case [word] if word in self._actions:
                self._actions[word]()
            case ["r", rate] if not waits:
                self._run(rate)
            case ["unclear", number] if not waits:
                self._unclear(number)
            case _ if waits:
                self._session.commit(line)
                self.show()
            case []:
                self.show()
            case [_]:
                self._answer(line.strip())
            case _ if isinstance(step, Asking) and step.takes_words:
                self._answer(line)
            case _:
                raise UsageError("type one word at a time; ? lists them")

    def _answer(self, given: str | None) -> None:
        step = self._asking()
        if step.self_rated and given in JUDGED:
            self._judge(JUDGED[given])
        else:
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
        say(*text_lines(step.card, unclear_paragraphs(self._store, step.card)))
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

    def _judge(self, rating: Rating) -> None:
        self._last = None
        self._session.judge(rating)
        say(f"{RATINGS[rating]}.")
        self.show()

    def _feel(self, confidence: int) -> None:
        self._asking()
        self._session.feel(confidence)
        sure = self._asking().confidence
        say(f"Noted: {CONFIDENCE[sure]}." if sure else "Taken back.")

    def _history(self) -> None:
        say(*history_lines(self._store, self._asking().question.id))

    def _act(self, act: Callable[[Store, str], str], what: str) -> None:
        self._last_act = act(self._store, self._asking().question.id)
        say(f"{what}; u undoes it.")
        self._session.refresh()
        self.show()

    def _unclear(self, number: str | None = None) -> None:
        say(mark_unclear(self._store, self._asking(), number))
        self._session.refresh()

    def _go_on(self) -> None:
        if not self.finished:
            raise UsageError("the session is not over")
        self._session.go_on()
        self.show()

    def _rate(self, rating: Rating) -> None:
        if isinstance(self._session.step, Asking) and self._session.step.self_rated:
            self._judge(rating)
            return
        self._session.rate(rating)
        last = self._last
        back = f", back {comes_back(last.returns[rating], last.today)}" if last else ""
        say(f"The last answer counts as {RATINGS[rating]}{back}.")
        self.show()

    def _undo(self) -> None:
        if self._last_act is None:
            self._turn_back(Session.undo, "Undone.")
        else:
            self._store.revoke(self._last_act)
            self._turn_back(Session.refresh, "Undone.")

    def _turn_back(self, act: Callable[[Session], None], done: str) -> None:
        act(self._session)
        self._last = self._last_act = None
        say(done)
        self.show()
