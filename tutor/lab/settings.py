"""The settings of an experiment or prediction, taken out one by one and checked: anybody writes a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_STEPS = 10_000
MOST_RUNS = 8
LOWEST_RATE, HIGHEST_RATE = 1e-9, 1e6


class Settings:
    """A reader of one experiment's settings; every method raises UsageError, saying what to write instead."""

    def __init__(self, kind: str, given: Mapping[str, object], what: str = "experiment") -> None:
        self.kind = kind
        self._where = f"{what} '{kind}'"
        self._given = given
        self._known = {"kind"}

    def __contains__(self, name: str) -> bool:
        self._known.add(name)
        return name in self._given

    def wrong(self, message: str) -> UsageError:
        """Make the error that says where: in which kind of experiment."""
        return UsageError(f"{self._where}: {message}")

    def finish(self) -> None:
        """Complain about what nobody has asked for."""
        for name in self._given:
            if name not in self._known:
                raise unknown(f"setting of {self._where}", name, self._known)

    def number(self, name: str, low: float, high: float, default: float | None = None) -> float:
        """Take a number between ``low`` and ``high``."""
        return self._number(name, self._take(name, default), low, high)

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Take a whole number between ``low`` and ``high``."""
        return self._whole(name, self._take(name, default), low, high)

    def steps(self, most: int = MOST_STEPS) -> int:
        """Take the number of steps."""
        return self.whole("steps", 1, most, default=60)

    def rate(self) -> float:
        """Take the rate."""
        return self.number("rate", LOWEST_RATE, HIGHEST_RATE)

    def numbers(self, name: str, low: float, high: float, entries: int | None = None) -> tuple[float, ...]:
        """Take a list of numbers, as many as ``entries`` if it is given."""
        values = self._list(name)
        if entries and len(values) != entries:
            raise self.wrong(f"{name} must be a list of {entries} numbers, not {values!r}")
        return tuple(self._number(f"each of {name}", value, low, high) for value in values)

    def wholes(self, name: str, low: int, high: int) -> tuple[int, ...]:
        """Take a list of whole numbers."""
        return tuple(self._whole(f"each of {name}", value, low, high) for value in self._list(name))

    def rates(self, name: str) -> tuple[float, ...]:
        """Take a list of rates."""
        return self.numbers(name, LOWEST_RATE, HIGHEST_RATE)

    def words(self, name: str) -> tuple[str, ...]:
        """Take a list of words."""
        return tuple(self._word(f"each of {name}", value) for value in self._list(name))

    def word(self, name: str, default: str | None = None) -> str:
        """Take a word."""
        return self._word(name, self._take(name, default))

    def parameters(self, name: str) -> dict[str, object]:
        """Take a table such as { kappa = 10 }; empty if there is none."""
        return self._table(name, self._take(name, {}))

    def parameters_of(self, name: str, owners: tuple[str, ...]) -> dict[str, dict[str, object]]:
        """Take a table of such tables, such as { warmup = { warmup_steps = 10 } }, one for each owner."""
        tables = self._owned(name, owners)
        return {owner: self._table(f"{name}.{owner}", tables.get(owner, {})) for owner in owners}

    def numbers_of(self, name: str, owners: tuple[str, ...], low: float, high: float) -> dict[str, float]:
        """Take a table of numbers, such as { adam = 5 }, of some of the owners."""
        table = self._owned(name, owners)
        return {owner: self._number(f"{name}.{owner}", value, low, high) for owner, value in table.items()}

    def _owned(self, name: str, owners: tuple[str, ...]) -> dict[str, object]:
        table = self.parameters(name)
        for owner in table:
            if owner not in owners:
                raise unknown(f"entry of {name} in {self._where}", owner, owners)
        return table

    def _take(self, name: str, default: object = None) -> object:
        self._known.add(name)
        value = self._given.get(name, default)
        if value is None:
            raise self.wrong(f"'{name}' is missing: add a line such as {name} = …")
        return value

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if not (isinstance(value, list | tuple) and 0 < len(value) <= MOST_RUNS):
            raise self.wrong(f"{name} must be a list of 1 to {MOST_RUNS} entries in brackets, not {value!r}")
        return list(value)

    def _table(self, name: str, value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self.wrong(f"{name} must be a table such as {{ kappa = 10 }}, not {value!r}")
        return value

    def _number(self, name: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(f"{name} must be a number from {low:,.10g} to {high:,.10g}, not {value!r}")
        return float(value)

    def _whole(self, name: str, value: object, low: int, high: int) -> int:
        number = self._number(name, value, low, high)
        if number % 1:
            raise self.wrong(f"{name} must be a whole number, not {value!r}")
        return int(number)

    def _word(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.wrong(f"{name} must be a name in quotes, not {value!r}")
        return value
