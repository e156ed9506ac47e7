"""``tutor descend``: one run of the optimizer core, or thousands of rates at once, as a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import MOST_STEPS, point, rates, setting, turn, whole
from tutor.cli.choices import Choosing, Setting
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    pairs: Any = {"metavar": "K=V", "action": Setting, "default": [], "type": setting}
    name: Any = {"metavar": "NAME", "action": Choosing}
    add("--objective", **name, default="ravine", help='a name, or such as "x**2 + 9*y**2" (default: ravine)')
    add("--param", **pairs, help="a parameter of the objective")
    add("--optimizer", **name, default="sgd", help="what takes the steps (default: sgd)")
    add("--set", **pairs, help="a parameter of the optimizer, schedule or line search before it")
    add(
        "--rate",
        metavar="η",
        type=rates,
        help="the rate, or LO:HI:N for N of them (default: the optimizer's own, such as Newton's 1, or 0.05)",
    )
    add("--schedule", **name, default="constant", help="how η changes (default: constant)")
    add("--turn", metavar="STEP=η", type=turn, action="append", default=[], help="turn η from that step on")
    add("--line-search", **name, help="choose each step by looking ahead; η is the first trial")
    add("--start", metavar="X,Y", type=point, help="where to start (default: the objective's start)")
    add("--steps", metavar="N", type=whole(1, MOST_STEPS), default=100, help="how many (default: 100)")
    add("--plot", action="store_true", help="draw the run")
    add("--json", action="store_true", help="print one JSON object, full precision")
    add("--list", metavar="NAME", nargs="?", const="", help="list all names, or the parameters of one")
    parser.set_defaults(latest=None)


def run(options: argparse.Namespace) -> int:
    """Descend and print the trajectory, or the verdicts on a range of rates."""
    from tutor.cli.choices import listing
    from tutor.cli.many_rates import show_rates
    from tutor.cli.one_run import show_run
    from tutor.cli.setup import read_setup
    from tutor.lab.bench.state import USUAL_RATE
    from tutor.lab.bench.tables import TABLES

    if options.list is not None:
        titles = {f"--{kind.replace(' ', '-')}": table for kind, table in TABLES.items()}
        print(*listing(titles, options.list), sep="\n")
        return 0
    setup = read_setup(options)
    rate = options.rate or setup.optimizer.own_rate or USUAL_RATE
    if isinstance(rate, float):
        show_run(setup, rate, plot=options.plot, as_json=options.json)
    elif options.plot:
        raise UsageError("--plot draws one run: give a single --rate")
    else:
        show_rates(setup, *rate, as_json=options.json)
    return 0
