"""Prediction "verdict": what becomes of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.runs import Run, Runs, read_runs
from tutor.lab.predict.scene import cost, rounded
from tutor.lab.words import count, exact, number
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
"""What can become of a run, in the order in which it does as η grows, as it does with most optimizers."""

TRIED = sorted((10.0 ** (n / 40) for n in range(-100, 101)), key=lambda share: -abs(math.log(share)))
"""The multiples of its rate at which a run is made to see how else it could end, the nearest last.

They are so close that none is missed which would be clear: those of FAN are further apart.
"""


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
        chance.spend(cost(run.rule.name, run.steps))
        others = _others(run)
        return Instance(
            text=f"{run.words}: what becomes of it in {count(run.steps, 'step')}?",
            experiment=run.experiment(),
            choices=tuple(
                Choice(
                    text,
                    verdict is truth,
                    _facts(run) if verdict is truth else _denial(run, others.get(verdict)),
                )
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


def _others(run: Run) -> dict[Verdict, float]:
    """Find the rate, of those tried, that is nearest to the run's own, for each thing that becomes of any."""
    rates = [rounded(share * run.rate) for share in TRIED]
    tried = run.scene.runs(rates, run.steps, run.rule.optimizer)
    return {other.verdict: rate for other, rate in zip(tried, rates, strict=True)}


def _denial(run: Run, other: float | None) -> str:
    """Say at which other rate a run would end so."""
    if other is None:
        low, high = (exact(rounded(share * run.rate)) for share in (min(TRIED), max(TRIED)))
        return f"No rate of {len(TRIED)} that were tried, from {low} to {high}, leads to that."
    return (
        f"That takes a {'smaller' if other < run.rate else 'larger'} η than this one, such as {exact(other)}."
    )


def read(settings: Settings) -> Draw:
    """Take what `read_runs` does."""
    return Fates(read_runs(settings)).draw
