"""The type of a network's arrays."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

Reals = NDArray[Any]
"""Of float32 or float64, as the recipe has it."""
