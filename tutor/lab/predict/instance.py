"""What is drawn: one question with the answer that its run gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Choice:
    """One answer to choose, and what the run says to it."""

    text: str
    right: bool
    explanation: str


@dataclass(frozen=True)
class Quantity:
    """A number to be found."""

    value: float
    unit: str
    """Empty for a number without one."""

    explanation: str


@dataclass(frozen=True)
class Instance:
    """One question: either ``choices``, of which one is right, or a ``quantity``."""

    text: str
    experiment: Mapping[str, object]
    """The settings of the experiment that settles it."""

    choices: tuple[Choice, ...] = ()
    quantity: Quantity | None = None


TRAINING_COST = 5_000.0
"""What a draw that trains networks counts for, in steps of gradient descent; it takes about half a second."""

Draw = Callable[[Chance], Instance | None]
"""Draws an instance; None if this draw is too near a boundary to have a clear answer."""
