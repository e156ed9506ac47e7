"""Experiment "signal": what becomes of a signal in the layers of a deep network, over its first weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import unknown
from tutor.lab.layers import Deep
from tutor.lab.outcome import Experiment, Outcome, rates_around
from tutor.lab.passing import SHOWN
from tutor.lab.words import count, exact, listing, number, together
from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.inits import INITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.settings import Settings

MOST_WEIGHTS = 500_000
"""The most weights of all networks together."""


@dataclass(frozen=True, eq=False)
class Signal:
    """Networks side by side, and what to show of them."""

    deep: Deep
    names: tuple[str, ...]
    show: str

    def outcome(self, rate: float) -> Outcome:
        """Pass forward and back, at the start and after one step at the rate η."""
        deep, view = self.deep, SHOWN[self.show](self.deep, rate)
        names = [f"{letter} {name}" for letter, name in zip(view.letters, self.names, strict=True)]
        ends = [
            f"{name} goes from {number(sizes[0], 2)} to {number(sizes[-1], 2)}"
            for name, sizes in zip(names, view.start, strict=True)
        ]
        step = f" at η = {exact(rate)}"
        dashes = "" if view.after is None else f", solid at the start and dashed after a step{step}"
        key = () if view.after is None else ("dashed: after a step",)
        changed = f"; one step of training{step} changes {listing(view.changed)}" if view.changed else ""
        told = [f"{name}: {each}" for name, each in zip(names, view.readouts, strict=True)]
        return Outcome(
            figure=view.figure(),
            description=(
                f"{view.what}, in networks with {count(deep.depth, 'hidden layer')} of {deep.width} "
                f"{deep.activation} units and no biases, on a log axis{dashes}; from layer "
                f"{view.layers[0]:.0f} to {view.layers[-1]:.0f} {', '.join(ends)}."
            ),
            readouts=(f"η = {exact(rate)}", *key, *told),
            verdict=f"{together(view.fates)}{changed}.",
            limit=None,
        )


def read(settings: Settings) -> Experiment:
    """Take ``inits``, or ``scales`` of the weights that ``init`` draws; and ``rate``, that of a first step.

    And ``depth``, ``width``, ``activation``, ``seed``, and ``show``, one of SHOWN.
    """
    rate = settings.rate()
    if "scales" in settings:
        init = settings.word("init", "lecun")
        starts = tuple((init, scale) for scale in settings.numbers("scales", 1e-3, 1e3))
        names = tuple(f"×{exact(scale)}" for _, scale in starts)
    else:
        names = settings.words("inits")
        starts = tuple((init, 1.0) for init in names)
    activation, show = settings.word("activation", "tanh"), settings.word("show", "forward")
    tables: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        *(("initialisation", init, INITS) for init, _ in starts),
        ("activation", activation, ACTIVATIONS),
        ("figure", show, SHOWN),
    )
    for what, name, table in tables:
        if name not in table:
            raise unknown(what, name, table)
    deep = Deep(
        settings.whole("depth", 2, 64, default=20),
        settings.whole("width", 2, 256, default=64),
        activation,
        starts,
        seed=settings.whole("seed", 0, 2**31, default=0),
    )
    if len(starts) * deep.network.parameters > MOST_WEIGHTS:
        raise settings.wrong(
            f"all networks together may have {MOST_WEIGHTS:,} weights, about width² × depth each: "
            "make them smaller"
        )
    return Experiment("signal", rate, rates_around(rate), Signal(deep, names, show).outcome)
