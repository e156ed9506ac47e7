"""The options of the long experiments, made from the tables of what can be set in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import setting, whole
from tutor.cli.choices import Choosing, Setting, deal, listing
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from tutor.lab.digits.state import LongExperiment
    from tutor.lab.digits.workshop import Workshop
    from tutor.optim.tables import Choice, Entry, Flag, Parameter

    Rows = Mapping[str, Parameter | Choice | Flag]

MOST_JOBS = 256

WORTH_IT = 5.0
"""Seconds of work from which on a sweep starts processes without being told to."""


def add_options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add an option for each knob of the experiments, and those on where and how they run."""
    from tutor.lab.digits.knobs import Named
    from tutor.lab.digits.table import EXPERIMENTS

    add = parser.add_argument
    rows = {key: row for name in reversed(names) for key, row in EXPERIMENTS[name].parameters.items()}
    for key, row in rows.items():
        default = "" if row.default is None else f" (default: {_written(row.default)})"
        about = f"{row.about}{default}".replace("%", "%%")
        how: Any = {"action": Choosing} if isinstance(row, Named) else {"type": _value}
        add(f"--{key.replace('_', '-')}", metavar=_metavar(row), help=about, **how)
    pairs: Any = {"metavar": "K=V", "action": Setting, "default": [], "type": setting}
    add("--set", **pairs, help="a parameter of the optimizer or schedule before it")
    add("--jobs", metavar="N", type=whole(1, MOST_JOBS), help="share the work out to so many processes")
    add("--scheduler", metavar="ADDRESS", help="share it out to a Dask cluster, such as tcp://10.0.0.1:8786")
    add("--fresh", action="store_true", help="compute again what was computed before")
    add("--plot", action="store_true", help="draw the result in a pipe too; in a terminal it always is")
    add("--json", action="store_true", help="print one JSON object, full precision")
    add("--list", metavar="NAME", nargs="?", const="", help="list all names, or the parameters of one")
    parser.set_defaults(latest=None)


def read(name: str, options: argparse.Namespace) -> LongExperiment:
    """Build the experiment from the options; UsageError on a wrong one."""
    from tutor.lab.digits.knobs import Named
    from tutor.lab.digits.table import EXPERIMENTS, long_experiment

    rows = EXPERIMENTS[name].parameters
    given = {
        key: value
        for key in vars(options)
        if key in _all_knobs() and (value := getattr(options, key)) is not None
    }
    named = {key: row for key, row in rows.items() if isinstance(row, Named)}
    chosen = {key: str(given.get(key, row.default)) for key, row in named.items()}
    dealt = deal(options.set, chosen, {key: row.table for key, row in named.items() if row.table})
    for key, settings in dealt.items():
        if settings:
            from tutor.lab.bench.state import choice

            given[key] = str(choice(chosen[key], settings))
    return long_experiment(name, **given)


def workshop(name: str, experiment: LongExperiment, options: argparse.Namespace) -> Workshop:
    """Decide where the work is done."""
    from dataclasses import replace

    from tutor.lab.digits.workshop import default_workshop

    if options.jobs and options.scheduler:
        raise UsageError("--jobs and --scheduler are two ways to share out the work: choose one")
    made = replace(default_workshop(), fresh=options.fresh)
    if options.scheduler:
        from tutor.lab.digits.cluster import cluster

        return replace(made, executor=lambda: cluster(options.scheduler))
    jobs = options.jobs or (os.cpu_count() or 1 if name == "sweep" and experiment.seconds > WORTH_IT else 1)
    if jobs == 1:
        return made
    from tutor.processes import processes

    return replace(made, executor=lambda: processes(jobs))


def print_list(name: str) -> None:
    """List what can be chosen by name; UsageError if there is none of that name."""
    from tutor.lab.digits.table import EXPERIMENTS, PRESETS
    from tutor.optim.network import TRAINERS
    from tutor.optim.schedules import FEEDBACKS, SCHEDULES

    presets = {preset: EXPERIMENTS[preset] for preset in PRESETS}
    tables: dict[str, Mapping[str, Entry[Any]]] = {
        "presets of tutor train": presets,
        "--optimizer": TRAINERS,
        "--schedule": {**SCHEDULES, **FEEDBACKS},
    }
    print(*listing(tables, name), sep="\n")


def _all_knobs() -> set[str]:
    from tutor.lab.digits.table import EXPERIMENTS

    return {key for entry in EXPERIMENTS.values() for key in entry.parameters}


def _value(text: str) -> float | str | tuple[float, ...]:
    """Read a number, several with commas, or else a word; the knob checks it."""
    try:
        numbers = tuple(int(part) if part.strip().isdecimal() else float(part) for part in text.split(","))
    except ValueError:
        return text
    return numbers if len(numbers) > 1 else numbers[0]


def _metavar(row: object) -> str:
    from tutor.optim.tables import Choice, Parameter

    if isinstance(row, Choice):
        return "NAME"
    return "N,N,…" if isinstance(row, Parameter) and row.many else "N"


def _written(default: object) -> str:
    if isinstance(default, tuple):
        return ",".join(map(_written, default))
    return f"{default:g}" if isinstance(default, int | float) else str(default)
