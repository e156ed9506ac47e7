"""All that a half-finished training needs to go on, as named arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tutor.optim.optimizers import State


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """To be saved with ``np.savez(file, **checkpoint.arrays)`` and made again from what ``np.load`` gives."""

    arrays: Mapping[str, NDArray[Any]]


def state_arrays(state: State) -> dict[str, NDArray[Any]]:
    """Name the parts of an optimizer's state; plain numbers become arrays without an axis."""
    return {f"state{place}": np.array(part) for place, part in enumerate(state)}


def state_of(arrays: Mapping[str, NDArray[Any]]) -> State:
    """Make an optimizer's state again."""
    count = sum(name.startswith("state") for name in arrays)
    parts = [np.array(arrays[f"state{place}"]) for place in range(count)]
    return tuple(part if part.ndim else part.item() for part in parts)
