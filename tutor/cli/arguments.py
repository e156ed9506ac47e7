"""The types of arguments, for argparse: from a word to a value, or to what is wrong with it."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOWEST_RATE, HIGHEST_RATE = 1e-100, 1e100
"""Beyond them, products of rates would soon be 0 or infinite."""

MOST_STEPS = 1_000_000
MOST_RATES = 1_000_000


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


def rates(text: str) -> float | tuple[float, float, int]:
    """Read a learning rate, or a range of them: LO, HI and how many."""
    if ":" not in text:
        return rate(text)
    parts = text.split(":")
    if len(parts) != 3:
        raise ArgumentTypeError(f"a range of rates is LO:HI:N, such as 1e-4:1:1000, not '{text}'")
    low, high, count = rate(parts[0]), rate(parts[1]), whole(2, MOST_RATES)(parts[2])
    if low >= high:
        raise ArgumentTypeError(f"a range of rates goes upward, such as 1e-4:1:1000, not '{text}'")
    return low, high, count


def turn(text: str) -> tuple[int, float]:
    """Read a step, and the rate from there on."""
    step, equals, new = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"write a step and a rate, such as 30=0.2, not '{text}'")
    return whole(1, MOST_STEPS)(step), rate(new)


def setting(text: str) -> tuple[str, float | bool | str | tuple[float, ...]]:
    """Read a parameter's name and value: a number, several with commas, true or false, or a word."""
    key, equals, value = text.partition("=")
    if not (key.strip() and equals and value.strip()):
        raise ArgumentTypeError(f"write a name and a value, such as kappa=25, not '{text}'")
    if value in {"true", "false"}:
        return key.strip(), value == "true"
    try:
        numbers = tuple(float(part) for part in value.split(","))
    except ValueError:
        return key.strip(), value.strip()
    return key.strip(), numbers if len(numbers) > 1 else numbers[0]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a number") from None
