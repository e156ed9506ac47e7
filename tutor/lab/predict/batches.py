"""Prediction "batches": which sizes of batch diverge at one rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.batch import Batches, fate
from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.words import count, exact, number
from tutor.optim.least_squares import stable_rate
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

MARGIN = 1.5
"""By which factor a rate must be off the limit of each size: it is noise that is to be foretold."""

SEEDS = 2**31
MOST_STEPS = 500
MOST_NUMBERS = 1_000_000


@dataclass(frozen=True, eq=False)
class Crowds:
    """Stochastic descent on least squares with batches of several sizes."""

    dimensions: tuple[int, ...]
    sizes: tuple[int, ...]
    """Ascending."""

    rates: tuple[float, ...]
    steps: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a rate and examples; it is clear if theory leaves a margin, and the run bears it out."""
        dimension, rate = chance.pick(self.dimensions), chance.pick(self.rates)
        seed = chance.below(SEEDS)
        limits = [stable_rate(dimension, size) for size in self.sizes]
        if any(limit / MARGIN < rate < limit * MARGIN for limit in limits):
            return None
        chance.spend(self.steps * max(self.sizes) * dimension / 500)
        runs = Batches(dimension, self.sizes, noise=0.03, steps=self.steps, seed=seed).runs(rate)
        diverging = [fate(run) is Verdict.DIVERGING for run in runs]
        if diverging != [rate > limit for limit in limits]:
            return None
        truth = sum(diverging)
        ends = [
            f"batch {size} is stable up to η = {number(limit)} and here "
            + ("diverges" if gone else f"its loss goes from {number(run[0], 2)} to {number(run[-1], 2)}")
            for size, limit, gone, run in zip(self.sizes, limits, diverging, runs, strict=True)
        ]
        return Instance(
            text=(
                f"Least squares in {dimension} dimensions, {count(self.steps, 'step')} with η = {exact(rate)}: "
                f"once with each of the batch sizes {', '.join(map(str, self.sizes))}. Which of them diverge?"
            ),
            experiment={
                "kind": "batch",
                "dimension": dimension,
                "batches": list(self.sizes),
                "rate": rate,
                "steps": self.steps,
                "seed": seed,
            },
            choices=tuple(
                Choice(self._named(many), many == truth, _explanation(many, truth, ends))
                for many in range(len(self.sizes) + 1)
            ),
        )

    def _named(self, diverging: int) -> str:
        """Name the smallest sizes, as many as diverge."""
        if diverging in {0, len(self.sizes)}:
            return "all of them" if diverging else "none of them"
        return f"only batch{'es' if diverging > 1 else ''} {' and '.join(map(str, self.sizes[:diverging]))}"


def _explanation(many: int, truth: int, ends: list[str]) -> str:
    """Tell how all of them end, or that one which ends otherwise than it would if ``many`` diverged."""
    if many == truth:
        return f"By theory and by this run: {'; '.join(ends)}."
    return f"Not so: {ends[min(many, truth)]}."


def read(settings: Settings) -> Draw:
    """Take ``dimensions`` and ``rates`` to draw from, ``batches``, and ``steps``."""
    dimensions, sizes = settings.wholes("dimensions", 1, 100), settings.wholes("batches", 1, 1024)
    if list(sizes) != sorted(set(sizes)) or not 2 <= len(sizes) <= 4:
        raise settings.wrong("batches must be two to four sizes, ascending, such as [1, 4, 16]")
    steps = settings.steps(MOST_STEPS)
    if steps * max(sizes) * max(dimensions) > MOST_NUMBERS:
        raise settings.wrong(
            f"steps × batch × dimension must be at most {MOST_NUMBERS:,}: make one of them smaller"
        )
    return Crowds(dimensions, sizes, settings.rates("rates"), steps).draw
