"""The learner's own objective, such as "(1-x)**2 + 100*(y-x**2)**2"."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import UsageError
from tutor.optim.objectives.base import Array, Objective
from tutor.optim.objectives.formula import dimension, evaluate, parse
from tutor.optim.objectives.jets import Jet, variables

if TYPE_CHECKING:
    from tutor.optim.objectives.formula import Node

WIDEST = 60
"""How much of the text a summary shows."""

VIEW = ((-5.0, 5.0), (-5.0, 5.0))


def expression(text: str) -> Objective:
    """Make the objective of a formula in x and y, or in x1 to x9, of which x and y are the first two.

    Its derivatives are exact; its minima are not known, and its view is the square from −5 to 5. It may use
    numbers, pi, e, + - * / ** and the functions of one value in ``jets.FUNCTIONS``. Raises UsageError, saying
    where and what is allowed instead, on anything else.
    """
    tidy, tree = parse(text)
    size = dimension(tree)
    if not size:
        raise UsageError(f"the expression {tidy!r} is the same everywhere: write one with x or y in it")
    return _objective(tidy, tree, max(2, size))


def _objective(text: str, tree: Node, size: int) -> Objective:
    def value(points: Array) -> Array:
        with np.errstate(all="ignore"):
            values: Array = evaluate(tree, list(_columns(points)))
        return values.reshape(points.shape[:-1])

    def gradient(points: Array) -> Array:
        columns = _columns(points)
        slope = np.broadcast_to(_jet(columns, bend=False).slope, columns.shape)
        return np.moveaxis(slope, 0, -1).reshape(points.shape)

    def hessian(points: Array) -> Array:
        columns = _columns(points)
        bend = np.broadcast_to(np.asarray(_jet(columns, bend=True).bend), (size, *columns.shape))
        return np.moveaxis(bend, -1, 0).reshape(*points.shape, size)

    def _jet(columns: Array, *, bend: bool) -> Jet:
        with np.errstate(all="ignore"):
            return evaluate(tree, variables(columns, bend=bend))

    corners = np.array([np.resize(corner, size) for corner in _STARTS])
    usable = np.isfinite(value(corners)) & np.isfinite(gradient(corners)).all(axis=-1)
    return Objective(
        name=text,
        params={},
        summary=f"function {text if len(text) <= WIDEST else text[: WIDEST - 1] + '…'}",
        value=value,
        gradient=gradient,
        hessian=hessian,
        minima=(),
        view=VIEW,
        start=tuple(corners[usable.argmax()].tolist()),
    )


_STARTS = [(scale * a, scale * b) for scale in (1.0, 0.25) for a, b in product((-4.0, 4.0), (2.0, -2.0))]
"""Where to start: at the first of these where the function has a value."""


def _columns(points: Array) -> Array:
    """Lay out points (…, d) as (d, m), each coordinate in one piece: one point is computed as many are."""
    return np.ascontiguousarray(points.reshape(-1, points.shape[-1]).T)
