"""One run, as a table, a picture or JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tutor.cli.output import numbers, place, print_json, spread
from tutor.lab.bench.predictions import contraction
from tutor.optim import diagnostics, theory
from tutor.optim.descend import descend
from tutor.optim.verdict import SETTLED

if TYPE_CHECKING:
    from tutor.cli.setup import Setup
    from tutor.optim.descend import Trajectory


def show_run(setup: Setup, rate: float, *, plot: bool, as_json: bool) -> None:
    """Run at one rate, and print what became of it."""
    run = descend(
        setup.objective,
        setup.pace(rate),
        steps=setup.steps,
        start=setup.start,
        optimizer=setup.optimizer,
        line_search=setup.line_search,
    )
    if as_json:
        print_json(_json(setup, run, rate))
        return
    if plot:
        from tutor.cli.picture import path, show

        show(path(setup.objective, run.points))
    else:
        _print_table(run)
    print(run.reason)
    sharpness = setup.objective.minimum_sharpness(run.points[-1])
    if sharpness:
        stable = setup.stable_rate(sharpness)
        limit = f"; stable below η = {stable:.6g}" if stable else ""
        print(f"Sharpness at the minimum {sharpness:.6g}{limit}.")
    predicted = _predicted(setup, run, rate)
    if predicted is not None:
        print(
            f"Contraction of the slope a step: {diagnostics.contraction(run):.6g}, {predicted:.6g} by theory."
        )


def _json(setup: Setup, run: Trajectory, rate: float) -> dict[str, Any]:
    objective = setup.objective
    sharpness = objective.minimum_sharpness(run.points[-1])
    curvatures = diagnostics.curvatures(run, objective)
    predicted = _predicted(setup, run, rate)
    searches = {
        "searches": [
            {"rate": search.rate, "probes": search.probes.tolist(), "failed": search.failed}
            for search in run.searches
        ]
    }
    return {
        "objective": objective.name,
        "points": run.points.tolist(),
        "values": run.values.tolist(),
        "gradient_norms": run.gradient_norms.tolist(),
        "rates": run.rates.tolist(),
        "verdict": str(run.verdict),
        "reason": run.reason,
        "sharpness": sharpness,
        "stable_rate": setup.stable_rate(sharpness),
        "diagnostics": {
            "sharpness": numbers(curvatures[:, -1]),
            "two_over_rate": numbers(diagnostics.two_over_rate(run)),
            "condition": numbers(diagnostics.condition(curvatures)),
            "step_ratio": numbers(diagnostics.step_ratio(run, objective)),
            "effective_rates": numbers(diagnostics.effective_rates(run, objective)),
            "turns": numbers(diagnostics.turns(run)),
            "oscillation": numbers(diagnostics.oscillation(run, objective)),
            "gradient_noise": numbers(diagnostics.gradient_noise(run, objective)),
            "contraction": numbers(diagnostics.contraction(run)),
            "predicted_contraction": None if predicted is None else numbers(predicted),
            "steps_to_tolerance": run.steps_to(),
            "predicted_steps": None if predicted is None else theory.steps_to(SETTLED, predicted),
        },
        **(searches if run.searches else {}),
    }


def _predicted(setup: Setup, run: Trajectory, rate: float) -> float | None:
    """Predict the contraction at the minimum nearest to the end, if there is one that attracts."""
    return contraction(setup.objective, replace(setup.plan, rate=rate), run.points[-1])


def _print_table(run: Trajectory) -> None:
    """Print some of the steps, the first and the last among them."""
    print(f"{'step':>7}  {'loss':>12}  {'|gradient|':>12}  {'rate':>10}  point")
    for n in spread(run.steps + 1):
        rate = f"{run.rates[n]:.4g}" if n < run.steps else ""
        row = f"{n:7}  {run.values[n]:12.6g}  {run.gradient_norms[n]:12.6g}  {rate:>10}"
        print(f"{row}  {place(run.points[n])}")
