"""The experiments of cards as states of the bench."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.lab.bench.runs import trajectories
from tutor.lab.bench.state import MOST_RUNS, MOST_STEPS, Ground, LabState, RunSetup, choice
from tutor.lab.entrants import kind_of, read_entrants
from tutor.lab.experiments import instant
from tutor.lab.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def from_experiment(settings: Mapping[str, Any], rate: float | None = None) -> LabState:
    """Put the experiment of a card on the bench, turned to ``rate`` or as it is.

    Raises UsageError if the bench has no place for it.
    """
    turned = instant(settings).rate if rate is None else rate  # what is wrong with it is told there
    kind = settings["kind"]
    if kind not in KINDS:
        raise UsageError(f"the lab has no '{kind}': turn η where the figure is")
    view = settings.get("view")
    ground = Ground(
        choice(settings["objective"], settings.get("param")),
        start=tuple(map(float, settings["start"])) if "start" in settings else None,
        steps=settings.get("steps", 60),
        view=((view[0], view[1]), (view[2], view[3])) if view else None,
    )
    state = KINDS[kind](settings, ground, turned)
    trajectories(state)
    return state


def _descent(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    method = choice(settings.get("optimizer", "sgd"), settings.get("set"))
    return LabState(ground, (RunSetup(rate, optimizer=method),))


def _flow(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    """Descent is the flow's explicit Euler, in as many steps as the time takes."""
    steps = max(1, min(MOST_STEPS, round(settings["time"] / rate)))
    return LabState(replace(ground, steps=steps), (RunSetup(rate),))


def _race(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    """As many of its runs as the bench has room for."""
    _, _, entrants = read_entrants(Settings("race", settings))
    shared, sets = settings.get("optimizer", "sgd"), settings.get("set", {})
    runs = []
    for entrant in entrants(rate)[:MOST_RUNS]:
        named = choice(kind_of(entrant.name), sets.get(entrant.name))
        run = RunSetup(
            rate if callable(entrant.pace) else entrant.pace,
            optimizer=named if "optimizers" in settings else choice(shared, sets.get(shared)),
            schedule=named if "schedules" in settings else choice("constant"),
            search=named if "searches" in settings else None,
        )
        runs.append(run)
    return LabState(ground, tuple(runs))


def _line_search(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    search = choice(settings.get("search", "armijo"), settings.get("set"))
    return LabState(ground, (RunSetup(rate, search=search),))


KINDS: Mapping[str, Callable[[Mapping[str, Any], Ground, float], LabState]] = {
    "descent": _descent,
    "flow": _flow,
    "race": _race,
    "line-search": _line_search,
}
"""How an experiment of each kind becomes a state; a kind that is missing has no place on the bench."""
