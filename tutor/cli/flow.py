"""``tutor flow``: the gradient flow that descent discretises, as a table, a picture or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import MOST_STEPS, point, rate, setting
from tutor.cli.output import numbers, place, print_json, spread
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    pairs: Any = {"metavar": "K=V", "action": "append", "default": [], "type": setting}
    add(
        "--objective",
        metavar="NAME",
        default="ravine",
        help='a name, or such as "x**2 + 9*y**2" (default: ravine)',
    )
    add("--param", **pairs, help="a parameter of the objective")
    add("--method", metavar="NAME", default="rk4", help="how to follow the flow (default: rk4)")
    add("--step", metavar="h", type=rate, default=0.05, help="the step of time (default: 0.05)")
    add("--time", metavar="T", type=rate, default=5.0, help="how long (default: 5)")
    add("--start", metavar="X,Y", type=point, help="where to start (default: the objective's start)")
    add("--plot", action="store_true", help="draw the flow")
    add("--json", action="store_true", help="print one JSON object, full precision")
    add("--list", action="store_true", help="list the methods")


def run(options: argparse.Namespace) -> int:
    """Follow the flow and print where it goes."""
    import numpy as np

    from tutor.optim.descend import starts
    from tutor.optim.flow import flow
    from tutor.optim.integrators import METHODS
    from tutor.optim.objectives import objective

    if options.list:
        for name, method in METHODS.items():
            print(f"{name:<{max(map(len, METHODS))}}  {method.about}")
        return 0
    if options.time / options.step > MOST_STEPS:
        raise UsageError(
            f"that takes more than {MOST_STEPS:,} steps: choose a longer --step or a shorter --time"
        )
    ground = objective(options.objective, **dict(options.param))
    start = starts(ground, options.start)
    made = flow(ground, start, step=options.step, time=options.time, method=options.method)
    sharpness = ground.minimum_sharpness(made.points[-1])
    longest = METHODS[options.method].stable / sharpness if sharpness else None
    with np.errstate(all="ignore"):
        values = ground.value(made.points)
    if options.json:
        print_json(
            {
                "objective": ground.name,
                "method": options.method,
                "times": made.times.tolist(),
                "points": made.points.tolist(),
                "values": numbers(values),
                "sharpness": sharpness,
                "stable_step": None if longest is None else numbers(longest),
                "failed": made.failed,
            }
        )
        return 0
    if options.plot:
        from tutor.cli.picture import path, show

        show(path(ground, made.points, smooth=True))
    else:
        print(f"{'time':>12}  {'loss':>12}  point")
        for n in spread(len(made.times)):
            print(f"{made.times[n]:12.6g}  {values[n]:12.6g}  {place(made.points[n])}")
    if made.failed:
        print(made.failed)
    if longest is not None:
        limit = f"stable below h = {longest:.6g}" if np.isfinite(longest) else "stable at every h"
        print(f"Sharpness at the minimum {sharpness:.6g}; {limit}.")
    return 0
