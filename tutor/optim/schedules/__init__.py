"""Schedules: the rate as a function of the step, counted from 0, or of the loss.

A run of n steps asks for steps 0 to n − 1. A schedule is defined for every later step too: its docstring
says which function of torch.optim.lr_scheduler (2.13) or optax (0.2.8) it equals, and whether past its end
it holds its last rate, goes on or begins anew. None starts at 0, which would waste a step, unless it is
told to (``init_value``, ``factor``, ``base_lr``). Arguments have the names of torch (``gamma``,
``step_size``, ``T_max``, ``eta_min``) or, where only optax has the schedule, of optax. Lengths that are not
given follow from the run; all else has torch's or optax's default, if they have one.

torch's LambdaLR and MultiplicativeLR are not offered by name, since their argument is code and a deck is
data: any function of the step is a Schedule already. SequentialLR and ChainedScheduler are ``join`` and
``chain``, and ReduceLROnPlateau is a ``feedback``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.schedules.base import Schedule
from tutor.optim.schedules.chebyshev import CHEBYSHEV
from tutor.optim.schedules.combine import chain, join
from tutor.optim.schedules.cosine import COSINES
from tutor.optim.schedules.cycles import CYCLES
from tutor.optim.schedules.decay import DECAYS
from tutor.optim.schedules.piecewise import PIECEWISE
from tutor.optim.schedules.plateau import FEEDBACKS, Feedback, feedback
from tutor.optim.schedules.warmup import WARMUPS
from tutor.optim.tables import Entry, make

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FEEDBACKS", "SCHEDULES", "Feedback", "Schedule", "chain", "feedback", "join", "schedule"]

SCHEDULES: Mapping[str, Entry[Schedule]] = {**DECAYS, **COSINES, **WARMUPS, **CYCLES, **PIECEWISE, **CHEBYSHEV}


def schedule(name: str, /, *, rate: float, steps: int, **settings: object) -> Schedule:
    """Build the schedule ``name`` of SCHEDULES for a run of ``steps`` at a base rate.

    Raises UsageError on a wrong name or setting, and for one that has no timetable.
    """
    if name in FEEDBACKS:
        raise UsageError(f"schedule '{name}' has no timetable: it watches the loss of a run of gradient steps")
    return make("schedule", SCHEDULES, name, settings, rate, steps)
