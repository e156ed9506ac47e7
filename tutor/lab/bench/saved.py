"""States of the bench kept by name, as TOML files in the data folder: they hold names and numbers, no code."""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import TYPE_CHECKING, Any

from tutor.errors import TutorError, UsageError
from tutor.lab.bench.runs import trajectories
from tutor.lab.bench.state import LETTERS, Choice, Ground, LabState, RunSetup, choice

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"[\w-]{1,40}")
MOST_BYTES = 100_000


def names(folder: str) -> list[str]:
    """List what is kept in a folder."""
    if not os.path.isdir(folder):
        return []
    return sorted(file.removesuffix(".toml") for file in os.listdir(folder) if file.endswith(".toml"))


def save(state: LabState, name: str, folder: str) -> str:
    """Keep a state and return its file. Raises TutorError if it cannot be written."""
    if not NAME.fullmatch(name):
        raise UsageError(f"a name is made of letters, digits, - and _, not '{name}'")
    path = os.path.join(folder, f"{name}.toml")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(as_toml(state))
    except OSError as error:
        raise TutorError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def load(name: str, folder: str) -> LabState:
    """Read what was kept. Raises UsageError, with the file and what is wrong with it."""
    path = os.path.join(folder, f"{name}.toml")
    try:
        with open(path, "rb") as file:
            text = file.read(MOST_BYTES).decode()
        return from_toml(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (UsageError, ValueError) as error:  # ValueError: not TOML, or not UTF-8
        raise UsageError(f"{path}: {error}: mend or delete the file") from error


def as_toml(state: LabState) -> str:
    """Write a state; its cursor is forgotten."""
    return "\n".join(_lines(state)) + "\n"


def _lines(state: LabState) -> Iterator[str]:
    ground = state.ground
    yield "# A state of the lab: open it with 'tutor lab NAME'."
    yield f"objective = {_table(ground.objective)}"
    if ground.start:
        yield f"start = {list(ground.start)!r}"
    if ground.view:
        yield f"view = {[end for ends in ground.view for end in ends]!r}"
    yield f"steps = {ground.steps}"
    yield f'active = "{LETTERS[state.active]}"'
    if state.flow:
        yield "flow = true"
    for run in state.runs:
        yield from ("", "[[run]]", f"rate = {run.rate!r}")
        if run.turns:
            yield f"turns = {[list(turn) for turn in run.turns]!r}"
        yield f"optimizer = {_table(run.optimizer)}"
        yield f"schedule = {_table(run.schedule)}"
        if run.search:
            yield f"search = {_table(run.search)}"


def _table(choice: Choice) -> str:
    pairs = [("name", choice.name), *choice.settings]
    written = ((key, json.dumps(list(value) if isinstance(value, tuple) else value)) for key, value in pairs)
    return f"{{ {', '.join(f'{key} = {value}' for key, value in written)} }}"


def from_toml(text: str) -> LabState:
    """Read a state; UsageError or ValueError on anything that makes no sense."""
    given = tomllib.loads(text)
    runs = given.pop("run", None)
    if not (isinstance(runs, list) and 1 <= len(runs) <= len(LETTERS)):
        raise UsageError(f"there must be 1 to {len(LETTERS)} tables [[run]]")
    state = LabState(
        Ground(
            objective=_choice(given.pop("objective", None), "objective"),
            start=_start(given.pop("start", None)),
            steps=_whole(given.pop("steps", 100)),
            view=_view(given.pop("view", None)),
        ),
        tuple(map(_run, runs)),
        flow=given.pop("flow", False) is True,
        active=max(0, LETTERS[: len(runs)].find(str(given.pop("active", "A")))),
    )
    for key in given:
        raise UsageError(f"'{key}' means nothing here")
    trajectories(state)
    return state


def _run(given: Any) -> RunSetup:
    match given:
        case {"rate": rate, **rest}:
            others: dict[str, Any] = {str(key): value for key, value in rest.items()}
            run = RunSetup(
                _number(rate),
                tuple(map(_turn, _list(others.pop("turns", []), "turns"))),
                optimizer=_choice(others.pop("optimizer", {"name": "sgd"}), "optimizer"),
                schedule=_choice(others.pop("schedule", {"name": "constant"}), "schedule"),
                search=_choice(others.pop("search"), "search") if "search" in others else None,
            )
            for key in others:
                raise UsageError(f"'{key}' means nothing in a run")
            return run
    raise UsageError("a run needs a rate, such as rate = 0.05")


def _turn(given: Any) -> tuple[int, float]:
    match given:
        case [step, rate]:
            return _whole(step), _number(rate)
    raise UsageError("each turn must be [step, rate]")


def _list(given: Any, what: str) -> list[Any]:
    if isinstance(given, list):
        return given
    raise UsageError(f"{what} must be a list")


def _choice(given: Any, what: str) -> Choice:
    match given:
        case {"name": str(name), **settings}:
            return choice(name, {str(key): value for key, value in settings.items()})
    raise UsageError(f'{what} must be written as {{ name = "…" }}, with its parameters')


def _start(given: Any) -> tuple[float, ...] | None:
    return None if given is None else tuple(map(_number, _list(given, "start")))


def _view(given: Any) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if given is None:
        return None
    if not (isinstance(given, list) and len(given) == 4):
        raise UsageError("view must be [left, right, bottom, top]")
    left, right, bottom, top = map(_number, given)
    return (left, right), (bottom, top)


def _number(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise UsageError(f"{given!r} is not a number")
    return float(given)


def _whole(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise UsageError(f"{given!r} is not a whole number")
    return given
