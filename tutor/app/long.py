"""A figure that takes its time: shown at once if it was run before, else run when the learner asks for it."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tutor.app.experiment import LEAST_FIGURE, ExperimentView, packed
from tutor.app.sheet import BOLD, DIM, Sheet, drawn, plain
from tutor.app.shown import Shown, offered, stopped, under_way
from tutor.app.work import StateCame, Work, WorkEnded
from tutor.errors import TutorError

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip

    from tutor.app.app import TutorApp
    from tutor.decks.model import Block
    from tutor.lab.digits.state import LongExperiment
    from tutor.lab.digits.workshop import Workshop

GOOD_FIGURE = 16
"""Rows of a figure that leave nothing to be desired: what a large terminal has beyond shows the numbers too."""


class LongView(Sheet, can_focus=True):
    """Shows one long experiment, runs it and cancels it."""

    app: TutorApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "run", "run it", tooltip="run the experiment; what is finished already is not done again"),
        Binding("c,escape", "cancel", "cancel", key_display="c", tooltip="cancel; what is finished is kept"),
    ]

    def __init__(self, key: str = "r", *, with_command: bool = False) -> None:
        """Name ``key`` as the one that runs it, and if asked for, the command that prints the same."""
        super().__init__()
        self.shown: Shown | None = None
        self._key = key
        self._with_command = with_command
        self._work: Work | None = None
        self._words = 0
        """The rows below the figure; they grow while it runs, so that the figure does not jump up and down."""

    def show(self, experiment: LongExperiment, about: str = "") -> None:
        """Show an experiment if it was kept, or else what it is ``about``; and cancel the one before.

        Raises TutorError, and shows nothing else, if it cannot be run here.
        """
        kept = experiment.kept(_workshop())
        self._stop()
        self._show(Shown(experiment, about, kept))

    def offer(self, experiment: LongExperiment, about: str = "") -> None:
        """Show an experiment, or if it cannot be run here, say why and show what it is about all the same."""
        try:
            self.show(experiment, about)
        except TutorError as error:
            self._stop()
            self._show(Shown(experiment, about))
            self.app.report(error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to run what is not finished, and to cancel what runs."""
        running = self.shown is not None and self.shown.running
        finished = self.shown is None or self.shown.finished
        return {"run": not running and not finished, "cancel": running}.get(action, True)

    def action_run(self) -> None:
        """Run it, or go on with it."""
        assert self.shown is not None
        self._work = Work(self, self.shown.experiment, _workshop())
        self._show(replace(self.shown, running=True, left=None))

    def action_cancel(self) -> None:
        """Cancel it at once."""
        self._stop()
        if self.shown:
            self._show(replace(self.shown, running=False))

    def on_state_came(self, message: StateCame) -> None:
        message.stop()
        if self.shown and message.work is self._work:
            self._show(replace(self.shown, state=message.state, left=message.left))

    def on_work_ended(self, message: WorkEnded) -> None:
        message.stop()
        if self.shown and message.work is self._work:
            self._work = None
            self._show(replace(self.shown, running=False))
            if message.error:
                self.app.report(message.error)

    def on_unmount(self) -> None:
        self._stop()

    def on_resize(self) -> None:
        self._words = 0
        self._draw()

    def _stop(self) -> None:
        if self._work:
            self._work.stop()
            self._work = None

    def _show(self, shown: Shown) -> None:
        before, self.shown = self.shown, shown
        if before is None or before.experiment is not shown.experiment or shown.finished:
            self._words = 0
        self._draw()
        if before is None or _what_keys_hang_on(before) != _what_keys_hang_on(shown):
            self.screen.refresh_bindings()

    def _draw(self) -> None:
        width, height = self.content_size
        if self.shown and width and height:
            self.paint(self._laid_out(self.shown, width, height))

    def _laid_out(self, shown: Shown, width: int, height: int) -> list[Strip]:
        """Lay out the figure, or the offer to run it, with the words below."""
        command = plain(*wrap(f"$ {shown.experiment.command}", width), style=DIM) if self._with_command else []
        if not shown.state:
            offer = under_way(shown, width) if shown.running else offered(shown, self._key, width)
            offer = offer[: max(1, height - len(command))]
            blank, above = height - len(offer) - len(command), max(0, height // 2 - len(offer))
            return plain(*[""] * above, *offer, *[""] * (blank - above)) + command
        outcome = shown.state.outcome()
        words = [
            *plain(*under_way(shown, width) if shown.running else stopped(shown, self._key, width)),
            *plain(*(part for line in packed(outcome.readouts, width) for part in wrap(line, width))),
            *plain(*wrap(outcome.verdict, width), style=BOLD),
        ]
        if height < LEAST_FIGURE + len(words[:2]):  # there is room for words alone
            return words[:height]
        table = plain("", *shown.state.table()) if shown.finished else []
        if len(words) + len(table) + len(command) + GOOD_FIGURE <= height:
            words += table
        room = max(1, height - LEAST_FIGURE - len(command))
        self._words = min(max(self._words, len(words)), room)
        words = [*words[: self._words], *plain(*[""] * (self._words - len(words))), *command]
        from tutor.plots.draw import draw  # slow to import, and not needed for the first frame

        return [*drawn(draw(outcome.figure, width, max(1, height - len(words)))), *words]


def _what_keys_hang_on(shown: Shown) -> tuple[bool, bool, bool]:
    return shown.running, shown.finished, shown.state is not None


def show_figure(screen: Screen[None], block: Block | None) -> None:
    """Show the experiment of a block in the one of two views that is for its kind; no block, no view."""
    quick, long = screen.query_one(ExperimentView), screen.query_one(LongView)
    quick.display = long.display = False
    long.action_cancel()
    if block is None:
        return
    from tutor.lab.digits.state import LongExperiment
    from tutor.lab.experiments import experiment  # slow to import, and not needed for the first frame

    made = experiment(block.settings)
    if isinstance(made, LongExperiment):
        long.display = True
        long.offer(made)
        long.focus()
    else:
        quick.display = True
        quick.show(made)
        quick.focus()


def _workshop() -> Workshop:
    """Where experiments are run, and kept; it is slow to import, and a card may have none of them."""
    from tutor.lab.digits.workshop import default_workshop

    return default_workshop()
