"""What is chosen by name on the command line, and which of the parameters belong to it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tutor.optim.tables import Entry

    Table = Mapping[str, Entry[Any]]
    Given = tuple[str | None, tuple[str, Any]]
    """The option chosen last before a parameter, and the parameter's name and value."""


class Choosing(argparse.Action):
    """Takes an option that chooses an entry, whose own a parameter after it can be."""

    def __call__(self, _: object, options: argparse.Namespace, value: Any, __: str | None = None) -> None:
        """Keep the name."""
        setattr(options, self.dest, value)
        options.latest = self.dest


class Setting(argparse.Action):
    """Takes a parameter, and the option chosen last before it."""

    def __call__(self, _: object, options: argparse.Namespace, value: Any, __: str | None = None) -> None:
        """Keep both, beside those that came before."""
        setattr(options, self.dest, [*getattr(options, self.dest), (options.latest, value)])


def deal(
    given: Iterable[Given], chosen: Mapping[str, str | None], tables: Mapping[str, Table]
) -> dict[str, dict[str, Any]]:
    """Deal the parameters out to the entries ``chosen`` from ``tables``, by option.

    A parameter that several take is for the one chosen last before it. Raises UsageError for a name that is in
    no table and for a parameter that nobody takes.
    """
    entries = {}
    for option, name in chosen.items():
        if name is not None:
            if name not in tables[option]:
                raise unknown(option.replace("_", " "), name, tables[option])
            entries[option] = tables[option][name]
    dealt: dict[str, dict[str, Any]] = {option: {} for option in chosen}
    for latest, (key, value) in given:
        takers = [option for option, entry in entries.items() if key in entry.parameters]
        if not takers:
            raise _untaken(key, tables.values())
        if len(takers) > 1 and latest not in takers:
            options = " and ".join(f"--{option.replace('_', '-')}" for option in takers)
            raise UsageError(f"--set {key}: {options} both take it; write it after the one it is for")
        dealt[latest if latest in takers else takers[0]][key] = value
    return dealt


def _untaken(key: str, tables: Iterable[Table]) -> UsageError:
    """The error for a parameter that nothing chosen takes."""
    entries = [(name, entry) for table in tables for name, entry in table.items()]
    takers = [name for name, entry in entries if key in entry.parameters]
    if takers:
        return UsageError(f"--set {key}: nothing that you chose takes it; {', '.join(takers)} would")
    return unknown("parameter", key, {known for _, entry in entries for known in entry.parameters})


def listing(tables: Mapping[str, Table], name: str = "") -> Iterator[str]:
    """List the names in tables, one a line under the title of its table, or the parameters of ``name``.

    Raises UsageError if there is none of that name.
    """
    if name:
        yield from _parameters(name, tables.values())
        return
    for title, table in tables.items():
        yield f"{title}:"
        width = max(map(len, table))
        for each, entry in table.items():
            yield f"  {each:<{width}}  {entry.about}"


def _parameters(name: str, tables: Iterable[Table]) -> Iterator[str]:
    found = [table[name] for table in tables if name in table]
    if not found:
        raise unknown("name", name, {each for table in tables for each in table})
    for entry in found:
        yield f"{name}: {entry.about}"
        width = max(map(len, entry.parameters), default=0)
        for key, parameter in entry.parameters.items():
            default = "" if parameter.default is None else f" (default: {_written(parameter.default)})"
            yield f"  {key:<{width}}  {parameter.about}{default}"


def _written(default: object) -> str:
    return f"{default:g}" if type(default) in {int, float} else str(default).lower()
