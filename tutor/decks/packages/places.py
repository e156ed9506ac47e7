"""Where decks are: those that come with the tutor, the learner's own, and folders elsewhere linked to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tutor.decks.packages.model import is_card

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class DeckPlace:
    """A deck's folder."""

    name: str
    folder: Path
    where: Literal["bundled", "own", "linked"]

    target: Path
    """The folder that holds the files, which for a linked one is elsewhere."""


def resolved(path: Path) -> Path:
    """Return where a path leads through links; links in a circle lead nowhere, and are no error."""
    return Path(os.path.realpath(path))


def deck_places(bundled: Path, own: Path) -> list[DeckPlace]:
    """List the decks in the folder of those that come with the tutor, then in the learner's ``own``."""
    return [*_places(bundled, "bundled"), *_places(own, "own")]


def _places(root: Path, where: Literal["bundled", "own"]) -> Iterator[DeckPlace]:
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        linked = where == "own" and folder.is_symlink()
        if not folder.name.startswith(".") and (linked or _holds_cards(folder)):
            yield DeckPlace(folder.name, folder, "linked" if linked else where, resolved(folder))


def _holds_cards(folder: Path) -> bool:
    return folder.is_dir() and any(map(is_card, os.listdir(folder)))
