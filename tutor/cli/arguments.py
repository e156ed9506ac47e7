"""The types of arguments, for argparse: from a word to a value, or to what is wrong with it."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOWEST_RATE, HIGHEST_RATE = 1e-100, 1e100
"""Beyond them, products of rates would soon be 0 or infinite."""


def whole(low: int, high: int) -> Callable[[str], int]:
    """Make the type of whole numbers from ``low`` to ``high``."""

    def convert(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high):
            raise ArgumentTypeError(f"give a whole number from {low} to {high:,}, not '{text}'")
        return int(text)

    return convert


def rate(text: str) -> float:
    """Read a learning rate."""
    number = _number(text)
    if not LOWEST_RATE <= number <= HIGHEST_RATE:
        bounds = f"from {LOWEST_RATE:g} to {HIGHEST_RATE:g}"
        raise ArgumentTypeError(f"a rate is a positive number, such as 0.05, {bounds}, not '{text}'")
    return number


def point(text: str) -> list[float]:
    """Read the coordinates of a point."""
    coordinates = [_number(part) for part in text.split(",")]
    if not all(map(math.isfinite, coordinates)):
        raise ArgumentTypeError(f"a point is made of finite numbers, such as -4,2, not '{text}'")
    return coordinates


def setting(text: str) -> tuple[str, float]:
    """Read a parameter's name and value."""
    key, _, value = text.partition("=")
    try:
        return key.strip(), float(value)
    except ValueError:
        raise ArgumentTypeError(f"write a name and a number, such as kappa=25, not '{text}'") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a number") from None
