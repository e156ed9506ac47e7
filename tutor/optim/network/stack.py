"""A stack of runs on its way: their weights, their optimizer's state and what has been seen of them."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.data import CLASSES
from tutor.optim.loop import only
from tutor.optim.network.checkpoint import Checkpoint, state_arrays, state_of
from tutor.optim.network.estimate import Estimate
from tutor.optim.network.evaluation import evaluate
from tutor.optim.network.inits import initial
from tutor.optim.network.losses import LOSSES
from tutor.optim.network.paces import Paces
from tutor.optim.network.record import Record
from tutor.optim.network.sharpness import sharpness
from tutor.optim.optimizers import Here

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tutor.optim.data import Split
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.recipe import Recipe, Run

LOST = 1e4
"""How many times its first loss makes a run lost."""

LOOK = 16
"""Every how many steps to look for runs that are lost."""

WORK = 1e9
"""About how many multiplications lie between one partial result and the next: some tenths of a second."""

STEP = 1e6
"""How many multiplications could be done while a step does what costs the same for any network."""

SHARP = 2000
"""The most training examples on which the sharpness is measured."""


class Stack:
    """R runs of the same recipe, some of which may be lost on the way."""

    def __init__(self, recipe: Recipe, split: Split, runs: tuple[Run, ...]) -> None:
        if not runs:
            raise UsageError("there is no run to train: give at least one rate")
        examples, pixels = split.train.inputs.shape
        network = recipe.network
        if (network.sizes[0], network.sizes[-1]) != (pixels, CLASSES):
            raise UsageError(
                f"a network of {network.sizes[0]:,} inputs and {network.sizes[-1]:,} outputs cannot tell "
                f"the digits of these images: make it {pixels:,} inputs and {CLASSES} outputs"
            )
        self.runs = runs
        self.step = 0
        self.steps = recipe.steps_on(examples)
        self._recipe, self._split = recipe, split
        self._every = recipe.every_on(examples)
        self._size = recipe.batch_of(examples)
        work = STEP + 3 * network.parameters * self._size * len(runs)
        self._stride = -(-int(WORK / work + 1.0) // LOOK) * LOOK
        counts = np.bincount(split.train.labels, minlength=network.sizes[-1])
        self.chance = LOSSES[network.loss].chance(counts / examples)
        self.record = Record(len(runs), self.steps, self._every, sharp=recipe.sharpness)
        numbers = (network.parameters, self.steps, self._every, self._size, recipe.sharpness)
        self._plan = np.array([*numbers, *(number for run in runs for number in astuple(run))], dtype=float)
        self._paces = Paces(recipe.schedule, runs, self.record)
        self._going = np.arange(len(runs))
        starts = [initial(network, init=recipe.init, scale=run.scale, seed=run.seed) for run in runs]
        self._points: Reals = np.array(starts, dtype=recipe.dtype)
        self._state = recipe.optimizer.init(self._points)
        self._make_room()
        self._evaluate()

    @np.errstate(all="ignore")
    def go(self) -> None:
        """Take the steps up to the next partial result."""
        goal = min(self.step + self._stride, self.steps)
        while self.step < goal:
            until = min(goal, *(self.step - self.step % pause + pause for pause in (LOOK, self._every)))
            self._walk(until)
            self._drop_lost()
            if self.step % self._every == 0 or self.step == self.steps:
                self._evaluate()
                if self._recipe.sharpness:  # which takes as long as many steps
                    return

    def _walk(self, until: int) -> None:
        record, update = self.record, self._recipe.optimizer.update
        if not len(self._going):
            self.step = until
            return
        rates = record.rates[self._going, self.step : until].astype(self._points.dtype)
        objective = self._estimate.objective()
        seen = np.empty((until - self.step, len(self._going)))
        for place, step in enumerate(range(self.step, until)):
            losses, gradient = self._estimate.at(self._points, step)
            seen[place] = losses
            here = Here(self._points, gradient, objective)
            displacement, self._state = update(here, self._state, rates[:, place, None])
            np.add(self._points, displacement, out=self._points, casting="same_kind")
        record.losses[self._going, self.step : until] = seen.T
        self.step = until

    def _drop_lost(self) -> None:
        """Freeze out the runs whose loss has left all bounds since the last look."""
        bounds = LOST * self.record.losses[self._going, 0]
        first = max(0, self.step - LOOK)
        losses = self.record.losses[self._going, first : self.step]
        gone = ~(losses <= bounds[:, None])
        for place in np.flatnonzero(gone.any(axis=1)):
            self.record.lose(self._going[place], first + int(gone[place].argmax()))
        self._keep(~gone.any(axis=1))

    def _keep(self, kept: NDArray[np.bool_]) -> None:
        """Go on with these of the runs alone."""
        if kept.all():
            return
        self._going = self._going[kept]
        self._points = self._points[kept]
        self._state = tuple(only(part, kept) if isinstance(part, np.ndarray) else part for part in self._state)
        self._make_room()

    def _make_room(self) -> None:
        """Make the buffers for as many runs as are left."""
        seeds = [self.runs[place].seed for place in self._going]
        self._estimate = Estimate(
            self._recipe.network, self._split.train, self._size, seeds, self._recipe.dtype
        )

    @np.errstate(all="ignore")
    def _evaluate(self) -> None:
        """Measure the runs that are left, and tell the schedules that watch them."""
        network, going = self._recipe.network, self._going
        answers = self._answers()
        validation = self._split.validation
        record = self.record
        at = record.count
        record.count += 1
        record.evaluated[at] = self.step
        if not len(going):
            return
        record.train_loss[going, at], _ = evaluate(network, answers, self._split.train.first(len(validation)))
        found = evaluate(network, answers, validation)
        record.validation_loss[going, at], record.validation_accuracy[going, at] = found
        if self._recipe.sharpness:
            record.sharpness[going, at] = sharpness(network, answers, self._split.train.first(SHARP))
        sound = np.isfinite(record.validation_loss[going, at])
        for run in going[~sound]:
            record.lose(run, self.step)
        self._keep(sound)
        self._paces.tell(at)

    def answers(self) -> Reals:
        """Give the weights (R, P) that the runs would hand out now; NaN where one is lost."""
        answers = np.full((len(self.runs), self._recipe.network.parameters), np.nan, self._points.dtype)
        answers[self._going] = self._answers()
        return answers

    def _answers(self) -> Reals:
        """Give those of the runs that are left; a rule may have kept its averages as wider numbers."""
        return self._recipe.optimizer.answer(self._points, self._state).astype(self._recipe.dtype, copy=False)

    def checkpoint(self) -> Checkpoint:
        """Copy all that is needed to go on."""
        return Checkpoint(
            {
                "step": np.array(self.step),
                "plan": self._plan,
                "going": self._going.copy(),
                "points": self._points.copy(),
                **self.record.arrays(self.step),
                **state_arrays(self._state),
            }
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint of the same training; UsageError if it is of another."""
        arrays = checkpoint.arrays
        if not np.array_equal(arrays.get("plan", ()), self._plan):
            raise UsageError("the checkpoint is of another training: start afresh")
        self.record.restore(arrays)
        self.step = int(arrays["step"])
        self._going, self._points = arrays["going"].copy(), arrays["points"].copy()
        self._state = state_of(arrays)
        self._make_room()
        for at in range(self.record.count):
            self._paces.tell(at)
