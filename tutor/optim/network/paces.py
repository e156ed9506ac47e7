"""The rates of a stack: written down beforehand, but for those of schedules that watch the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.optim.network.recipe import Maker, Run
    from tutor.optim.network.record import Record


class Paces:
    """The schedule of each run, which fills the record's rates."""

    def __init__(self, maker: Maker | None, runs: Sequence[Run], record: Record) -> None:
        self._record = record
        self._watching = {}
        steps = record.rates.shape[1]
        for place, run in enumerate(runs):
            schedule = maker(run.rate, steps) if maker else None
            if schedule is None:
                record.rates[place] = run.rate
            elif callable(schedule):
                record.rates[place] = [schedule(step) for step in range(steps)]
            else:
                record.rates[place] = schedule.rate
                self._watching[place] = schedule

    def tell(self, at: int) -> None:
        """Show an evaluation's validation loss to the schedules that watch it, but not that of the start."""
        step = self._record.evaluated[at]
        for place, schedule in self._watching.items():
            loss = float(self._record.validation_loss[place, at])
            if step and np.isfinite(loss):
                self._watching[place] = schedule.observe(loss)
                self._record.rates[place, step:] = self._watching[place].rate
