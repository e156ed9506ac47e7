"""The knobs of one experiment, as frozen values: what is set, and what a key or a typed text makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tutor.app.lab.base import number
from tutor.errors import UsageError
from tutor.lab.bench.edits import next_rate
from tutor.lab.bench.state import written
from tutor.optim.tables import Choice, Flag, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.digits.state import LongExperiment
    from tutor.optim.tables import Entry

    Knob = Parameter | Choice | Flag
    Table = Mapping[str, Entry[LongExperiment]]

FEW = 64
"""Whole numbers up to here go up by one; larger ones are doubled."""

AUTOMATIC = "—"
"""Stands for what follows from the other settings."""


@dataclass(frozen=True)
class Form:
    """An experiment of a table, with what the learner has set."""

    table: Table
    name: str
    given: Mapping[str, object] = field(default_factory=dict)
    """What is not left at its default."""

    marked: int = 0
    """The index of the knob that the keys turn."""

    @property
    def knobs(self) -> Mapping[str, Knob]:
        """The knobs by name."""
        return self.table[self.name].parameters

    @property
    def about(self) -> str:
        """What the experiment shows, in a line."""
        return self.table[self.name].about

    @property
    def marked_name(self) -> str:
        """The knob that the keys turn; empty if there are none."""
        return [*self.knobs, ""][self.marked]

    def experiment(self) -> LongExperiment:
        """Make the experiment; UsageError if it makes no sense."""
        return make("experiment", self.table, self.name, self.given)

    def value(self, name: str) -> object:
        """What a knob is set to; None where that follows from the others."""
        return self.given.get(name, self.knobs[name].default)

    def text(self, name: str) -> str:
        """What a knob is set to, as it is typed."""
        value = self.value(name)
        return AUTOMATIC if value is None else written(value)  # type: ignore[arg-type]

    def mark(self, step: int) -> Form:
        """Mark the next knob or the one before; the ends meet."""
        return replace(self, marked=(self.marked + step) % len(self.knobs))

    def turn(self, step: int) -> Form:
        """Turn the marked knob to its next value, or the one before; UsageError where there is none."""
        name = self.marked_name
        return self._set(name, turned(name, self.knobs[name], self.value(name), step))

    def type(self, text: str) -> Form:
        """Set the marked knob to what was typed; nothing sets it back. UsageError if that makes no sense."""
        name = self.marked_name
        if text in ("", AUTOMATIC):
            return replace(self, given={key: value for key, value in self.given.items() if key != name})
        return self._set(name, _read(self.knobs[name], text))

    def _set(self, name: str, value: object) -> Form:
        checked = self.knobs[name].check(name, value)
        others = {key: each for key, each in self.given.items() if key != name}
        changed = {} if checked == self.knobs[name].default else {name: checked}
        return replace(self, given=others | changed)


def turned(name: str, knob: Knob, value: object, step: int) -> object:
    """The value of a knob after ``value``, or for ``step`` −1 the one before; UsageError if there is none."""
    if isinstance(knob, Choice):
        options = knob.options
        return options[(options.index(value) + step) % len(options)] if value in options else knob.default
    if isinstance(knob, Flag):
        return not value
    if knob.many or not isinstance(value, int | float):
        raise UsageError(f"{name} cannot be turned: type it after =")
    if knob.whole and knob.high <= FEW:
        changed = value + step
    elif knob.whole:
        changed = max(1, 2 * value) if step > 0 else value // 2
    else:
        changed = next_rate(value, step, coarse=True) if value > 0 else knob.low
    return min(max(changed, knob.low), knob.high)


def _read(knob: Knob, text: str) -> object:
    if isinstance(knob, Choice):
        return text
    if isinstance(knob, Flag):
        return {"true": True, "false": False}.get(text, text)
    if knob.many:
        return tuple(number(part) for part in text.replace(",", " ").split())
    return number(text)
