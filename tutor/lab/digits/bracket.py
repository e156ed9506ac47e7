"""Experiment "bracket": a coarse grid of rates, then finer and finer around the best of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.lab.digits.bracket_plan import End, Plan, coarse, following
from tutor.lab.digits.bracket_view import BracketState
from tutor.lab.digits.spread import Tried, by_rate
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import share
from tutor.optim.network import Run

if TYPE_CHECKING:
    from collections.abc import Generator

    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Parts, Workshop

COARSE = (0.01, 0.1, 1.0)
"""The grid that the card names."""


@dataclass(frozen=True)
class Bracket:
    """What to bracket."""

    problem: Problem
    rates: tuple[float, ...] = COARSE
    seeds: int = 3
    scale: float = 1.0
    most_rounds: int = 8

    def task(self, rates: tuple[float, ...]) -> Task:
        """Make the stack of a round."""
        return Task(
            self.problem, tuple(Run(rate, seed, self.scale) for rate in rates for seed in range(self.seeds))
        )


def bracket(settings: Bracket, workshop: Workshop) -> Generator[BracketState, None, None]:
    """Bracket the rate; raises UsageError if the problem cannot be trained."""
    settings.problem.recipe()
    plan: Plan | None = coarse(settings.rates)
    state = BracketState(settings.problem.data, settings.seeds)
    ended: End | None = None
    with workshop.open() as hands:
        while plan is not None:
            state = begun = state.begin(plan)
            tasks = hands.pieces(settings.task(plan.rates))
            latest: Parts = ()
            for parts in hands.run(tasks):
                if parts is not latest:
                    latest = parts
                    state = begun.updated(_tried(tasks, parts), share(parts))
                yield state
            plan, ended = following(state.rounds, settings.most_rounds)
    yield replace(state, ended=ended)


def _tried(tasks: list[Task], parts: Parts) -> tuple[Tried, ...]:
    """Sort what is known by the rates."""
    known = ((task, part) for task, part in zip(tasks, parts, strict=True) if part)
    return tuple(tried for task, part in known for tried in by_rate(task.runs, part.histories))
