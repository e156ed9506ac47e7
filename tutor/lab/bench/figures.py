"""The pictures of a bench: the plane with all paths up to the cursor, and what happens over the steps."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.bench.runs import effective_rates, sharpness, stream, trajectories, trajectory
from tutor.lab.bench.state import LETTERS
from tutor.lab.bench.tables import the_objective, the_optimizer
from tutor.plots.figure import Contour, Curves, Path, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.lab.bench.state import Ground, LabState, RunSetup
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array, Objective
    from tutor.plots.figure import Dash

DASHES: tuple[Dash, ...] = ("solid", "dashed", "dotted", "dash-dot")
"""The line of each run, in the order of their letters."""

FAR = 30.0
"""How many times the rates a limit may be to be drawn beside them."""

LABELS = 5
"""The room for the labels of every diagram, so that one cursor goes down through all."""


def plane(state: LabState) -> Contour:
    """The contour lines, every run up to the cursor, and the probes of the active run's line search there."""
    objective = the_objective(state.ground.objective)
    end = min(state.step, state.seen)
    return Contour(
        _section(objective),
        key=state.ground.objective,
        view=state.ground.view or objective.view,
        paths=tuple(
            _path(state.ground, setup, end, letter, dash)
            for setup, letter, dash in zip(state.runs, LETTERS, DASHES, strict=False)
        )
        + ((_stream(state.ground, state.run),) if state.flow else ()),
        minima=tuple((place[0], place[1]) for place in objective.minima),
        probes=probes(trajectory(state.ground, state.run), objective, end),
    )


@lru_cache(maxsize=64)
def _path(ground: Ground, setup: RunSetup, end: int, letter: str, dash: Dash) -> Path:
    return Path(trajectory(ground, setup).points[: end + 1, :2], letter, dash=dash)


@lru_cache(maxsize=16)
def _stream(ground: Ground, setup: RunSetup) -> Path:
    steps = trajectory(ground, setup).steps
    return Path(stream(ground, setup, steps).points[:, :2], "F", smooth=True, dash="dotted")


def _section(objective: Objective) -> Callable[[Array], Array]:
    """The value in the plane of the first two coordinates, through the minimum or else the start."""
    if len(objective.start) == 2:
        return objective.value
    others = np.array(objective.minima[0] if objective.minima else objective.start)[2:]

    def value(points: Array) -> Array:
        rest = np.broadcast_to(others, (*points.shape[:-1], len(others)))
        return objective.value(np.concatenate([points, rest], axis=-1))

    return value


def probes(run: Trajectory, objective: Objective, step: int) -> tuple[tuple[float, float], ...]:
    """The points that the line search tried in its step from here, or in the one that led to the end."""
    if not run.searches:
        return ()
    step = min(step, run.steps - 1)
    search, here = run.searches[step], run.points[step]
    moved = run.points[step + 1] - here
    direction = moved / search.rate if search.rate else -objective.gradient(here)
    return tuple((x, y) for x, y, *_ in (here + np.multiply.outer(search.probes, direction)).tolist())


def diagrams(state: LabState) -> dict[str, Curves]:
    """Each of DIAGRAMS over the steps, with one cursor through all."""
    runs = trajectories(state)
    end = max(run.steps for run in runs) if state.hidden is None else state.ground.steps
    return {
        name: Curves(
            tuple(draw(state)),
            y_label=name,
            x_label="step",
            log_y=True,
            x_range=(0.0, float(end)),
            cursor=float(min(state.step, state.seen, end)),
            label_width=LABELS,
        )
        for name, draw in DIAGRAMS.items()
    }


def _each(of: Callable[[Ground, RunSetup], Array]) -> Callable[[LabState], list[Series]]:
    """Draw what each run has at each step, as far as it may be seen."""

    @lru_cache(maxsize=64)
    def curve(ground: Ground, setup: RunSetup, seen: int, letter: str, dash: Dash) -> Series:
        values = of(ground, setup)[: seen + 1]
        return Series(np.arange(len(values), dtype=np.float64), values, letter, dash)

    def draw(state: LabState) -> list[Series]:
        return [
            curve(state.ground, setup, state.seen, letter, dash)
            for setup, letter, dash in zip(state.runs, LETTERS, DASHES, strict=False)
        ]

    return draw


def _rates(state: LabState) -> list[Series]:
    """Draw η, and as L the limit of stability where the active run stands."""
    series = _each(lambda ground, setup: trajectory(ground, setup).rates)(state)
    steps, curvatures = sharpness(state.ground, state.run)
    stable = the_optimizer(state.run.optimizer).stable or 2.0
    limits = np.divide(stable, curvatures, out=np.full_like(curvatures, np.nan), where=curvatures > 0)
    rates = np.concatenate([each.y for each in series])
    least, most = rates.min(initial=1.0), rates.max(initial=0.0)
    shown = (steps <= state.seen) & (limits > least / FAR) & (limits < FAR * most)
    return [*series, Series(steps, np.where(shown, limits, np.nan), "L", "dotted")]


DIAGRAMS: Mapping[str, Callable[[LabState], list[Series]]] = {
    "loss": _each(lambda ground, setup: trajectory(ground, setup).values),
    "gradient norm": _each(lambda ground, setup: trajectory(ground, setup).gradient_norms),
    "effective rate": _each(effective_rates),
    "η": _rates,
}
"""What can be shown over the steps."""
