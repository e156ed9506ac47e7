"""All that is known of a run in numbers, measured beside what theory predicts."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.lab.bench import predictions
from tutor.lab.bench.readout import readout
from tutor.lab.bench.runs import behind, trajectory
from tutor.lab.bench.tables import the_objective, the_optimizer
from tutor.lab.words import count, number
from tutor.optim import diagnostics, theory
from tutor.optim.optimizers import frozen_limit
from tutor.optim.verdict import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.lab.bench.state import Ground, LabState, RunSetup
    from tutor.optim.descend import Trajectory
    from tutor.optim.objectives import Array, Objective

DIGITS = 5
TOLERANCE = number(SETTLED)
ADAMS = ("adam", "adamw")
"""The optimizers whose preconditioner is P = √v̂ + ε."""


class Row(NamedTuple):
    """A number with what it says."""

    name: str
    measured: str
    predicted: str
    """What theory has for it; empty if it has nothing."""

    about: str


class Block(NamedTuple):
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def numbers(state: LabState) -> tuple[Block, ...]:
    """Tell all numbers of the active run: at the cursor, of the whole run, and what would be best there."""
    ground, setup = state.ground, state.run
    run, objective = trajectory(ground, setup), the_objective(ground.objective)
    step = min(state.step, state.seen, run.steps)
    blocks = [Block(f"At step {step}", tuple(_here(ground, setup, step)))]
    if state.hidden is None:
        blocks += [
            Block(f"All {count(run.steps, 'step')}", tuple(_whole(objective, setup, run))),
            Block(
                f"The best at that minimum, and its steps to {TOLERANCE} of the first slope",
                tuple(_best(objective, run.points[-1])),
            ),
        ]
    return tuple(block for block in blocks if block.rows)


def _here(ground: Ground, setup: RunSetup, step: int) -> Iterator[Row]:
    run, objective = trajectory(ground, setup), the_objective(ground.objective)
    read, taken = readout(ground, setup, step), min(step, run.steps - 1)
    yield _row("rate η", read.rate, "of the step from here")
    stable = the_optimizer(setup.optimizer).stable or 2.0
    bound = stable / read.rate if read.rate else np.inf
    for axis, rate in zip("xyzuvw", read.effective, strict=False):
        yield _row(f"effective η of {axis}", rate, f"how far {axis} moves for its slope")
    yield _row("sharpness S", read.sharpness, "the largest curvature here", bound, f"{number(stable)}/η {{}}")
    curvatures = diagnostics.curvatures(run.part(step, step), objective)
    yield _row("condition κ", float(diagnostics.condition(curvatures)[0]), "largest ÷ smallest curvature")
    yield _row("overshoot", read.overshoot, "1: lowest point, 2: up as high")
    if taken > 0:
        turn = float(diagnostics.turns(run.part(taken - 1, taken + 1))[0])
        yield _row("turn", turn, "1 straight on, −1 straight back")
    if setup.optimizer.name in ADAMS:
        beta1, beta2, eps = (predictions.parameter(setup.optimizer, name) for name in ("beta1", "beta2", "eps"))
        bent = diagnostics.preconditioned_sharpness(run, objective, beta2=beta2, eps=eps)[taken]
        about = "curvature over √v̂, times η"
        yield _row("η·S over √v̂", float(bent) * read.rate, about, frozen_limit(beta1), "limit {}")
    if run.searches:
        search = run.searches[taken]
        probes = f"{len(search.probes):,}"
        yield Row("probes", probes, "", search.failed or "tried by the search of this step")
    if objective.noisy:
        noise = diagnostics.gradient_noise(run, objective)[taken]
        yield _row("gradient noise", float(noise), "how far off the seen gradient is", read.slope, "‖∇f‖ {}")
    gap = behind(ground, setup, step)
    if gap is not None:
        yield _row("from the flow", gap, "distance after the same time")


def _whole(objective: Objective, setup: RunSetup, run: Trajectory) -> Iterator[Row]:
    factor = predictions.contraction(objective, setup, run.points[-1])
    measured = diagnostics.contraction(run)
    yield _row("contraction", measured, "what a step leaves of the slope", factor)
    steps = run.steps_to()
    predicted = theory.steps_to(SETTLED, factor) if factor is not None else None
    yield Row(
        f"steps to {TOLERANCE}",
        "not yet" if steps is None else f"{steps:,}",
        "" if factor is None else "never" if predicted is None else f"{predicted:,}",
        "of the first slope",
    )
    oscillation = diagnostics.oscillation(run, objective)
    yield _row("oscillation", oscillation, "share of late steps turning back")
    spread = predictions.variance(objective, setup)
    if spread is not None:
        late = run.points[len(run.points) // 2 :]
        yield _row("variance", float(late.var(axis=0).mean()), "of a coordinate, late in the run", spread)


def _best(objective: Objective, end: Array) -> Iterator[Row]:
    curvatures = None if objective.noisy else objective.minimum_curvatures(end)
    if curvatures is None or not (curvatures > 0.0).all():
        return
    low, high = float(curvatures[0]), float(curvatures[-1])
    rate = theory.best_rate(low, high)
    factor = float(theory.contraction(rate, curvatures))
    yield Row("gradient descent", "", "", _promise(f"η = {number(rate, DIGITS)}", factor))
    rate, momentum = theory.best_heavy_ball(low, high)
    factor = float(theory.contraction(rate, curvatures, momentum=momentum))
    settings = f"η = {number(rate, DIGITS)}, β = {number(momentum, DIGITS)}"
    yield Row("heavy ball", "", "", _promise(settings, factor))


def _promise(settings: str, factor: float) -> str:
    steps = theory.steps_to(SETTLED, factor)
    assert steps is not None
    return f"{settings}: contraction {number(factor, DIGITS)}, {count(steps, 'step')}"


def _row(name: str, measured: float, about: str, predicted: float | None = None, form: str = "{}") -> Row:
    """Write a row; a dash stands for what is not defined."""
    said = "–" if np.isnan(measured) else number(measured, DIGITS)
    digits = DIGITS if form == "{}" else DIGITS - 1
    return Row(name, said, "" if predicted is None else form.format(number(predicted, digits)), about)


NAME, VALUE = 16, 12
"""The columns of a name, and of each of the two values."""

NARROW = 60
"""The columns below which a row says what it is about on a line of its own."""


def told(blocks: tuple[Block, ...], width: int) -> str:
    """Write blocks of numbers as a table; what does not fit beside them goes on below."""
    lines = []
    for block in blocks:
        heads = (
            f" {'measured':>{VALUE}} {'in theory':>{VALUE}}" if any(row.measured for row in block.rows) else ""
        )
        lines += ["", *wrap(f"{block.title:<{NAME}}{heads}", width, drop_whitespace=False)]
        for row in block.rows:
            values = f" {row.measured:>{VALUE}} {row.predicted:>{VALUE}}" if row.measured else ""
            begun = f"{row.name:<{NAME}}{values}"
            if width < NARROW:
                lines += [begun, *wrap(row.about, width, initial_indent="  ", subsequent_indent="  ")]
            else:
                indent = " " * (len(begun) + 2)
                lines += wrap(row.about, width, initial_indent=f"{begun}  ", subsequent_indent=indent)
    return "\n".join(line.rstrip() for line in lines[1:])
