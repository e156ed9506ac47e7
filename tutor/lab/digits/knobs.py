"""What can be set in the experiments on digits: rows for a form, for options, and for the fences of a deck."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.lab.bench import state as bench
from tutor.lab.bench.tables import typed
from tutor.lab.digits.problem import EMBEDDED, Problem
from tutor.optim.network import ACTIVATIONS, INITS, LOSSES, TRAINERS, trainer
from tutor.optim.schedules import FEEDBACKS, SCHEDULES
from tutor.optim.tables import Choice, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.tables import Entry

Knobs = dict[str, "Parameter | Choice"]

LOWEST_RATE, HIGHEST_RATE = 1e-9, 1e6


@dataclass(frozen=True)
class Source(Choice):
    """Data by name, or a folder."""

    def check(self, what: str, value: object) -> str:
        """Return the name or the folder."""
        if isinstance(value, str) and value:
            return value
        raise UsageError(f"{what} must be one of {', '.join(self.options)}, or a folder, not {value!r}")


@dataclass(frozen=True)
class Named(Choice):
    """An entry of a table by its name, with parameters as they are typed: momentum momentum=0.95."""

    kind: str = ""
    table: Mapping[str, Entry[Any]] | None = None

    def check(self, what: str, value: object) -> str:
        """Return what was typed, after trying it."""
        if not (isinstance(value, str) and value.strip()):
            raise UsageError(f"{what} must be a name, such as {self.default}, not {value!r}")
        assert self.table is not None
        choice = chosen(value)
        if self.table is TRAINERS:
            trainer(choice.name, **choice.given)
        else:
            run = (0.1,) if choice.name in FEEDBACKS else (0.1, 100)
            make(self.kind, self.table, choice.name, choice.given, *run)
        return str(choice)


def chosen(text: str) -> bench.Choice:
    """Read a name with its parameters."""
    name, _, parameters = text.strip().partition(" ")
    return typed(name, parameters)


RATE = Parameter("the learning rate η", LOWEST_RATE, HIGHEST_RATE, 0.1)
RATES = Parameter("the coarse grid of rates", LOWEST_RATE, HIGHEST_RATE, many=True)
SEEDS = Parameter("how many random starts, to see the spread", 1, 10, 3, whole=True)
SEED = Parameter("of the first weights and of the order of the examples", 0, 2**31, 0, whole=True)

PROBLEM: Knobs = {
    "data": Source("digits, mnist (an extra), or a folder of IDX files", EMBEDDED, "digits"),
    "examples": Parameter("how many images to train on (all that do not validate)", 1, 1_000_000, whole=True),
    "batch": Parameter("examples behind each step; 0 takes all of them", 0, 1_000_000, 32, whole=True),
    "depth": Parameter("hidden layers", 1, 16, 2, whole=True),
    "width": Parameter("units in a hidden layer", 1, 1024, 64, whole=True),
    "activation": Choice("what a hidden unit does", tuple(ACTIVATIONS), "relu"),
    "init": Choice("how the first weights are drawn", tuple(INITS), "he"),
    "scale": Parameter("a factor on the first weights", 1e-6, 1e6, 1.0),
    "loss": Choice("what is made small", tuple(LOSSES), "cross-entropy"),
    "epochs": Parameter("how often to go through the images", 1, 1000, 20, whole=True),
    "optimizer": Named(
        "what takes the steps, such as adam or momentum momentum=0.95",
        tuple(TRAINERS),
        "sgd",
        "optimizer",
        TRAINERS,
    ),
    "schedule": Named(
        "how η changes, such as cosine",
        (*SCHEDULES, *FEEDBACKS),
        "constant",
        "schedule",
        {**SCHEDULES, **FEEDBACKS},
    ),
}
"""What is trained and how: the knobs that most experiments share."""


def knobs(*names: str, **defaults: float | str) -> Knobs:
    """Choose some knobs of PROBLEM, the ``defaults`` among them with those."""
    return {
        name: replace(knob, default=defaults[name]) if name in defaults else knob  # type: ignore[arg-type]
        for name, knob in PROBLEM.items()
        if name in names or name in defaults
    }


def problem(settled: Mapping[str, Any], **others: Any) -> Problem:
    """Make a problem of the knobs that describe one, and of what an experiment fixes itself."""
    names = {field.name for field in fields(Problem)}
    found: dict[str, Any] = {key: value for key, value in settled.items() if key in names} | others
    if "batch" in found:
        found["batch"] = found["batch"] or None
    for key in ("optimizer", "schedule"):
        if isinstance(found.get(key), str):
            found[key] = chosen(found[key])
    return Problem(**found)


def command(name: str, rows: Mapping[str, Any], settled: Mapping[str, Any]) -> str:
    """Write the command that runs an experiment with these settings."""
    words = ["tutor", *name.split()]
    for key, value in settled.items():
        if value is None or value == rows[key].default:
            continue
        option = f"--{key.replace('_', '-')}"
        if isinstance(rows[key], Named):
            choice = chosen(value)
            words += [option, choice.name]
            for word in choice.words:
                words += ["--set", word]
        else:
            words += [option, bench.written(value)]
    return shlex.join(words)
