"""What can be chosen by name: tables of entries, and the check of the parameters given to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


@dataclass(frozen=True)
class Parameter:
    """A number that an entry takes."""

    about: str
    low: float
    high: float
    default: float | None = None
    """None where it follows from the run, such as its number of steps; the entry says how."""

    whole: bool = False


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A row of a table: how to build the thing, what it is, and what it takes."""

    build: Callable[..., T]
    about: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def make(kind: str, table: Mapping[str, Entry[T]], name: str, given: Mapping[str, object], *run: Any) -> T:
    """Build the entry ``name`` with the parameters ``given``, checked, and defaults for the others.

    ``run`` is what the entries of this table take from the run. Raises UsageError for an unknown name or
    parameter, and for a value out of its range.
    """
    if name not in table:
        raise unknown(kind, name, table)
    entry = table[name]
    for key in given:
        if not entry.parameters:
            raise UsageError(f"{kind} '{name}' takes no parameters: leave out '{key}'")
        if key not in entry.parameters:
            raise unknown(f"parameter of {kind} '{name}'", key, entry.parameters)
    settled = {
        key: _checked(f"{key} of {kind} '{name}'", parameter, given[key]) if key in given else parameter.default
        for key, parameter in entry.parameters.items()
    }
    return entry.build(*run, **settled)


def _checked(what: str, parameter: Parameter, value: object) -> float:
    low, high, whole = parameter.low, parameter.high, parameter.whole
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and low <= value <= high
        and not (whole and value % 1)
    ):
        return int(value) if whole else float(value)
    sort = "a whole number" if whole else "a number"
    raise UsageError(f"{what} must be {sort} from {low:,.10g} to {high:,.10g}, not {value!r}")
