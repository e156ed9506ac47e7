"""A deck's files from a zip file that anybody may have made.

Names in the archive are never used as paths: a file is written under its last part alone, into a new folder.
What leads out of an archive all the same is refused, since nobody made it by accident.
"""

from __future__ import annotations

import re
import stat
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tutor.decks.clean import one_line, shorten
from tutor.decks.packages.model import (
    MAX_BYTES,
    MAX_FILES,
    Intake,
    Package,
    belongs,
    deck_name,
    is_card,
    only_deck,
)
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ARCHIVE = 16 << 20
"""Bytes of the archive itself: its list of contents is held in memory."""

MAX_RATIO = 100
"""How many times its size an archive may unpack to; text is packed to a third or a tenth."""

SMALL = 1 << 20
"""Bytes that any archive may unpack to."""

_UTF_8 = 1 << 11
_ENCRYPTED = 1
_DRIVE = re.compile("[A-Za-z]:")


def gather_archive(source: Path, into: Path, name: str | None) -> Package:
    """Put the deck in a zip file into a new folder of the folder ``into``; see `gather`."""
    what = one_line(source.name)
    size = source.stat().st_size
    if size > MAX_ARCHIVE:
        raise UsageError(f"{what} is larger than {MAX_ARCHIVE >> 20} MiB; unpack it, and add the deck's folder")
    try:
        with ZipFile(source) as archive:
            return _gather(archive, what, into, name or deck_name(source.stem), size)
    except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        # ValueError: a name in another encoding than it claims; NotImplementedError: of a later version
        raise UsageError(f"{what} is no zip file, or a broken one ({one_line(str(error))})") from None


def _gather(archive: ZipFile, what: str, into: Path, name: str, size: int) -> Package:
    entries = dict(_files(archive, what))
    root = only_deck((path.parent for path in entries if _is_card(path, entries)), what)
    intake = Intake(into / name, what, min(MAX_BYTES, max(SMALL, MAX_RATIO * size)))
    left_out = []
    for path, entry in sorted(entries.items()):
        if path.parent == root and belongs(path.name) and not _is_link(entry):
            _check_packing(entry, what)
            with archive.open(entry) as file:
                intake.take(path.name, file)
        elif not _is_hidden(path):
            left_out.append(str(path.relative_to(root) if path.is_relative_to(root) else path))
    return Package(into / name, tuple(left_out))


def _check_packing(entry: ZipInfo, what: str) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise UsageError(f"{what} is locked with a password; unpack it, and add the deck's folder")
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # of the others, zipfile unpacks any amount
        raise UsageError(f"{what} is packed in a rare way; unpack it, and add the deck's folder")
    if entry.header_offset < 0:
        raise BadZipFile("a file begins before the archive")


def _files(archive: ZipFile, what: str) -> Iterator[tuple[PurePosixPath, ZipInfo]]:
    """Yield the archive's files by their paths. Raises UsageError if one leads out of it, or is there twice."""
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise UsageError(f"{what} holds more than {MAX_FILES:,} files, too many for a deck")
    seen = set()
    for entry in entries:
        name = _name(entry)
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
            raise UsageError(f"{what}: its file '{shorten(one_line(name))}' leads out of it; nothing was taken")
        if name.endswith("/"):
            continue
        if path in seen:
            raise UsageError(f"{what} holds '{shorten(one_line(name))}' twice; nothing was taken")
        seen.add(path)
        yield path, entry


def _name(entry: ZipInfo) -> str:
    """Return a file's name with slashes; one that doesn't claim to be UTF-8 often is all the same."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF_8:
        with suppress(UnicodeDecodeError):  # else it is in what old archives are in, as zipfile took it
            name = name.encode("cp437").decode()
    return name.replace("\\", "/")


def _is_card(path: PurePosixPath, entries: dict[PurePosixPath, ZipInfo]) -> bool:
    return is_card(path.name) and not _is_hidden(path) and not _is_link(entries[path])


def _is_hidden(path: PurePosixPath) -> bool:
    """Whether a file, or a folder it is in, is hidden, or of those that macOS adds."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _is_link(entry: ZipInfo) -> bool:
    """Whether an archive made on Unix marks the file as a symbolic link; its text would be a path."""
    return stat.S_ISLNK(entry.external_attr >> 16)
