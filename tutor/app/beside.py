"""What the app opens beside the session: cards to read, histories, statistics, the lab and its digits, help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from tutor.app.help import HelpPage
from tutor.app.history import HistoryPage
from tutor.app.lesson import Lesson
from tutor.app.page import Page
from tutor.app.questions import QuestionsPage
from tutor.app.run import RunPage
from tutor.app.spread import SpreadPage
from tutor.study.bookmarks import paragraphs_read, save_paragraphs_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.decks.model import Block, Card, Question
    from tutor.errors import TutorError
    from tutor.lab.bench.state import LabState
    from tutor.memory.store import Store
    from tutor.study.library import Library


class Beside(App[None]):
    """Opens screens, over whatever is there."""

    def __init__(self, library: Library, store: Store) -> None:
        super().__init__(ansi_color=True)
        self.library = library
        self._store = store

    def browse(self, card: Card, paragraph: int | None = None) -> None:
        """Open a card to read at one of its paragraphs, or where the learner left it."""
        reached = paragraphs_read(self._store, card.id)

        def go_to(place: int) -> None:
            nonlocal reached
            total = len(lesson.card.paragraphs)
            if reached < total and paragraph is None:
                save_paragraphs_read(self._store, card.id, place)
            if place < total:
                lesson.show(place)
            else:
                self.pop_screen()

        place = reached % len(card.paragraphs) if paragraph is None else paragraph
        lesson = Lesson(card, place, go_to, questions_follow=False)
        self.push_screen(lesson)

    def run_experiment(self, question: Question) -> None:
        """Show the experiment that settles a question on a screen of its own."""
        if question.experiment:
            self.push_screen(RunPage(question, question.experiment))

    def open_history(self, question: str) -> None:
        """Show all that happened to a question."""
        self.push_screen(HistoryPage(self._store, *self.library.question(question)))

    def open_questions(self, card: Card) -> None:
        """List the questions of a card."""
        self.push_screen(QuestionsPage(self._store, card))

    def open_spread(self) -> None:
        """Offer to spread a backlog."""
        self.push_screen(SpreadPage(self.library, self._store))

    def open_lab(self, state: LabState) -> None:
        """Open the lab."""
        from tutor.app.lab.screen import LabPage  # slow to import, and not needed for the first frame

        self.push_screen(LabPage(state))

    def action_statistics(self) -> None:
        """Open the statistics."""
        from tutor.app.statistics.screen import StatisticsPage  # slow to import, as the lab is
        from tutor.study.stock import take_stock

        self.push_screen(
            StatisticsPage(partial(take_stock, self.library, self._store.path, self._store.today()))
        )

    def action_lab(self) -> None:
        """Open the lab where it begins."""
        from tutor.lab.bench.state import LabState

        self.open_lab(LabState())

    def open_digits(self) -> None:
        """Open the list of experiments on digits."""
        from tutor.app.digits.screen import DigitsPage
        from tutor.lab.digits.table import EXPERIMENTS

        self.push_screen(DigitsPage(EXPERIMENTS))

    def take_to_lab(self, block: Block, rate: float) -> None:
        """Open the lab on an experiment, with η as it was turned."""
        from tutor.lab.bench.cards import from_experiment
        from tutor.lab.digits.table import EXPERIMENTS

        if block.settings["kind"] in EXPERIMENTS:
            self.open_experiment(block.settings)
        else:
            self.open_lab(from_experiment(block.settings, rate))

    def open_experiment(self, settings: Mapping[str, object]) -> None:
        """Open an experiment on digits with the settings of a block."""
        from tutor.app.digits.bench import opened_from
        from tutor.lab.digits.table import EXPERIMENTS

        self.push_screen(opened_from(EXPERIMENTS, settings))

    def action_help(self) -> None:
        """Show every key of the current screen."""
        if isinstance(self.screen, Page):
            self.push_screen(HelpPage(self.screen.keys(shown=False)))

    def report(self, error: TutorError) -> None:
        """Tell the learner what went wrong, and go on."""
        self.notify(str(error), severity="warning", markup=False)
