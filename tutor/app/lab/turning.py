"""The keys that turn a run and look at it: η, the cursor, the start, and predictions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.app.lab.base import BenchPage, number, point, whole
from tutor.app.lab.panes import Diagrams
from tutor.errors import TutorError
from tutor.lab.bench import edits
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from textual.timer import Timer

    from tutor.lab.bench.state import LabState

BEAT = 0.1
"""Seconds from picture to picture while a run is played."""

PICTURES = 60
"""About how many pictures a played run takes."""


class Turning(BenchPage):
    """Turns η, moves the cursor and the start, and takes predictions."""

    def __init__(self, state: LabState) -> None:
        super().__init__(state)
        self.moving = False
        """Whether the arrows move the start."""

        self._playing: Timer | None = None

    # The rate

    def action_turn(self, step: int, coarse: bool = False) -> None:
        """Turn η to the next round rate."""
        rate = self.state.run.rate_at(self.state.step if self.state.onward else 0)
        self.attempt(lambda state: edits.turn(state, edits.next_rate(rate, step, coarse=coarse)))

    def action_type(self, begun: str = "") -> None:
        """Type η."""
        self.ask("η =", begun, lambda text: self.change(edits.turn(self.state, number(text))))

    def action_onward(self) -> None:
        """Turn η from the cursor on, or from the start again."""
        self.show(replace(self.state, onward=not self.state.onward))

    # The cursor

    def action_look(self, steps: int) -> None:
        """Move the cursor by single steps."""
        here = min(self.state.step, edits.longest(self.state))
        self.show(edits.look(self.state, here + steps))

    def action_stride(self, tenths: int) -> None:
        """Move the cursor by tenths of the run; ten and more are to an end."""
        steps = max(1, edits.longest(self.state) // 10)
        self.action_look(tenths * steps if abs(tenths) < 10 else tenths * (steps + 1))

    def action_play(self) -> None:
        """Let the cursor run from where it is, or from the start; or stop it."""
        if self._playing:
            self.stop()
            return
        if self.state.cursor is None:
            self.show(replace(self.state, cursor=0))
        self._playing = self.set_interval(BEAT, self._beat)

    def _beat(self) -> None:
        self.action_look(max(1, edits.longest(self.state) // PICTURES))
        if self.state.cursor is None:
            self.stop()

    def stop(self) -> None:
        """Play no more; then no timer runs."""
        if self._playing:
            self._playing.stop()
            self._playing = None

    def on_screen_suspend(self) -> None:
        self.stop()

    def on_unmount(self) -> None:
        self.stop()

    def action_flow(self) -> None:
        """Draw the gradient flow beside the runs, or no more."""
        self.show(replace(self.state, flow=not self.state.flow))

    def action_diagram(self) -> None:
        """Begin with the next diagram; where there is room for one figure, the plane has its turn too."""
        diagrams = self.query_one(Diagrams)
        if not self.has_class("-narrow"):
            diagrams.cycle()
        elif not self.has_class("-over-steps"):
            self.add_class("-over-steps")
        else:
            diagrams.cycle()
            self.set_class(diagrams.first > 0, "-over-steps")

    # The start, and the number of steps

    def action_start(self) -> None:
        """Let the arrows move the start."""
        self.before = [*self.before, self.state]
        self.moving = True
        self.refresh_bindings()

    def action_nudge(self, across: int, up: int) -> None:
        """Move the start a little."""
        try:
            self.show(edits.nudge(self.state, across, up))
        except TutorError as error:
            self.app.report(error)

    def action_settle(self) -> None:
        """Leave the start where it is."""
        self.moving = False
        self.refresh_bindings()

    def action_type_start(self) -> None:
        """Type the start."""
        self.action_settle()
        before = ", ".join(f"{x:g}" for x in edits.start_of(self.state))
        self.ask("start =", before, lambda text: self.change(edits.move_start(self.state, point(text))))

    def action_steps(self) -> None:
        """Type the number of steps."""
        steps = str(self.state.ground.steps)
        self.ask("steps =", steps, lambda text: self.change(edits.last(self.state, whole(text))))

    # Predictions

    def action_predict(self) -> None:
        """Switch predictions on or off."""
        self.show(edits.predicting(self.state))

    def action_guess(self, index: int) -> None:
        """Predict, and see."""
        self._reveal(list(Verdict)[index])

    def action_reveal(self) -> None:
        """See, without a prediction."""
        self._reveal(None)

    def _reveal(self, verdict: Verdict | None) -> None:
        self.show(edits.guess(self.state, verdict))
