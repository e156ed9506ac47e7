"""What can be chosen by name: tables of entries, and the check of the parameters given to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

MOST = 1000
"""The longest list that a parameter may be."""


@dataclass(frozen=True)
class Parameter:
    """A number that an entry takes."""

    about: str
    low: float
    high: float
    default: float | None = None
    """None where it follows from the run, such as its number of steps; the entry says how."""

    whole: bool = False
    many: bool = False
    """Whether it is a list of such numbers, as a tuple; one number is a list too."""

    def check(self, what: str, value: object) -> float | tuple[float, ...]:
        """Return the value as it goes to the entry; UsageError if it is out of range."""
        if not self.many:
            return self._number(what, value)
        values = value if isinstance(value, list | tuple) else [value]
        if not 0 < len(values) <= MOST:
            raise UsageError(f"{what} must be a list of 1 to {MOST} numbers, not {len(values)}")
        return tuple(self._number(f"each of {what}", each) for each in values)

    def _number(self, what: str, value: object) -> float:
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and self.low <= value <= self.high
            and not (self.whole and value % 1)
        ):
            return int(value) if self.whole else float(value)
        sort = "a whole number" if self.whole else "a number"
        raise UsageError(f"{what} must be {sort} from {self.low:,.10g} to {self.high:,.10g}, not {value!r}")


@dataclass(frozen=True)
class Choice:
    """A word that an entry takes, one of a few."""

    about: str
    options: tuple[str, ...]
    default: str

    def check(self, what: str, value: object) -> str:
        """Return the word; UsageError if it is none of the options."""
        if isinstance(value, str) and value in self.options:
            return value
        raise UsageError(f"{what} must be one of {', '.join(self.options)}, not {value!r}")


@dataclass(frozen=True)
class Flag:
    """A yes or no that an entry takes."""

    about: str
    default: bool = False

    def check(self, what: str, value: object) -> bool:
        """Return the value; UsageError if it is neither true nor false."""
        if isinstance(value, bool):
            return value
        raise UsageError(f"{what} must be true or false, not {value!r}")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A row of a table: how to build the thing, what it is, and what it takes."""

    build: Callable[..., T]
    about: str
    parameters: Mapping[str, Parameter | Choice | Flag] = field(default_factory=dict)


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
        key: parameter.check(f"{key} of {kind} '{name}'", given[key]) if key in given else parameter.default
        for key, parameter in entry.parameters.items()
    }
    return entry.build(*run, **settled)
