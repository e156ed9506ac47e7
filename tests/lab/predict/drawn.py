"""Templates of every kind of prediction, and what is drawn from them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.lab.predict.templates import draw

if TYPE_CHECKING:
    from tutor.lab.predict.instance import Instance

    Settings = dict[str, Any]

CARD = Path(__file__).parents[3] / "decks" / "optimization" / "learning-rate.md"
BLOCKS = re.findall(r"^```predict\n(.*?)^```", CARD.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
BOWLS: Settings = {
    "objective": "quadratic",
    "param": {"kappa": [8, 12, 20, 40]},
    "start": {"x": [-4.0, -3.0, 3.5], "y": [1.0, 2.0]},
}
TEMPLATES: dict[str, Settings] = {
    **{f"card-{block['kind']}": block for block in map(tomllib.loads, BLOCKS)},
    "heavy-ball": {"kind": "stable-rate", **BOWLS, "optimizers": ["sgd", "momentum"], "steps": 200},
    "steps": {"kind": "steps", **BOWLS, "shares": [0.05, 0.1, 0.3, 0.6], "steps": 1000},
    "race": {"kind": "race", **BOWLS, "shares": [0.02, 0.1, 0.5, 0.9, 1.2, 1.5], "steps": 60},
    "place": {"kind": "place", **BOWLS, "rates": [0.005, 0.01, 0.02, 0.04], "steps": 30},
    "racers": {
        "kind": "racers",
        "objective": "ravine",
        "param": {"kappa": [12, 20, 30], "bend": 0.05},
        "start": {"x": [-4.0, -3.0], "y": [1.6, 2.0]},
        "optimizers": ["sgd", "momentum", "adam"],
        "shares": {"adam": 5},
        "rates": [0.002, 0.005, 0.01, 0.05, 0.1, 0.5],
        "steps": 60,
    },
    "basin": {
        "kind": "basin",
        "objective": "himmelblau",
        "start": {"x": [-4.0, -2.0, 0.0, 1.0, 4.0], "y": [-4.0, -1.0, 0.0, 1.0, 4.0]},
        "rates": [0.005, 0.01, 0.02, 0.05],
        "steps": 200,
    },
    "schedule-rate": {
        "kind": "schedule-rate",
        "schedules": ["cosine", "warmup", "step", "exponential", "linear"],
        "set": {"warmup": {"warmup_steps": 20}, "step": {"step_size": 30}},
        "rates": [0.1, 0.2, 0.5],
        "lengths": [100, 200],
        "shares": [0.05, 0.25, 0.5, 0.75],
    },
    "noise-floor": {
        "kind": "noise-floor",
        "rates": [0.05, 0.1, 0.2, 0.4, 0.8],
        "batches": [1, 4, 16, 64],
        "momenta": [0.0, 0.9],
        "h": 2,
    },
    "signal": {
        "kind": "signal",
        "activations": ["tanh", "relu"],
        "inits": ["lecun", "glorot", "he"],
        "scales": [0.5, 1.0, 1.5, 2.0],
        "depths": [5, 10, 20, 30],
        "shows": ["forward", "backward"],
    },
    "conditioning": {"kind": "conditioning", **BOWLS, "shares": [0.5, 0.9], "steps": 400},
}
SEEDS = range(25)
FEW = 8
"""How many instances there are where each trains networks."""


def seeds(name: str) -> range:
    """The seeds that a template is tried with: fewer where each instance trains networks."""
    return SEEDS[:FEW] if str(TEMPLATES[name]["kind"]).startswith("digits") else SEEDS


@cache
def many(name: str) -> tuple[Instance, ...]:
    return tuple(draw(TEMPLATES[name], seed) for seed in seeds(name))


def right(instance: Instance) -> str | float:
    """The key: the text of the right option, or the number."""
    if instance.quantity:
        assert not instance.choices
        return instance.quantity.value
    (found,) = [choice.text for choice in instance.choices if choice.right]
    return found


def number_in(text: str) -> float:
    return float(text.replace("−", "-"))
