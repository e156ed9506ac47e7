"""What a `tutor deck add` that was killed has left to do: the next start does it.

Each start of the tutor comes by here, so it imports next to nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress

STAGED = ".adding-"
"""Begins the name of a folder in which a deck is put together. One that begins with a dot holds no decks."""

READY = ".ready-"
"""Stands before the name of a deck that is whole and was judged, and is about to take its place."""


def finish(own: str) -> None:
    """Let each deck that is ready in the folder ``own`` take its place, unless another deck is there still.

    The one before it was moved away then, and that was all that the update had left to do.
    """
    with suppress(OSError):  # there is no such folder, or none may write to it
        for name in os.listdir(own):
            target = os.path.join(own, name.removeprefix(READY))
            if name.startswith(READY) and not os.path.lexists(target):
                os.rename(os.path.join(own, name), target)
