"""The app: how it begins, how it tells what goes wrong, and how it leaves cleanly."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tutor.app.signals import heed
from tutor.app.studying import Studying
from tutor.app.today import Today
from tutor.app.warming import import_slow_parts
from tutor.errors import TutorError
from tutor.memory.clock import system_clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from tutor.config import Settings
    from tutor.lab.bench.state import LabState
    from tutor.memory.clock import Clock
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope


class TutorApp(Studying):
    """The tutor in a terminal."""

    CSS_PATH = "tutor.tcss"
    TITLE = "tutor"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "suspend", show=False, tooltip="to the shell; fg comes back"),
        Binding(
            "ctrl+c,ctrl+q", "quit", "quit", show=False, key_display="^c", tooltip="quit; everything is kept"
        ),
    ]

    def __init__(
        self,
        library: Library,
        store: Store,
        scope: Scope,
        *,
        start: bool = False,
        lab: LabState | str | None = None,
        clock: Clock = system_clock,
        settings: Settings | None = None,
    ) -> None:
        """Show the first screen, or if ``start`` the session at once, or only the ``lab``.

        That is a state to begin with, or the name of an experiment on digits.
        """
        super().__init__(library, store, scope, clock=clock, settings=settings)
        self.today = Today()
        self._start = start
        self._lab = lab
        self.animation_level = "none"  # over a slow link an animation is a delay
        self.theme = "ansi-dark"  # the terminal's own colours, so that light and dark ones are both readable

    def get_default_screen(self) -> Today:
        """Begin on today's overview."""
        return self.today

    def on_mount(self) -> None:
        heed(self)
        # The shell wrote over the screen meanwhile.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.tell(self.library.problems)
        if self._start:
            try:
                self.action_study()
            except TutorError as error:
                self.report(error)
        if isinstance(self._lab, str):
            self.open_experiment({"kind": self._lab})
        elif self._lab:
            self.open_lab(self._lab)
        self.call_after_refresh(self._warm_up)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key says; if it can't be done, tell why and go on.

        Keys that come after the last one, while the screens are taken down, are dropped.
        """
        if self._exit:
            return False
        try:
            self.put_away_report()
            return await super().run_action(action, default_namespace, namespaces)
        except TutorError as error:
            self.report(error)
            return True

    def _warm_up(self) -> None:
        """Import what cards and figures need while the learner looks at the first screen."""

        def work() -> None:
            import_slow_parts()
            gc.freeze()  # what is here stays; looking through it now and then would cost a key 80 ms
            self.call_from_thread(self.today.cards_are_quick)

        self.run_worker(work, thread=True)

    def action_leave(self) -> None:
        """Go back to the screen below, or where the lab is all that was asked for, out; the place is kept."""
        self.pop_screen()
        if self._lab and self.screen is self.today:
            self.exit()
