"""Where in its file a text of a card stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.clean import clean
from tutor.decks.model import DeckFileError
from tutor.decks.read import read

if TYPE_CHECKING:
    from pathlib import Path

# What may stand before a text: a list's sign and an option's box, a number, or the sign of a quotation.
_SIGN = re.compile(r"\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|>\s?)?")


class Places:
    """Finds texts in the lines of a file."""

    def __init__(self, path: Path) -> None:
        """Look into the file at ``path``; in one that has gone meanwhile everything is on its first line."""
        try:
            self._lines = clean(read(path)).split("\n")
        except DeckFileError:
            self._lines = []

    def of(self, text: str, line: int) -> tuple[int, int]:
        """Return the line and column, from ``line`` on, at which ``text`` begins; else that line's begin."""
        for number, written in enumerate(self._lines[line - 1 :] if text else (), start=line):
            sign = _SIGN.match(written)
            begin = sign.end() if sign else 0
            body = written[begin:].strip()
            if body and (text.startswith(body) or body.startswith(text)):
                return number, begin + 1
        return line, 1
