"""Prediction "digits-grid": which rate of a coarse grid trains a network best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from tutor.lab.bench import state as bench
from tutor.lab.digits.bracket import Bracket
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.spread import by_rate, percent
from tutor.lab.digits.task import perform
from tutor.lab.predict.instance import TRAINING_COST, Choice, Draw, Instance
from tutor.lab.words import count, exact, number

if TYPE_CHECKING:
    from tutor.lab.digits.spread import Tried
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

CLEAR = 0.7
"""The best loss, over the second best, up to which the best rate is clear."""

SHIFTS = (1.0, 3.0)
"""By what the grid is multiplied, or the same rate would be right again and again."""

NEAR = 1.4
"""The factor by which the best rate may be off and still be the best of the grid."""

OPTIMIZERS = {
    "sgd": "gradient descent",
    "momentum": "a heavy ball (β = 0.9)",
    "adam": "Adam",
    "rmsprop": "RMSprop",
}
LOSSES = {"cross-entropy": "cross-entropy", "mse": "the squared error"}
DEPTHS, BATCHES = (1, 2), (4, 16, 64)
WIDTH, EXAMPLES, SEEDS = 32, 500, 3
MOST_EPOCHS = 20


@dataclass(frozen=True, eq=False)
class Grids:
    """Networks on the digits, each trained at every rate of a grid."""

    rates: tuple[float, ...]
    """Ascending."""

    epochs: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a network and an optimizer; it is clear if one rate is far better, with each seed."""
        optimizer, loss, depth, batch = chance.pick(tuple(product(OPTIMIZERS, LOSSES, DEPTHS, BATCHES)))
        shared: dict[str, Any] = {
            "batch": batch,
            "depth": depth,
            "width": WIDTH,
            "loss": loss,
            "epochs": self.epochs,
            "examples": EXAMPLES,
        }
        chance.spend(TRAINING_COST)
        shift = chance.pick(SHIFTS)
        rates = tuple(float(f"{shift * rate:.6g}") for rate in self.rates)
        bracket = Bracket(Problem(**shared, optimizer=bench.Choice(optimizer)), rates, SEEDS)
        tried = _trained(bracket, rates)
        truth = _best(tried)
        if truth is None:
            return None
        others = tuple(each for each in tried if each.rate != truth)
        nearby = _trained(bracket, (truth / NEAR, truth * NEAR))
        if any(_best((*others, near)) != near.rate for near in nearby):
            return None
        return Instance(
            text=(
                f"Networks with {count(depth, 'hidden layer')} of {WIDTH} units learn the digits by "
                f"{OPTIMIZERS[optimizer]} on {LOSSES[loss]}, in batches of {batch}, for "
                f"{count(self.epochs, 'epoch')}. Of a coarse grid of rates, which ends with the lowest "
                "validation loss?"
            ),
            experiment={
                "kind": "bracket",
                "rates": list(rates),
                "seeds": SEEDS,
                "optimizer": optimizer,
                **shared,
            },
            choices=tuple(
                Choice(f"η = {exact(each.rate)}", each.rate == truth, _told(each, truth)) for each in tried
            ),
        )


@lru_cache(maxsize=256)
def _trained(bracket: Bracket, rates: tuple[float, ...]) -> tuple[Tried, ...]:
    """Train at some rates."""
    task = bracket.task(rates)
    return by_rate(task.runs, perform(task))


def _best(tried: tuple[Tried, ...]) -> float | None:
    """Find the rate that is clearly the best in the mean and with each seed; None if there is none."""
    winners = set()
    each_seed = [[each.runs[seed].loss for each in tried] for seed in range(SEEDS)]
    for losses in ([each.loss for each in tried], *each_seed):
        first, second = sorted(losses)[:2]
        winners.add(tried[losses.index(first)].rate if first < CLEAR * second else None)
    return winners.pop() if len(winners) == 1 else None


def _told(tried: Tried, truth: float) -> str:
    """Say how the runs at a rate end, and what that shows of it."""
    if tried.diverged:
        return "It diverges: the steps overshoot, and the loss leaves all bounds."
    end = f"It ends at a validation loss of {number(tried.loss, 2)} and {percent(tried.accuracy)} right"
    if tried.rate == truth:
        return f"{end}, the best of the grid. The next finer grid goes around it."
    if tried.rate < truth:
        return f"{end}: it is still on its way down when the epochs are over."
    return f"{end}: its steps are too long to settle."


def read(settings: Settings) -> Draw:
    """Take ``rates``, the grid, and ``epochs``."""
    rates = settings.rates("rates")
    apart = all(after >= NEAR**2 * before for before, after in pairwise(rates))
    if not apart or not 2 <= len(rates) <= 4:
        raise settings.wrong("rates must be two to four rates, each twice the last or more: [0.01, 0.1, 1.0]")
    return Grids(rates, settings.whole("epochs", 1, MOST_EPOCHS, default=5)).draw
