"""Answering on a question's page: by an option, by several, by a number, or by what fills a gap; with hints."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Group
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.asking import Draft, hints_given
from tutor.app.lab.prompt import Prompt
from tutor.app.page import StepPage
from tutor.app.prose import blank
from tutor.errors import UsageError
from tutor.study.session import Session
from tutor.study.steps import Asking

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

LONGEST_NUMBER = 20


class Answering(StepPage[Asking]):
    """Keeps the draft of an answer until it is given."""

    def __init__(self, step: Asking) -> None:
        super().__init__(step)
        self.draft = Draft()
        self._new = True
        self._hints = 0

    def body(self) -> ComposeResult:
        """Yield the question, the newest hint, the others below it, and a line to write an answer on."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="prose")
            yield Static(id="newest")
            yield Static(id="older")
        yield Prompt()

    @property
    def typing(self) -> bool:
        """Whether an answer is being written."""
        return self.query_one(Prompt).display

    def show(self, step: Asking) -> None:
        """Show a question; another one has nothing marked, chosen or typed."""
        if step.question != self.step.question:
            self.draft, self._new, self._hints = Draft(), True, 0
            self.query_one("#body").scroll_home(animate=False)
        hints = hints_given(step)
        for place, shown in (("#newest", hints[:1]), ("#older", hints[1:])):
            static = self.query_one(place, Static)
            static.update(Group(*(part for hint in shown for part in (hint, blank()))))
            static.display = bool(shown)
        super().show(step)

    def settle(self) -> None:
        """Bring a hint that is new into view, with as much of the question as there is room for."""
        super().settle()
        if len(self.step.hints) != self._hints:
            self._hints = len(self.step.hints)
            body, hint = self.query_one("#body"), self.query_one("#newest").virtual_region
            body.scroll_to(y=min(hint.y, max(0, hint.bottom - body.size.height)), animate=False)
        if self._new:
            self._new = False
            if self.step.gap:
                self.action_fill()

    def offers(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an answering action does something now; None if it is not one of them."""
        options, draft = len(self.step.options), self.draft
        number = self.step.question.number is not None
        return {
            "answer": bool(parameters) and parameters[0] in range(1, options + 1),
            "type": number and (parameters != ("e",) or bool(draft.typed)),  # first, e opens the card
            "erase": number and bool(draft.typed),
            "submit": (number and bool(draft.typed)) or bool(draft.chosen),
            "fill": self.step.gap,
            "choose": self.step.several,
            "mark": options > 0,
            "confirm": options > 0,
        }.get(action)

    def redraft(self, draft: Draft) -> None:
        """Show the answer as it is by now."""
        self.draft = draft
        self.show(self.step)
        self.query_one("#body").scroll_home(animate=False)

    def _answer(self, given: str) -> None:
        self.app.act(partial(Session.answer, given=given))

    def action_answer(self, number: int) -> None:
        """Answer with the option of this number; choose it, or not, where there may be several."""
        if self.step.several:
            self.redraft(replace(self.draft, chosen=self.draft.chosen ^ {number}))
        else:
            self._answer(str(number))

    def action_mark(self, step: int) -> None:
        """Mark the next option, or the one before; the ends meet."""
        options = len(self.step.options)
        before = self.draft.marked or (0 if step > 0 else options + 1)
        self.redraft(replace(self.draft, marked=(before + step - 1) % options + 1))

    def action_choose(self) -> None:
        """Choose the marked option, or not."""
        if self.draft.marked is None:
            raise UsageError("Choose with 1, 2, …, or mark an option with ↑ ↓ first")
        self.action_answer(self.draft.marked)

    def action_confirm(self) -> None:
        """Answer with the marked option."""
        if self.step.several:
            raise UsageError("Choose with 1, 2, …, or with ↑ ↓ and Space; Enter then answers")
        if self.draft.marked is None:
            raise UsageError("Answer with 1, 2, …, or mark an option with ↑ ↓ first")
        self.action_answer(self.draft.marked)

    def action_type(self, sign: str) -> None:
        """Add a sign to the number."""
        self.redraft(replace(self.draft, typed=(self.draft.typed + sign)[:LONGEST_NUMBER]))

    def action_erase(self) -> None:
        """Take the last sign back."""
        self.redraft(replace(self.draft, typed=self.draft.typed[:-1]))

    def action_submit(self) -> None:
        """Answer with the number, or with the options chosen."""
        self._answer(self.draft.typed or "".join(map(str, sorted(self.draft.chosen))))

    def action_fill(self) -> None:
        """Let the learner type what fills the gap."""
        self.query_one(Prompt).ask("In the gap:", self.draft.typed, self._fill_in)
        self.show(self.step)

    def _fill_in(self, given: str) -> None:
        """Answer; after an Enter too early go on asking, or the letters that follow would act as keys."""
        if not given:
            self.action_fill()
        self._answer(given)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show in the gap what is typed."""
        if self.step.gap:
            self.redraft(replace(self.draft, typed=event.value))

    def action_put_away(self) -> None:
        """Leave the line that was to be written."""
        self.query_one(Prompt).put_away()
        self.show(self.step)
