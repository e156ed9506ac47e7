"""The text of a deck's file, which anybody may have written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tutor.decks.folders import MOST_ENTRIES
from tutor.decks.model import DeckFileError, Problem

MAX_BYTES = 1 << 20


def read(path: Path) -> str:
    """Return the text of a file. Raises DeckFileError unless it lies in its own folder, small and in UTF-8."""

    def refusal(message: str, line: int = 1, column: int = 1) -> DeckFileError:
        return DeckFileError([Problem(path, line, message, column)])

    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(path.parent)):
        raise refusal("the file is a link out of its deck; put a copy in its place")
    try:
        if not stat.S_ISREG(target.stat().st_mode):  # opening a pipe could wait for ever
            raise refusal(
                f"this is no file, or a folder that is closed or holds more than {MOST_ENTRIES:,} files; "
                "rename it, mend its permissions, or move files out of it"
            )
        with target.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal(f"the file cannot be read ({error.strerror}); check its permissions") from None
    if len(content) > MAX_BYTES:
        raise refusal(f"the file is larger than {MAX_BYTES >> 20} MiB; split it into several cards")
    zero = content.find(b"\0")
    if zero >= 0:
        raise refusal("the file holds a zero byte; save it as plain text in UTF-8", *_place(content, zero))
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise refusal("the text is not in UTF-8; save it as UTF-8", *_place(content, error.start)) from None


def _place(content: bytes, position: int) -> tuple[int, int]:
    """Return the line and the column of a byte."""
    before = content[:position].split(b"\n")
    return len(before), len(before[-1].decode(errors="replace")) + 1
