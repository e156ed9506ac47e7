"""What theory predicts of a run, near the minimum where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.lab.bench.tables import TABLES
from tutor.optim import theory

if TYPE_CHECKING:
    from tutor.lab.bench.state import Choice, RunSetup
    from tutor.optim.objectives import Array, Objective

CLOSED = ("sgd", "momentum", "nesterov")
"""The optimizers whose contraction has a closed form, as long as no more than their momentum is set."""


def plain(setup: RunSetup) -> bool:
    """Whether the rate is the same at every step."""
    return setup.schedule.name == "constant" and not setup.turns and not setup.search


def parameter(choice: Choice, name: str) -> float:
    """Find a parameter of an optimizer, given or by default; 0 if it takes none of that name."""
    entry = TABLES["optimizer"][choice.name].parameters.get(name)
    value = choice.given.get(name, getattr(entry, "default", None) or 0.0)
    assert isinstance(value, float | int)
    return float(value)


def contraction(objective: Objective, setup: RunSetup, end: Array) -> float | None:
    """Predict the factor by which the slope shrinks a step, near the minimum nearest to the end (d,) of a run.

    None where there is no closed form for it, no minimum that attracts from all sides, or noise.
    """
    curvatures = None if objective.noisy else objective.minimum_curvatures(end)
    if curvatures is None or not (curvatures > 0.0).all() or not _closed(setup):
        return None
    momentum, nesterov = parameter(setup.optimizer, "momentum"), setup.optimizer.name == "nesterov"
    return float(theory.contraction(setup.rate, curvatures, momentum=momentum, nesterov=nesterov))


def variance(objective: Objective, setup: RunSetup) -> float | None:
    """Predict the variance of each coordinate at rest in the noise; None where no closed form is known."""
    if objective.name != "noisy-quadratic" or not _closed(setup) or setup.optimizer.name == "nesterov":
        return None
    h, sigma, batch = (objective.params[key] for key in ("h", "sigma", "batch"))
    momentum = parameter(setup.optimizer, "momentum")
    return theory.stationary_variance(setup.rate, h, sigma, batch=int(batch), momentum=momentum)


def _closed(setup: RunSetup) -> bool:
    optimizer = setup.optimizer
    return optimizer.name in CLOSED and not optimizer.given.keys() - {"momentum"} and plain(setup)
