"""The lists of the lab: its tables, presets, and what the learner has kept."""

from __future__ import annotations

from tutor.app.lab.chooser import Row
from tutor.errors import TutorError
from tutor.lab.bench import saved
from tutor.lab.bench import state as bench
from tutor.lab.bench.presets import PRESETS
from tutor.lab.bench.tables import TABLES, defaults, typed
from tutor.optim.tables import Choice, Flag, Parameter

OWN = "own"
"""The entry of the objectives for a formula that the learner types."""

OWN_EXAMPLE = "(1 - x)**2 + 100*(y - x**2)**2"

NONE = "none"
"""The entry of the line searches for going without one."""


def chosen(state: bench.LabState, table: str) -> bench.Choice | None:
    """What of a table is in use."""
    run = state.run
    in_use = {"objective": state.ground.objective, "optimizer": run.optimizer, "schedule": run.schedule}
    return in_use.get(table, run.search)


def marked(state: bench.LabState, table: str) -> str:
    """The row of a table that is in use."""
    current = chosen(state, table)
    if current is None:
        return NONE
    return current.name if current.name in TABLES[table] else OWN


def entries(state: bench.LabState, table: str) -> list[Row]:
    """List a table."""
    current = chosen(state, table)
    rows = []
    if table == "line search":
        rows.append(Row(NONE, "the schedule alone says how long a step is"))
    if table == "objective":
        own = current.name if current and current.name not in TABLES[table] else OWN_EXAMPLE
        rows.append(Row(OWN, "your own formula of x and y: type it after =", own, ("such as " + OWN_EXAMPLE,)))
    for name, entry in TABLES[table].items():
        settings = defaults(table, name)
        if current and current.name == name and current.settings:
            settings = " ".join(current.words)
        parameters = tuple(_parameter(key, each) for key, each in entry.parameters.items())
        rows.append(Row(name, entry.about, settings, parameters))
    return rows


def _parameter(name: str, parameter: Parameter | Choice | Flag) -> str:
    match parameter:
        case Choice(options=options):
            takes = " or ".join(options)
        case Flag():
            takes = "true or false"
        case Parameter(low=low, high=high):
            takes = f"{low:g} to {high:g}"
    return f"{name}: {parameter.about} ({takes})"


def read(name: str, settings: str) -> bench.Choice | None:
    """What a row and the parameters typed for it choose; None for no line search."""
    if name == NONE:
        return None
    return bench.Choice(settings or OWN_EXAMPLE) if name == OWN else typed(name, settings)


def places(folder: str) -> list[Row]:
    """List the presets, and what is kept in the folder."""
    mine = [Row(name, f"kept in {folder}") for name in saved.names(folder)]
    return [*(Row(name, each.about) for name, each in PRESETS.items()), *mine]


def open_place(name: str, folder: str) -> bench.LabState:
    """Open what is kept under a name, or else the preset. Raises TutorError if there is neither."""
    if name in saved.names(folder):
        return saved.load(name, folder)
    if name in PRESETS:
        return PRESETS[name].state
    known = ", ".join([*PRESETS, *saved.names(folder)])
    raise TutorError(f"there is no '{name}' in the lab: there are {known}")
