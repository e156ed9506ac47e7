"""What is trained, as plain data: all that defines a result but for what may differ between the runs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.lab.bench.state import Choice
from tutor.lab.bench.tables import the_schedule
from tutor.optim.data import CLASSES, Images, Split, held_out, load, split
from tutor.optim.network import Network, Recipe, trainer

if TYPE_CHECKING:
    from tutor.optim.network.recipe import Maker
    from tutor.optim.schedules import Feedback, Schedule

SGD, CONSTANT = Choice("sgd"), Choice("constant")

EMBEDDED = ("digits", "mnist")
"""The data that are found by name; any other is a folder."""


@dataclass(frozen=True)
class Problem:
    """A network, its data, and how it is trained."""

    data: str = "digits"
    examples: int | None = None
    """Train on so many; None for all that do not validate."""

    depth: int = 2
    """Hidden layers."""

    width: int = 64
    """Units in each of them."""

    activation: str = "relu"
    loss: str = "cross-entropy"
    init: str = "he"
    batch: int | None = 32
    """None for all examples at each step."""

    epochs: int = 20
    steps: int | None = None
    """In place of the epochs."""

    optimizer: Choice = SGD
    schedule: Choice = CONSTANT
    ramp: float | None = None
    """Let η rise exponentially to this instead, as a range test does."""

    every: int | None = None
    """Steps between evaluations; None for an epoch."""

    sharpness: bool = False
    """Whether evaluations measure the sharpness."""

    def split(self) -> Split:
        """Load and split the data; UsageError if there are none, or too few."""
        return _split(self.data, fingerprint(self.data), self.examples)

    def recipe(self) -> Recipe:
        """Make the recipe of the core. Raises UsageError where it cannot be followed on these data."""
        side = images(self.data, fingerprint(self.data)).side
        network = Network((side * side, *[self.width] * self.depth, CLASSES), self.activation, self.loss)
        recipe = Recipe(
            network,
            init=self.init,
            optimizer=trainer(self.optimizer.name, **self.optimizer.given),
            schedule=self._maker(),
            batch=self.batch,
            epochs=self.epochs,
            steps=self.steps,
            every=self.every,
            sharpness=self.sharpness,
        )
        recipe.batch_of(len(self.split().train))
        return recipe

    def _maker(self) -> Maker | None:
        last = self.ramp
        if last is not None:
            return lambda rate, steps: lambda step: rate * (last / rate) ** (step / max(1, steps - 1))
        if self.schedule == CONSTANT:
            return None
        return self._timetable

    def _timetable(self, rate: float, steps: int) -> Schedule | Feedback:
        made = the_schedule(self.schedule, rate, steps)
        assert not isinstance(made, float | int)
        return made


@lru_cache(maxsize=2)
def images(data: str, _fingerprint: str) -> Images:
    """Load images once, or anew if they have changed."""
    return load(data)


@lru_cache(maxsize=2)
def _split(data: str, print_: str, examples: int | None) -> Split:
    whole = images(data, print_)
    if examples is None:
        return split(whole)
    return split(whole, train=examples, validation=held_out(len(whole)))


def fingerprint(data: str) -> str:
    """Tell a folder's files from others of the same names, by sizes and times; empty for EMBEDDED."""
    if data in EMBEDDED or not os.path.isdir(data):
        return ""
    with os.scandir(data) as entries:
        files = sorted((entry.name, entry.stat()) for entry in entries)
    return " ".join(f"{name}:{stat.st_size}:{stat.st_mtime_ns}" for name, stat in files)
