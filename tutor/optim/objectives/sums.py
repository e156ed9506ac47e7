"""Sums in a fixed order: the last bits of a point are the same alone and among others, unlike in numpy's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.optim.objectives.base import Array


def total(parts: Array) -> Array:
    """Sum over the coordinates: (…, d) -> (…)."""
    result: Array = parts[..., 0]
    for i in range(1, parts.shape[-1]):
        result = result + parts[..., i]
    return result


def times(points: Array, matrix: Array) -> Array:
    """Multiply by a symmetric matrix (d, d): (…, d) -> (…, d)."""
    result: Array = points[..., :1] * matrix[0]
    for i in range(1, len(matrix)):
        result += points[..., i : i + 1] * matrix[i]
    return result
