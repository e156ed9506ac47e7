"""About how long training takes: a guide for the learner, and a bound on what a deck may ask for."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tutor.optim.data import CLASSES

if TYPE_CHECKING:
    from tutor.lab.digits.problem import Problem

SPEED = 1e10
"""Multiplications a second in the passes of a small network, on one core."""

STEP = 1.5e-4
"""Seconds that each step of a stack takes whatever its size."""

PRODUCTS = 25
"""Products with the Hessian that a sharpness usually takes."""

SIZES = {"digits": (64, 1438), "mnist": (784, 4500)}
"""Pixels of an image, and how many train unless told otherwise."""

UNKNOWN = (784, 54_000)
"""The same of a folder."""


def seconds(problem: Problem, runs: int, stacks: int = 1) -> float:
    """Estimate how long ``runs`` take in so many stacks, one after the other."""
    pixels, examples = SIZES.get(problem.data, UNKNOWN)
    examples = problem.examples or examples
    batch = min(problem.batch or examples, examples)
    per_epoch = max(1, examples // batch)
    steps = problem.steps or problem.epochs * per_epoch
    sizes = (pixels, *[problem.width] * problem.depth, CLASSES)
    weights = sum((before + 1) * after for before, after in itertools.pairwise(sizes))
    time = stacks * steps * STEP + runs * steps * batch * weights * 3 / SPEED
    if problem.sharpness:
        evaluations = 1 + steps / (problem.every or per_epoch)
        time += runs * evaluations * PRODUCTS * min(2000, examples) * weights * 6 / SPEED
    return time
