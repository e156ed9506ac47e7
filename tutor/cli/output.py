"""What every command prints alike: JSON, and what went wrong."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike


def print_json(value: object) -> None:
    """Print a value as one line of JSON, in ASCII where the output can't carry more."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or "ascii"
    print(json.dumps(value, ensure_ascii=encoding.lower() not in {"utf-8", "utf8"}))


def numbers(array: ArrayLike) -> Any:
    """Turn an array into lists that JSON can carry, with null for what is no finite number."""
    import numpy as np

    values = np.array(array, dtype=object)
    values[~np.isfinite(np.asarray(array, dtype=float))] = None
    return values.tolist()


def spread(count: int, most: int = 20) -> list[int]:
    """Choose at most ``most`` of the places 0 to ``count`` − 1, evenly, the first and the last among them."""
    return sorted({round(n * (count - 1) / (most - 1)) for n in range(most)})


def place(point: Iterable[float], most: int = 4) -> str:
    """Write a point as (-4, 2), with at most ``most`` of its coordinates."""
    coordinates = [f"{x:.6g}" for x in point]
    return f"({', '.join(coordinates[:most])}{', …' if len(coordinates) > most else ''})"


def complain(*messages: str) -> None:
    """Say on standard error what is wrong, without what a terminal would obey: it may quote a file's name."""
    from tutor.decks.clean import clean  # whose patterns take longer to compile than `tutor due` has

    if sys.stderr is None:  # it was closed, and print() would take standard output instead
        return
    for message in messages:
        for line in clean(message).splitlines():
            print(f"tutor: {line}", file=sys.stderr)
