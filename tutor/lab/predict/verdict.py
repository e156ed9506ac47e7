"""Prediction "verdict": what becomes of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.runs import Run, Runs, read_runs
from tutor.lab.words import count, number
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

ENDS = {
    Verdict.CRAWLING: "it crawls: at the end a good part of the way is still ahead",
    Verdict.CONVERGING: "it converges: it closes in on the minimum",
    Verdict.OSCILLATING: "it oscillates: it goes to and fro between the walls",
    Verdict.DIVERGING: "it diverges: its jumps grow",
}
"""What can become of a run, in the order in which it does as η grows."""


@dataclass(frozen=True, eq=False)
class Fates:
    """Runs at rates from far too small to far too large."""

    runs: Runs

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a run; it is clear if rates near by end alike."""
        run = self.runs.pick(chance)
        truth = run.trajectory.verdict
        if truth not in ENDS or any(other.verdict is not truth for other in run.fan):
            return None
        return Instance(
            text=f"{run.words}: what becomes of it in {count(run.steps, 'step')}?",
            experiment=run.experiment(),
            choices=tuple(
                Choice(text, verdict is truth, _facts(run) if verdict is truth else _denial(verdict, truth))
                for verdict, text in ENDS.items()
            ),
        )


def _facts(run: Run) -> str:
    """Give the run's numbers."""
    made = run.trajectory
    most, sharpness = run.rule.optimizer.stable, run.scene.surface.sharpness
    told = f"The loss goes from {number(made.values[0])} to {number(made.values[-1])}."
    if most and sharpness:
        told += f" η·L is {number(run.rate * sharpness)}, and the limit {number(most)}."
    return f"{made.reason} {told}"


def _denial(verdict: Verdict, truth: Verdict) -> str:
    order = list(ENDS)
    other = "smaller" if order.index(verdict) < order.index(truth) else "larger"
    return f"That takes a {other} η than this one."


def read(settings: Settings) -> Draw:
    """Take what `read_runs` does."""
    return Fates(read_runs(settings)).draw
