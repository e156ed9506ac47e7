"""``tutor schedule NAME``: the rates of a schedule, as a table, a picture or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.arguments import MOST_STEPS, rate, setting, whole
from tutor.cli.output import print_json, spread
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("schedule", metavar="NAME", nargs="?", help="which; --list names them all")
    add("--rate", metavar="η", type=rate, default=0.1, help="the base rate (default: 0.1)")
    add("--steps", metavar="N", type=whole(1, MOST_STEPS), default=100, help="of how many steps (default: 100)")
    add("--set", metavar="K=V", action="append", default=[], type=setting, help="a parameter of the schedule")
    add("--plot", action="store_true", help="draw the rates")
    add("--json", action="store_true", help="print one JSON object, full precision")
    add("--list", action="store_true", help="list all names, or with a NAME its parameters")


def run(options: argparse.Namespace) -> int:
    """Print the rate of each step."""
    import numpy as np

    from tutor.cli.choices import listing
    from tutor.optim.schedules import FEEDBACKS, SCHEDULES, schedule

    if options.list:
        print(*listing({"schedules": {**SCHEDULES, **FEEDBACKS}}, options.schedule or ""), sep="\n")
        return 0
    if options.schedule is None:
        raise UsageError("say which schedule: 'tutor schedule --list' names them all")
    at = schedule(options.schedule, rate=options.rate, steps=options.steps, **dict(options.set))
    rates = [at(step) for step in range(options.steps)]
    if options.json:
        print_json({"schedule": options.schedule, "rates": rates})
        return 0
    if options.plot:
        from tutor.cli.picture import show
        from tutor.plots.figure import Curves, Series

        steps = np.arange(options.steps, dtype=float)
        show(Curves((Series(steps, np.array(rates)),), x_label="step", y_label="η"))
    else:
        print(f"{'step':>7}  rate")
        for step in spread(options.steps):
            print(f"{step:7}  {rates[step]:.6g}")
    print(f"First {rates[0]:.6g}, last {rates[-1]:.6g}, one step past the end {at(options.steps):.6g}.")
    return 0
