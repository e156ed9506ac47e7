"""Prediction "digits-limit": how the largest stable rate of a network moves when one thing about it changes."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from tutor.errors import unknown
from tutor.lab.digits.limit import limit
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.sweep import Axis, AxisName, Sweep, sweep
from tutor.lab.digits.workshop import Workshop
from tutor.lab.predict.instance import TRAINING_COST, Choice, Draw, Instance
from tutor.lab.words import count, exact, number

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

Move = Literal["lower", "same", "higher"]

ANSWERS: dict[Move, str] = {
    "lower": "less than half of that",
    "same": "about the same",
    "higher": "more than twice that",
}
LOWER, SAME, HIGHER = 0.42, (0.75, 1.33), 2.4
"""The new limit over the old one where each answer is clear."""

CHANGES: dict[AxisName, tuple[tuple[int | float, int | float], ...]] = {
    "batch": ((4, 64), (64, 256), (64, 4)),
    "depth": ((1, 8), (2, 4), (8, 1)),
    "width": ((8, 32), (32, 8), (128, 8)),
    "scale": ((1, 0.5), (1, 2), (1, 4)),
}
"""What may change, from one value to another."""

WHY: dict[AxisName, str] = {
    "batch": "A larger batch has a quieter gradient, until something else than noise limits η.",
    "depth": "What layers do to the curvature depends on their first weights more than on their number.",
    "width": "With these first weights a wider network starts on steeper ground.",
    "scale": "The curvature grows with powers of the weights, and the limit is 2 over the curvature.",
}
UNITS = {"relu": "ReLU", "tanh": "tanh"}
INITS = {"he": "He's rule", "glorot": "Glorot's rule"}
EXAMPLES, SEEDS = 500, 3
MOST_STEPS = 300


@dataclass(frozen=True)
class Net:
    """A network that learns the digits."""

    batch: int = 16
    depth: int = 2
    width: int = 32
    scale: float = 1.0
    activation: str = "relu"
    init: str = "he"

    @property
    def words(self) -> str:
        """Describe it."""
        layers = f"{count(self.depth, 'hidden layer')} of {self.width} {UNITS[self.activation]} units"
        return (
            f"{layers}, its weights drawn by {INITS[self.init]}, learns the digits in batches of {self.batch}"
        )


@dataclass(frozen=True, eq=False)
class Limits:
    """Networks that differ in one thing, each with the largest rate at which it still trains."""

    over: tuple[AxisName, ...]
    steps: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a network and a change; it is clear if the limit moves a lot, or hardly."""
        axis = chance.pick(self.over)
        values = chance.pick(CHANGES[axis])
        activation, init = chance.pick(tuple(UNITS)), chance.pick(tuple(INITS))
        if axis in {"batch", "depth"}:  # ReLU units die, in noise and in deep networks, as chance will have it
            activation = "tanh"
        drawn = Net(activation=activation, init=init)
        chance.spend(TRAINING_COST)
        nets = [Net(**(asdict(drawn) | {axis: value})) for value in values]
        limits = [largest_stable_rate(net, self.steps) for net in nets]
        truth = _move(limits[1] / limits[0])
        if truth is None:
            return None
        old, new = (number(limit, 2) for limit in limits)
        before, after = (_with(axis, value) for value in values)
        told = f"by this run η may be up to {old} with {before}, and up to {new} with {after}."
        return Instance(
            text=(
                f"A network of {nets[0].words}. Its largest stable rate is η = {old}. With {after} "
                "instead, which is it?"
            ),
            experiment={
                "kind": "sweep",
                "over": axis,
                "values": sorted(values),
                "seeds": SEEDS,
                **{name: value for name, value in _shared(nets[0], self.steps).items() if name != axis},
            },
            choices=tuple(
                Choice(
                    text, move == truth, f"{_leads(move, truth)}: {told}" + f" {WHY[axis]}" * (move == truth)
                )
                for move, text in ANSWERS.items()
            ),
        )


@lru_cache(maxsize=256)
def largest_stable_rate(net: Net, steps: int) -> float:
    """Search for the largest rate at which the network does not diverge within some steps; NaN if all do."""
    settings = _shared(net, steps)
    scale = settings.pop("scale")
    search = Sweep(Problem(**settings, every=steps), (Axis("scale", (scale,)),), SEEDS)
    *_, last = sweep(search, Workshop())
    return limit(last.tried((scale,))) or math.nan


def _shared(net: Net, steps: int) -> dict[str, Any]:
    """Give all settings but for what a sweep goes over."""
    return asdict(net) | {"loss": "mse", "examples": EXAMPLES, "steps": steps}


def _move(ratio: float) -> Move | None:
    """Tell how the limit moved; None if that is not clear."""
    if ratio < LOWER:
        return "lower"
    if ratio > HIGHER:
        return "higher"
    return "same" if SAME[0] < ratio < SAME[1] else None


def _with(axis: AxisName, value: float) -> str:
    """Name what a network has, to follow 'with'."""
    return {
        "batch": f"batches of {exact(value)}",
        "depth": count(int(value), "hidden layer"),
        "width": f"layers of {exact(value)} units",
        "scale": f"first weights {exact(value)} times as large" if value != 1 else "first weights as drawn",
    }[axis]


def _leads(move: Move, truth: Move) -> str:
    """Say where an answer leads."""
    if move == truth:
        return "So it is"
    if move == "higher":
        return "A rate as large as that diverges"
    if move == "lower" or truth == "higher":
        return "Such a rate is safe, and slower than it need be"
    return "The old rate diverges now"


def read(settings: Settings) -> Draw:
    """Take ``over``, what may change (batch, depth, width, scale), and ``steps``."""
    known: tuple[AxisName, ...] = get_args(AxisName)
    over = settings.words("over")
    for name in over:
        if name not in known:
            raise unknown("entry of over", name, known)
    chosen = tuple(name for name in known if name in over)
    return Limits(chosen, settings.whole("steps", 20, MOST_STEPS, default=100)).draw
