"""A deck's files from a folder, copied into one of their own."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.packages.archive import gather_archive
from tutor.decks.packages.model import MAX_FILES, Intake, Package, belongs, deck_name, is_card, only_deck
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def gather(source: Path, into: Path, name: str | None) -> Package:
    """Put the deck in ``source``, a folder or a zip file, into a new folder of the folder ``into``.

    It is called ``name``, or else after the source. Files that are no part of a deck stay behind. Raises
    UsageError if there is no deck, or if it is more than a deck can be.
    """
    if source.is_dir():
        return _gather_folder(source, into, name)
    if source.is_file():
        return gather_archive(source, into, name)
    raise UsageError(f"{one_line(str(source))}: there is no such folder or zip file")


def deck_folder(source: Path) -> Path:
    """Return the folder with cards that is the deck in the folder ``source``. Raises UsageError if none is."""
    if any(is_card(entry) for entry in _entries(source)):
        return source
    return source / only_deck(_folders_with_cards(source), one_line(str(source)))


def _gather_folder(source: Path, into: Path, name: str | None) -> Package:
    folder = deck_folder(source)
    package = into / (name or deck_name(folder.resolve().name))
    intake = Intake(package, one_line(str(source)))
    left_out = []
    for entry in sorted(_entries(folder)):
        path = folder / entry
        inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
        if belongs(entry) and inside and path.is_file():
            with path.open("rb") as file:
                intake.take(entry, file)
        elif not entry.startswith("."):
            left_out.append(entry + "/" * path.is_dir())
    return Package(package, tuple(left_out))


def _entries(folder: Path) -> list[str]:
    """List the names in a folder. Raises UsageError if they are too many."""
    names = os.listdir(folder)
    if len(names) > MAX_FILES:
        raise UsageError(f"{one_line(str(folder))} holds more than {MAX_FILES:,} files, too many for a deck")
    return names


def _folders_with_cards(source: Path) -> Iterator[PurePosixPath]:
    """Find them below ``source``, hidden ones left out and links not followed."""
    seen = 0
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        seen += len(folders) + len(files)
        if seen > MAX_FILES:
            what = one_line(str(source))
            raise UsageError(f"{what} holds more than {MAX_FILES:,} files; give the folder of the deck itself")
        if any(map(is_card, files)):
            yield PurePosixPath(Path(folder).relative_to(source).as_posix())
