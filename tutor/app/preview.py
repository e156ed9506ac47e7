"""A card as a learner sees it, shown anew at the same place whenever its file is saved.

It is the app itself, on a library of this one card and on stores of its own in a temporary folder, so that
nothing that is done here counts.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tutor.app.app import TutorApp
from tutor.app.problems import ProblemsPage
from tutor.app.run import RunPage
from tutor.app.saved import Watch
from tutor.config import Settings
from tutor.decks.clean import one_line
from tutor.decks.index import Index
from tutor.decks.lint import lint
from tutor.decks.load import load_card
from tutor.errors import DeckError
from tutor.memory.store import Store
from tutor.study.library import Library, check_fence
from tutor.study.plan import Scope
from tutor.study.preview import Rehearsal, alone, begin_at, keep_place, stop_of, stops
from tutor.study.steps import Asking, Feedback
from tutor.study.wording import counted

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tutor.decks.index import CardSummary
    from tutor.decks.lint import Finding
    from tutor.decks.model import Card

CANNOT_BE_READ = "the card can't be shown; save a mended one"
ALL_AT_ONCE = Settings(new_per_day=9999)


class PreviewApp(TutorApp):
    """Goes through one card."""

    TITLE = "tutor: preview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right_square_bracket",
            "go(1)",
            "go on",
            key_display="[ ]",
            tooltip="to the next paragraph or question; [ to the one before",
        ),
        Binding("left_square_bracket", "go(-1)", show=False),
        Binding("f", "problems", "findings", tooltip="what 'tutor deck lint' finds in the card"),
    ]

    def __init__(self, path: Path, others: Collection[CardSummary], scratch: str) -> None:
        """Show the card in the file at ``path``, one of ``others``, with stores in the folder ``scratch``."""
        self._path = path
        self._others = others
        self._scratch = scratch
        self._stores = 0
        self._card: Card | None = None
        self._findings: list[Finding] = []
        super().__init__(
            Library(Index({}, [], [], check_fence)), self._new_store(), Scope(), settings=ALL_AT_ONCE
        )

    def on_mount(self) -> None:
        self._watch = Watch(self, os.fspath(self._path))
        self._read_file()

    def on_unmount(self) -> None:
        self._watch.stop()
        self._store.close()

    def on_file_saved(self) -> None:
        """Show what was saved."""
        self._read_file()

    def _new_store(self) -> Store:
        self._stores += 1
        return Store(os.path.join(self._scratch, f"{self._stores}.db"))

    def _read_file(self) -> None:
        """Show the card as it is in the file now, or what keeps it from being shown."""
        before, self._findings = self._findings, lint([self._path], check_fence, self._others)
        try:
            card = load_card(self._path, check_fence)
        except DeckError:
            self._show_problems(CANNOT_BE_READ)
            return
        old, self._card = self._card, card
        self.library = alone(card)
        if self._session is None or old is None:
            self._begin_at(0, card)
        else:
            stop = keep_place(self._session.step, old, card, self._store)
            if stop is None:
                self._sit_down()
            else:
                self._begin_at(stop, card)
        if self._findings != before:
            self._tell_findings()

    def _tell_findings(self) -> None:
        """Tell what is found in one notice, in the place of the one before."""
        self.clear_notifications()
        if self._findings:
            first, more = self._findings[0], len(self._findings) - 1
            others = f" And {more} more: press f." * (more > 0)
            text = one_line(f"Line {first.line}: {first.message}.{others}")
            self.notify(text, severity="warning", markup=False)

    def _begin_at(self, stop: int, card: Card) -> None:
        """Begin anew at one of the card's stops."""
        self._store.close()
        self._store = self._new_store()
        begin_at(stop, card, self._store)
        self._sit_down()

    def _sit_down(self) -> None:
        """Show where the session is, in the place of all that was open."""
        running = isinstance(self.screen, RunPage)
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self._session = Rehearsal(self.library, self._store, self._clock, Scope(), self.settings)
        self._show_step()
        step = self._session.step
        if running and isinstance(step, Asking | Feedback):
            self.run_experiment(step.question)

    def _show_problems(self, note: str) -> None:
        self.clear_notifications()
        page = self.screen
        if isinstance(page, ProblemsPage):
            page.show(self._findings, note)
        else:
            self.push_screen(ProblemsPage(self._path.name, self._findings, note))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is found only where something is, and to go on only where that leads somewhere."""
        match action:
            case "problems":
                return bool(self._findings) and not isinstance(self.screen, ProblemsPage)
            case "go":
                return self._session is not None and not isinstance(self.screen, ProblemsPage)
            case "find":  # it would forget all other cards
                return False
        return super().check_action(action, parameters)

    def action_problems(self) -> None:
        """List what is found."""
        self._show_problems(counted(len(self._findings), "finding"))

    def action_go(self, step: int) -> None:
        """Go to the paragraph or question before or after, as one who has answered nothing."""
        assert self._session is not None
        assert self._card is not None
        stop = stop_of(self._session.step, self._card) + step
        if 0 <= stop < stops(self._card):
            self._begin_at(stop, self._card)

    def action_leave(self) -> None:
        """Go back to what is below, or out."""
        super().action_leave()
        if self.screen is self.today:
            self.exit()
