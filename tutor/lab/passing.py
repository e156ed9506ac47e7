"""What is shown of the signal and its gradient in the layers of deep networks, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.lab.curves import LETTERS
from tutor.lab.words import exact, number
from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lab.layers import Deep
    from tutor.optim.objectives import Array

FAR = 10.0
"""The factor between the first place and the last from which a signal has vanished or exploded."""

MOVED = 2.0
"""The factor by which the signal at the last place has to change for a step to have changed it."""

USUAL = 1e-3
"""About the share of its size by which a step changes a layer where all is well, as a rule of thumb."""

PASSES = (("vanishes", "vanish"), ("keeps its size", "keep their size"), ("explodes", "explode"))
"""What a signal does along its way, and what several do."""

LEARNS = (
    ("hardly learns", "hardly learn"),
    ("learns at a usual pace", "learn at a usual pace"),
    ("is shaken up", "are shaken up"),
)
"""What a step does to a network."""


@dataclass(frozen=True, eq=False)
class View:
    """Sizes along a way through the layers."""

    what: str
    label: str
    layers: Array
    """(n,): the layers in the order of the way; 0 are the inputs."""

    start: Array
    """(R, n): of each network as it starts."""

    after: Array | None
    """(R, n): after one step; None if what is shown is the step."""

    fates: list[tuple[str, str]]
    """What each does, and what several do."""

    readouts: list[str]
    """A number of each."""

    @property
    def letters(self) -> str:
        """Those of the networks."""
        return LETTERS[: len(self.start)]

    @property
    def changed(self) -> list[str]:
        """The letters of those whose signal one step changes by more than MOVED where the way ends."""
        if self.after is None:
            return []
        with np.errstate(all="ignore"):
            factors = self.after[:, -1] / self.start[:, -1]
        pairs = zip(self.letters, factors, strict=True)
        return [letter for letter, factor in pairs if factor > MOVED or factor < 1.0 / MOVED]

    def figure(self) -> Curves:
        """Draw the start, and dashed what is after a step."""
        series = [Series(self.layers, *each) for each in zip(self.start, self.letters, strict=True)]
        for each, letter in zip(() if self.after is None else self.after, self.letters, strict=False):
            series.append(Series(self.layers, each, letter.lower(), dash="dashed"))
        levels = (USUAL,) if self.after is None else ()
        return Curves(tuple(series), x_label="layer", y_label=self.label, log_y=True, levels=levels)


def fate(first: float, last: float) -> int:
    """Tell whether a size vanishes along its way (0), keeps (1) or explodes (2)."""
    if not last <= FAR * first:
        return 2
    return 0 if last < first / FAR else 1


def _passing(what: str, label: str, layers: Array, start: Array, after: Array) -> View:
    """Make a view of what passes from layer to layer."""
    with np.errstate(all="ignore"):
        factors = (start[:, -1] / start[:, 0]) ** (1.0 / (len(layers) - 1))
    fates = [PASSES[fate(sizes[0], sizes[-1])] for sizes in start]
    return View(what, label, layers, start, after, fates, [f"×{number(each, 2)} a layer" for each in factors])


def _forward(deep: Deep, rate: float) -> View:
    layers = np.arange(deep.depth + 1, dtype=float)
    start, after = deep.first[0].forward, deep.after(rate).forward
    return _passing("The root mean square of what each layer puts out", "signal", layers, start, after)


def _backward(deep: Deep, rate: float) -> View:
    layers = np.arange(deep.depth, 0, -1, dtype=float)
    start, after = (sizes.backward[:, ::-1] for sizes in (deep.first[0], deep.after(rate)))
    what = "The root mean square of the gradient that comes back to each layer"
    return _passing(what, "gradient", layers, start, after)


def _updates(deep: Deep, rate: float) -> View:
    """Show one step; each network is judged by the layer in the middle of its layers, in order of change."""
    layers = np.arange(1, deep.depth + 1, dtype=float)
    shares = deep.updates(rate)[:, :-1]
    middles = np.median(shares, axis=-1)
    what = f"The share of its size by which a step at η = {exact(rate)} changes each layer's weights"
    fates = [LEARNS[fate(USUAL, middle)] for middle in middles]
    return View(what, "change", layers, shares, None, fates, [f"{number(each, 2)} a step" for each in middles])


SHOWN: dict[str, Callable[[Deep, float], View]] = {
    "forward": _forward,
    "backward": _backward,
    "updates": _updates,
}
