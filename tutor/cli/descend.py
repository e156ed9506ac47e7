"""``tutor descend``: one run of the optimizer core, as a table or as JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import point, rate, setting, whole
from tutor.cli.output import print_json
from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from tutor.optim.descend import Trajectory
    from tutor.optim.tables import Entry

MOST_STEPS = 1_000_000
MOST_ROWS = 20
"""How many of the steps the table shows."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    pairs: Any = {"metavar": "K=V", "action": "append", "default": [], "type": setting}
    add("--objective", metavar="NAME", default="ravine", help="what to descend (default: ravine)")
    add("--param", **pairs, help="a parameter of the objective")
    add("--optimizer", metavar="NAME", default="sgd", help="how (default: sgd)")
    add("--set", **pairs, help="a parameter of the optimizer, schedule or line search")
    add("--rate", metavar="η", type=rate, default=0.05, help="the learning rate (default: 0.05)")
    add("--schedule", metavar="NAME", default="constant", help="how η changes (default: constant)")
    add("--line-search", metavar="NAME", help="choose each step by looking ahead")
    add("--start", metavar="X,Y", type=point, help="where to start (default: the objective's start)")
    add("--steps", metavar="N", type=whole(1, MOST_STEPS), default=100, help="how many (default: 100)")
    add("--json", action="store_true", help="print one JSON object, full precision")


def run(options: argparse.Namespace) -> int:
    """Descend and print the trajectory."""
    import numpy as np

    from tutor.optim.descend import descend
    from tutor.optim.linesearch import LINE_SEARCHES, line_search
    from tutor.optim.objectives import objective
    from tutor.optim.optimizers import OPTIMIZERS, optimizer
    from tutor.optim.schedules import SCHEDULES, schedule

    ground = objective(options.objective, **dict(options.param))
    sets = dict(options.set)
    method = optimizer(options.optimizer, **_take(sets, OPTIMIZERS, options.optimizer))
    of_schedule = _take(sets, SCHEDULES, options.schedule)
    rates = schedule(options.schedule, rate=options.rate, steps=options.steps, **of_schedule)
    search = None
    if options.line_search:
        search = line_search(options.line_search, **_take(sets, LINE_SEARCHES, options.line_search))
    for key in sets:
        raise _untaken(key, OPTIMIZERS, SCHEDULES, LINE_SEARCHES)
    trajectory = descend(
        ground, rates, steps=options.steps, start=options.start, optimizer=method, line_search=search
    )
    nearest = min(ground.minima, key=lambda minimum: math.dist(minimum, trajectory.points[-1]))
    sharpness = ground.sharpness(np.array(nearest))
    stable = method.stable / sharpness
    if options.json:
        print_json(
            {
                "objective": ground.name,
                "points": trajectory.points.tolist(),
                "values": trajectory.values.tolist(),
                "gradient_norms": trajectory.gradient_norms.tolist(),
                "rates": trajectory.rates.tolist(),
                "verdict": str(trajectory.verdict),
                "reason": trajectory.reason,
                "sharpness": sharpness,
                "stable_rate": stable,
            }
        )
    else:
        _print_table(trajectory)
        print(f"Sharpness at the minimum {sharpness:.6g}; stable below η = {stable:.6g}.")
    return 0


def _print_table(trajectory: Trajectory) -> None:
    """Print at most MOST_ROWS steps, spread evenly, the first and the last among them."""
    last = trajectory.steps
    rows = sorted({round(n * last / (MOST_ROWS - 1)) for n in range(MOST_ROWS)})
    print(f"{'step':>7}  {'loss':>12}  {'|gradient|':>12}  {'rate':>10}  point")
    for n in rows:
        rate = f"{trajectory.rates[n]:.4g}" if n < last else ""
        point = ", ".join(f"{x:.6g}" for x in trajectory.points[n])
        print(
            f"{n:7}  {trajectory.values[n]:12.6g}  {trajectory.gradient_norms[n]:12.6g}  {rate:>10}  ({point})"
        )
    print(trajectory.reason)


def _take(sets: dict[str, float], table: Mapping[str, Entry[Any]], name: str) -> dict[str, float]:
    """Take out of ``sets`` what the entry ``name`` takes; who builds the entry complains if there is none."""
    parameters = table[name].parameters if name in table else ()
    return {key: sets.pop(key) for key in parameters if key in sets}


def _untaken(key: str, *tables: Mapping[str, Entry[Any]]) -> UsageError:
    """The error for a parameter that nothing chosen takes."""
    entries = [(name, entry) for table in tables for name, entry in table.items()]
    takers = [name for name, entry in entries if key in entry.parameters]
    if takers:
        return UsageError(f"--set {key}: nothing that you chose takes it; {', '.join(takers)} would")
    return unknown("parameter", key, {known for _, entry in entries for known in entry.parameters})
