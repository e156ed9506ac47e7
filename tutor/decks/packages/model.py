"""What belongs to a deck that comes from outside, how much of it may come, and what stays behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tutor.decks import read
from tutor.decks.clean import clean, one_line, shorten
from tutor.decks.folders import TITLE_FILE
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath

MAX_FILES = 10_000
"""Entries of a folder or an archive, those that stay behind among them."""

MAX_BYTES = 64 << 20
"""Of all the files of a deck together; one alone is limited when it is read."""

_BESIDE = re.compile(r"(README|LICEN[CS]E|COPYING)(\.(md|txt))?", re.IGNORECASE)
_LONGEST_NAME = 60
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""What Windows takes for a device, whatever folder it is in."""

_NAMED = 3
"""How many of the files left out are named."""


@dataclass(frozen=True)
class Package:
    """A deck's files, gathered in a folder of their own that is named like the deck."""

    folder: Path
    left_out: tuple[str, ...]
    """The names of files that are no part of a deck."""


def belongs(name: str) -> bool:
    """Whether a file of this name, without a folder, is part of a deck: a card, its title, or a word beside."""
    if name.startswith(".") or clean(name) != name:
        return False
    return is_card(name) or name == TITLE_FILE or _BESIDE.fullmatch(name) is not None


def is_card(name: str) -> bool:
    """Whether a file of this name, without a folder, is read as a card."""
    return name.endswith(".md") and not name.startswith(".") and name.lower() != "readme.md"


def deck_name(text: str) -> str:
    """Make a deck's name of a file's or a folder's: ``My deck-main.zip`` is ``my-deck-main``.

    Raises UsageError if nothing is left of it.
    """
    name = _as_name(text)
    if not name:
        raise UsageError(f"'{shorten(one_line(text))}' makes no name for a deck; give it one with --name")
    return f"{name}-deck" if name in _DEVICES else name


def check_name(name: str) -> str:
    """Return a deck's name as it is. Raises UsageError if it is none."""
    if name in _DEVICES:
        raise UsageError(f"'{name}' is the name of a device on Windows; take another, such as {name}-deck")
    if not name or name != _as_name(name) or len(name) > _LONGEST_NAME:
        mend = "use lower-case letters and digits, with single hyphens between"
        raise UsageError(f"'{shorten(one_line(name))}' is no name for a deck; {mend}")
    return name


def _as_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST_NAME].strip("-")


def only_deck(folders: Iterable[PurePosixPath], what: str) -> PurePosixPath:
    """Return the one of some ``folders`` with cards that is the deck: the others lie in it.

    Raises UsageError if there is none, or no such one.
    """
    found = sorted(set(folders), key=lambda folder: (len(folder.parts), folder))
    if not found:
        raise UsageError(f"{what} holds no card; a deck is a folder of .md files, one card each")
    if not all(folder.is_relative_to(found[0]) for folder in found):
        named = ", ".join(shorten(one_line(str(folder))) for folder in found[:_NAMED])
        more = ", …" if len(found) > _NAMED else ""
        raise UsageError(f"{what} holds several decks ({named}{more}); unpack it, and add the folder of one")
    return found[0]


def told_left_out(names: Iterable[str]) -> str:
    """Say in a line what stayed behind; nothing if nothing did."""
    left = [shorten(one_line(name), 40) for name in names]
    if not left:
        return ""
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return f"left out, as no part of a deck: {', '.join(left[:_NAMED])}{more}"


class Intake:
    """Writes a deck's files into its new folder; what is too much is counted as it comes, not as it claims."""

    def __init__(self, folder: Path, what: str, most: int = MAX_BYTES):
        """Make the ``folder``; ``what`` it comes from may bring ``most`` bytes."""
        folder.mkdir()
        self._folder = folder
        self._what = what
        self._most = most

    def take(self, name: str, stream: IO[bytes]) -> None:
        """Write one file. Raises UsageError if it is too large, all together are, or its name was there."""
        content = stream.read(read.MAX_BYTES + 1)
        self._most -= len(content)
        if len(content) > read.MAX_BYTES:
            raise UsageError(f"{self._what}: {name} is larger than {read.MAX_BYTES >> 20} MiB; split it")
        if self._most < 0:
            raise UsageError(f"{self._what} unpacks to far more than a deck of text would; nothing was taken")
        try:
            with (self._folder / name).open("xb") as file:
                file.write(content)
        except FileExistsError:  # as the file system sees it: it may take X.md and x.md for the same
            raise UsageError(f"{self._what} holds two files named {name}; rename one") from None
