"""The tables that can be chosen from, and how a choice becomes the thing itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.lab.bench.state import Choice, Value, written
from tutor.optim.linesearch import LINE_SEARCHES, line_search
from tutor.optim.objectives import OBJECTIVES, Objective, objective
from tutor.optim.optimizers import OPTIMIZERS, Optimizer, optimizer
from tutor.optim.schedules import FEEDBACKS, SCHEDULES, feedback, schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.linesearch import LineSearch
    from tutor.optim.pace import Pace
    from tutor.optim.tables import Entry

TABLES: Mapping[str, Mapping[str, Entry[Any]]] = {
    "objective": OBJECTIVES,
    "optimizer": OPTIMIZERS,
    "schedule": {**SCHEDULES, **FEEDBACKS},
    "line search": LINE_SEARCHES,
}


@lru_cache(maxsize=64)
def the_objective(choice: Choice) -> Objective:
    """Build the objective; UsageError on a wrong name or parameter."""
    return objective(choice.name, **choice.given)


@lru_cache(maxsize=64)
def the_optimizer(choice: Choice) -> Optimizer:
    """Build the optimizer; UsageError on a wrong name or parameter."""
    return optimizer(choice.name, **choice.given)


def the_schedule(choice: Choice, rate: float, steps: int) -> Pace:
    """Build the schedule; UsageError on a wrong name or parameter."""
    if choice.name in FEEDBACKS:
        return feedback(choice.name, rate=rate, **choice.given)
    return schedule(choice.name, rate=rate, steps=steps, **choice.given)


@lru_cache(maxsize=64)
def the_search(choice: Choice) -> LineSearch:
    """Build the line search; UsageError on a wrong name or parameter."""
    return line_search(choice.name, **choice.given)


def defaults(table: str, name: str) -> str:
    """Write the parameters of an entry with their defaults, as they are typed: 'kappa=10 bend=0.1'."""
    parameters = TABLES[table][name].parameters
    return " ".join(
        f"{key}={written(each.default)}" for key, each in parameters.items() if each.default is not None
    )


def typed(name: str, text: str) -> Choice:
    """Read parameters as they are typed: 'kappa=25 milestones=30,60'; UsageError if they are not."""
    settings = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if not (key and equals and value):
            raise UsageError(f"write names and values, such as momentum=0.9, not '{word}'")
        settings[key] = _value(value)
    return Choice(name, tuple(settings.items()))


def _value(text: str) -> Value:
    if text in {"true", "false"}:
        return text == "true"
    try:
        numbers = [float(part) for part in text.split(",") if part]
    except ValueError:
        return text
    return numbers[0] if len(numbers) == 1 and "," not in text else tuple(numbers)
