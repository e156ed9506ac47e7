"""What a sweep shows while it goes on and at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.lab.digits.law import Law, fit
from tutor.lab.digits.limit import best, first_lost, limit
from tutor.lab.digits.state import Progress
from tutor.lab.outcome import Outcome
from tutor.lab.words import count, exact, listing, number
from tutor.plots.figure import Curves, HeatMap, Points, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tutor.lab.digits.spread import Tried
    from tutor.lab.digits.sweep import Sweep
    from tutor.optim.objectives import Array
    from tutor.plots.figure import Figure

Cell = tuple[float, ...]

SHOWN: dict[str, tuple[str, Callable[[Sequence[Tried]], float | None]]] = {
    "limit": ("largest stable η", limit),
    "best": ("best η", best),
}
"""What can be shown of a cell, what it is called, and how it is found."""

LETTERS = {"limit": "L", "best": "b"}


@dataclass(frozen=True, eq=False)
class SweepState:
    """A sweep on its way, or done."""

    settings: Sweep
    found: Mapping[Cell, tuple[Tried, ...]] = field(default_factory=dict)
    rounds: int = 0
    share: float = 0.0
    finished: bool = False

    def tried(self, cell: Cell) -> tuple[Tried, ...]:
        """What is known in a cell."""
        return self.found.get(cell, ())

    def with_tried(self, new: Mapping[Cell, tuple[Tried, ...]], share: float) -> SweepState:
        """Add what is new."""
        found = dict(self.found) | {cell: (*self.tried(cell), *tried) for cell, tried in new.items()}
        return replace(self, found=found, share=share)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        doing = "a coarse search" if self.rounds == 0 else "closing in on the limits"
        return Progress(self.share, f"{doing}, {count(len(self.settings.cells), 'network')}")

    def values(self, shown: str) -> Array:
        """Give what is shown of each cell (n,); NaN where it is not known."""
        what = SHOWN[shown][1]
        values = (what(self.tried(cell)) if self.tried(cell) else None for cell in self.settings.cells)
        return np.array([math.nan if value is None else value for value in values])

    def law(self, shown: str) -> Law | None:
        """Fit a law to it."""
        return fit(np.array(self.settings.cells, dtype=float), self.values(shown))

    def outcome(self) -> Outcome:
        """Show the rates by the axes."""
        axes = " and ".join(axis.name for axis in self.settings.axes)
        shown = SHOWN[self.settings.show][0]
        cells = zip(self.settings.cells, self.values(self.settings.show), strict=True)
        told = [f"{number(value, 2)} at {_at(cell)}" for cell, value in cells if math.isfinite(value)]
        return Outcome(
            figure=self._curves() if len(self.settings.axes) == 1 else self._heat_map(),
            description=f"The {shown} over {axes}, on log axes: {listing(told) if told else 'not known yet'}.",
            readouts=self._readouts(),
            verdict=self._verdict(),
            limit=None,
        )

    def table(self) -> tuple[str, ...]:
        """List the cells."""
        names: list[str] = [axis.name for axis in self.settings.axes]
        head = "".join(f"{name:<9}" for name in names)
        lines = [f"{head}{'largest stable η':<18}{'first to diverge':<18}best η"]
        for cell in self.settings.cells:
            tried = self.tried(cell)
            rates = [find(tried) if tried else None for find in (limit, first_lost, best)]
            texts = ["" if rate is None else number(rate) for rate in rates]
            cells = "".join(f"{exact(value):<9}" for value in cell)
            lines.append(f"{cells}{texts[0]:<18}{texts[1]:<18}{texts[2]:<10}".rstrip())
        return tuple(lines)

    def record(self) -> dict[str, Any]:
        """Give every cell, and the laws."""
        names: list[str] = [axis.name for axis in self.settings.axes]
        return {
            "axes": {axis.name: list(axis.values) for axis in self.settings.axes},
            "cells": [
                {
                    **dict(zip(names, cell, strict=True)),
                    "stable_rate": limit(self.tried(cell)),
                    "diverging_rate": first_lost(self.tried(cell)),
                    "best_rate": best(self.tried(cell)),
                    "rates": [each.rate for each in sorted(self.tried(cell), key=lambda each: each.rate)],
                    "validation_loss": [
                        each.loss if math.isfinite(each.loss) else None
                        for each in sorted(self.tried(cell), key=lambda each: each.rate)
                    ],
                }
                for cell in self.settings.cells
            ],
            "laws": {shown: _law_record(names, self.law(shown)) for shown in SHOWN},
            "seeds": self.settings.seeds,
            "verdict": self._verdict(),
        }

    def _curves(self) -> Curves:
        (axis,) = self.settings.axes
        x = np.array(axis.values, dtype=float)
        points, series = [], []
        for shown in SHOWN:
            values = self.values(shown)
            known = np.isfinite(values)
            points.append(
                Points(x[known], values[known], signs=LETTERS[shown] * int(known.sum()), joined=False)
            )
        law = self.law("limit")
        if law and law.fits:
            fine = np.geomspace(x.min(), x.max(), 50)
            series.append(Series(fine, law.at(fine[:, None]), "∝", dash="dotted"))
        label = "η: L stable, b best"
        return Curves(
            tuple(series), x_label=axis.name, y_label=label, log_x=True, log_y=True, points=tuple(points)
        )

    def _heat_map(self) -> Figure:
        rows, columns = self.settings.axes
        shape = (len(rows.values), len(columns.values))
        return HeatMap(
            self.values(self.settings.show).reshape(shape),
            tuple(map(exact, rows.values)),
            tuple(map(exact, columns.values)),
            x_label=columns.name,
            y_label=rows.name,
            value_label=SHOWN[self.settings.show][0],
        )

    def _readouts(self) -> tuple[str, ...]:
        names: list[str] = [axis.name for axis in self.settings.axes]
        laws = []
        for shown, sign in (("limit", "L"), ("best", "b")):
            law = self.law(shown)
            if law and law.fits:
                laws.append(f"{sign} ∝ {_power(names, law)}")
        known = sum(bool(self.tried(cell)) for cell in self.settings.cells)
        return (*laws, f"{known} of {count(len(self.settings.cells), 'network')}")

    def _verdict(self) -> str:
        if not self.finished:
            return "The sweep is on its way."
        shown = self.settings.show
        name, values = SHOWN[shown][0], self.values(shown)
        if not np.isfinite(values).any():
            return f"There is no {name}: every rate diverges."
        law = self.law(shown)
        names: list[str] = [axis.name for axis in self.settings.axes]
        if law and law.fits:
            return f"The {name} goes as {_power(names, law)}."
        ratio = number(float(np.nanmax(values) / np.nanmin(values)), 2)
        more = "" if law is None else ", and no single power law tells how"
        return f"The {name} differs by a factor of {ratio} over {listing(names)}{more}."


def _power(names: list[str], law: Law) -> str:
    return " · ".join(
        f"{name}^({_signed(exponent)} ± {number(error, 1)})"
        for name, exponent, error in zip(names, law.exponents.tolist(), law.errors.tolist(), strict=True)
    )


def _signed(exponent: float) -> str:
    return f"{exponent:.2f}".replace("-", "−")


def _law_record(names: list[str], law: Law | None) -> dict[str, Any] | None:
    if law is None:
        return None
    return {
        "factor": law.factor,
        "exponents": dict(zip(names, law.exponents.tolist(), strict=True)),
        "errors": dict(zip(names, law.errors.tolist(), strict=True)),
        "explained": law.explained,
    }


def _at(cell: Cell) -> str:
    return ", ".join(exact(value) for value in cell)
