"""All optimizers by name: the names of torch.optim where it has them, in lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.optim.optimizers import adam, adaptive, averaging, curvature, flows, own_step, signs, velocity
from tutor.optim.tables import Entry, make

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.optimizers.base import Optimizer

OPTIMIZERS: Mapping[str, Entry[Optimizer]] = {
    **velocity.ROWS,
    **adaptive.ROWS,
    **adam.ROWS,
    **signs.ROWS,
    **averaging.ROWS,
    **own_step.ROWS,
    **curvature.ROWS,
    **flows.ROWS,
}


def optimizer(name: str, /, **settings: object) -> Optimizer:
    """Build the optimizer ``name`` of OPTIMIZERS; UsageError on a wrong name or setting."""
    return make("optimizer", OPTIMIZERS, name, settings)


SGD = optimizer("sgd")
