"""The functions that are descended, each with its exact gradient and Hessian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.optim.objectives.base import Array, Objective, Range
from tutor.optim.objectives.expression import expression
from tutor.optim.objectives.quadratics import QUADRATICS
from tutor.optim.objectives.shapes import SHAPES
from tutor.optim.objectives.stochastic import STOCHASTIC
from tutor.optim.objectives.valleys import VALLEYS
from tutor.optim.objectives.wells import WELLS
from tutor.optim.tables import Entry, make

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OBJECTIVES", "Array", "Objective", "Range", "expression", "objective"]

OBJECTIVES: Mapping[str, Entry[Objective]] = {**QUADRATICS, **VALLEYS, **WELLS, **SHAPES, **STOCHASTIC}


def objective(name: str, /, **params: object) -> Objective:
    """Build the objective ``name`` of OBJECTIVES, or one from an expression such as "x**2 + 10*y**2".

    A name has nothing but letters and hyphens. Raises UsageError on a wrong name, parameter or expression.
    """
    if re.fullmatch(r"[A-Za-z_-]{0,40}", name):
        return make("objective", OBJECTIVES, name, params)
    for key in params:
        raise UsageError(f"an expression takes no parameters: leave out '{key}', or write its number into it")
    return expression(name)
