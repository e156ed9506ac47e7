"""Prediction "signal": whether a signal vanishes, keeps its size or explodes in a deep network."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from tutor.errors import unknown
from tutor.lab.layers import Deep
from tutor.lab.passing import fate
from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.words import count, exact, number
from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.inits import INITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.objectives import Array

CLEAR = 3.0
"""By which factor a size has to be off the boundaries between the answers."""

NEARBY = (1.0, 0.97, 1.03)
"""The scales, and each with weights of its own, at which the answer has to be the same."""

MOST_DEPTH = 40
LEAST_WIDTH, MOST_WIDTH = 48, 96
"""In narrow networks it is chance that decides."""

WEIGHTS_COST = 0.005
"""What drawing and passing one weight costs, in steps of gradient descent."""

SEEDS = 1_000
RATE = 0.1

UNITS = {"relu": "ReLU", "tanh": "tanh", "linear": "linear"}
RULES = {
    "he": "He's rule (variance 2/n for n inputs)",
    "glorot": "Glorot's rule (variance 2/(n + m) for n inputs and m outputs)",
    "lecun": "LeCun's rule (variance 1/n for n inputs)",
    "orthogonal": "the orthogonal rule",
}
QUESTIONS = {
    "forward": "What becomes of a signal on its way to the last hidden layer?",
    "backward": "What becomes of the gradient on its way back from the last hidden layer to the first?",
}

ANSWERS = {
    "it vanishes, to less than a tenth": "Each layer would have to weaken it",
    "it keeps its size, within a factor of ten": "The layers would have to neither weaken nor amplify it",
    "it explodes, to more than ten times": "Each layer would have to amplify it",
}
"""In the order of the numbers of `fate`, with what a wrong one takes."""


@dataclass(frozen=True, eq=False)
class Signals:
    """Networks to draw from, each as activation, initialisation, scale, depth and width."""

    networks: tuple[tuple[str, str, float, int, int], ...]
    shows: tuple[str, ...]

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a network; it is clear if others like it, with scales near by, do the same by far."""
        activation, init, scale, depth, width = chance.pick(self.networks)
        show, seed = chance.pick(self.shows), chance.below(SEEDS)
        chance.spend(WEIGHTS_COST * len(NEARBY) * depth * width**2)
        likes = [
            Deep(depth, width, activation, ((init, scale * near),), seed + n) for n, near in enumerate(NEARBY)
        ]
        ways = [_way(deep, show) for deep in likes]
        fates = {_clear(sizes) for sizes in ways}
        truth = fates.pop()
        if fates or truth is None:
            return None
        sizes = ways[0]
        factor = float(sizes[-1] / sizes[0]) ** (1.0 / (len(sizes) - 1))
        told = f"from {number(sizes[0], 2)} to {number(sizes[-1], 2)}, on average ×{number(factor)} a layer"
        times = f", each then multiplied by {exact(scale)}" if scale != 1.0 else ""
        return Instance(
            text=(
                f"A network has {count(depth, 'hidden layer')} of {width} {UNITS[activation]} units, and its "
                f"weights are drawn by {RULES[init]}{times}. {QUESTIONS[show]}"
            ),
            experiment={
                "kind": "signal",
                "activation": activation,
                "init": init,
                "scales": [scale],
                "depth": depth,
                "width": width,
                "seed": seed,
                "rate": RATE,
                "show": show,
            },
            choices=tuple(
                Choice(text, n == truth, f"{lead if n != truth else 'So it is'}: here it goes {told}.")
                for n, (text, lead) in enumerate(ANSWERS.items())
            ),
        )


def _way(deep: Deep, show: str) -> Array:
    """Give the sizes of what passes through the first network, in the order of its way."""
    sizes = deep.first[0]
    return sizes.forward[0] if show == "forward" else sizes.backward[0, ::-1]


def _clear(sizes: Array) -> int | None:
    """Tell the fate of a signal of these sizes along its way; None near the boundaries between fates."""
    first, last = float(sizes[0]), float(sizes[-1])
    told = {fate(first, CLEAR * last), fate(first, last / CLEAR)}
    return told.pop() if len(told) == 1 else None


def read(settings: Settings) -> Draw:
    """Take ``activations``, ``inits``, ``scales``, ``depths`` and ``widths`` to draw from, and ``shows``."""
    words: dict[str, tuple[str, ...]] = {}
    tables: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("activations", "tanh", ACTIVATIONS),
        ("inits", "lecun", INITS),
        ("shows", "forward", QUESTIONS),
    )
    for name, default, table in tables:
        words[name] = settings.words(name) if name in settings else (default,)
        for word in words[name]:
            if word not in table:
                raise unknown(f"entry of {name}", word, table)
    scales = settings.numbers("scales", 1e-2, 1e2) if "scales" in settings else (1.0,)
    depths = settings.wholes("depths", 2, MOST_DEPTH)
    widths = settings.wholes("widths", LEAST_WIDTH, MOST_WIDTH) if "widths" in settings else (64,)
    networks = tuple(product(words["activations"], words["inits"], scales, depths, widths))
    return Signals(networks, words["shows"]).draw
