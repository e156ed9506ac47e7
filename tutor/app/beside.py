"""What the app opens beside the session: cards to read, histories, statistics, the lab and its digits, help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from tutor.app.about import AboutPage
from tutor.app.help import HelpPage
from tutor.app.history import HistoryPage
from tutor.app.lesson import Lesson
from tutor.app.page import Page
from tutor.app.questions import QuestionsPage
from tutor.app.run import RunPage
from tutor.app.spread import SpreadPage
from tutor.config import Settings
from tutor.errors import TutorError
from tutor.study.bookmarks import reading_place, save_reading_place
from tutor.study.overview import Overview, overview
from tutor.study.unclear import mark, unclear_paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.decks.model import Block, Card, Question
    from tutor.lab.bench.state import LabState
    from tutor.memory.store import Store
    from tutor.study.library import Library


class Beside(App[None]):
    """Opens screens, over whatever is there."""

    def __init__(self, library: Library, store: Store, settings: Settings | None = None) -> None:
        super().__init__(ansi_color=True)
        self.library = library
        self._store = store
        self.settings = settings or Settings()
        self._reported = False

    def overview(self) -> Overview:
        """Sum up how the learner stands now."""
        return overview(self.library, self._store, self.settings)

    def browse(self, card: Card, paragraph: int | None = None) -> None:
        """Open a card to read at one of its paragraphs, or where the learner left it."""

        def go_to(place: int) -> None:
            if paragraph is None:
                save_reading_place(self._store, lesson.card, place)
            if place < len(lesson.card.paragraphs):
                lesson.show(place)
            else:
                self.pop_screen()

        def mark_place(place: int) -> None:
            mark(self._store, lesson.card, place)
            lesson.show(place)

        begin = reading_place(self._store, card) if paragraph is None else paragraph
        lesson = Lesson(card, begin, go_to, mark_place, questions_follow=False)
        self.push_screen(lesson)

    def unclear(self, card: Card) -> frozenset[int]:
        """Return the indices of the card's paragraphs that are marked as not clear."""
        return unclear_paragraphs(self._store, card)

    def open_about(self, card: Card) -> None:
        """Show what there is around a card: approvals, sources, other cards."""
        self.push_screen(AboutPage(card, self.library))

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

    def open_map(self, card: str | None) -> None:
        """Open the map of the course that holds a card, where that is marked."""
        from tutor.app.map import MapPage  # knows how to set maths, which is slow to import

        self.push_screen(MapPage(self.overview, card))

    def action_find(self) -> None:
        """Search the decks."""
        from tutor.app.finding import FindPage  # reads cards, which is slow to import, as the map does

        self.push_screen(FindPage(self.library, self._store, self.overview))

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
        self.put_away_report()
        self._reported = True
        self.notify(str(error), severity="warning", markup=False)

    def attempt(self, work: Callable[[], None]) -> None:
        """Do what no key asked for, which tells by itself why it can't be done: the store may be in use."""
        try:
            work()
        except TutorError as error:
            self.report(error)

    def put_away_report(self) -> None:
        """Take away what went wrong before: it would hide what the next key is about."""
        if self._reported:
            self._reported = False
            self.clear_notifications()
