"""The runs of a bench as CSV and JSON, in full precision."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from tutor.lab.bench.command import command
from tutor.lab.bench.runs import limit, trajectories
from tutor.lab.bench.state import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.lab.bench.state import LabState


def as_csv(state: LabState) -> str:
    """One row for each point of each run; the last point of a run has no rate, since no step leaves it."""
    runs = trajectories(state)
    dimension = runs[0].points.shape[1]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "step", *(f"x{n + 1}" for n in range(dimension)), "loss", "gradient_norm", "rate"])
    for letter, run in zip(LETTERS, runs, strict=False):
        rates = [*run.rates.tolist(), ""]
        rows = zip(run.points.tolist(), run.values.tolist(), run.gradient_norms.tolist(), rates, strict=True)
        for step, (point, value, slope, rate) in enumerate(rows):
            writer.writerow([letter, step, *point, value, slope, rate])
    return text.getvalue()


def as_json(state: LabState) -> str:
    """One object: the objective, and the runs with all that ``tutor descend --json`` says of one."""
    runs: list[dict[str, Any]] = [
        {
            "run": letter,
            "command": command(state.ground, setup),
            "points": run.points.tolist(),
            "values": run.values.tolist(),
            "gradient_norms": run.gradient_norms.tolist(),
            "rates": run.rates.tolist(),
            "verdict": str(run.verdict),
            "reason": run.reason,
            "stable_rate": limit(state.ground, setup),
        }
        for letter, setup, run in zip(LETTERS, state.runs, trajectories(state), strict=False)
    ]
    ground = state.ground
    return json.dumps(
        {
            "objective": ground.objective.name,
            "param": ground.objective.given,
            "steps": ground.steps,
            "runs": runs,
        }
    )


FORMATS: Mapping[str, Callable[[LabState], str]] = {".csv": as_csv, ".json": as_json}
"""What a file is written as, by the end of its name."""
