"""Where in its file a text of a card stands."""

from __future__ import annotations

import re

from tutor.decks.clean import clean

# What may stand before a text: a list's sign and an option's box, a number, or the sign of a quotation.
_SIGN = re.compile(r"\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|>\s*)?")


class Places:
    """Finds texts in the lines of a card's file."""

    def __init__(self, source: str) -> None:
        """Look into the text of the file."""
        self._lines = clean(source).split("\n")

    @property
    def lesson(self) -> int:
        """The line below the front matter; the second one if that doesn't end."""
        return next((n for n, text in enumerate(self._lines[1:], 3) if text.rstrip() == "---"), 2)

    def of(self, text: str, line: int) -> tuple[int, int]:
        """Return the line and column, from ``line`` on, at which ``text`` begins; else that line's begin."""
        for number, written in enumerate(self._lines[line - 1 :] if text else (), start=line):
            sign = _SIGN.match(written)
            begin = sign.end() if sign else 0
            body = written[begin:].strip()
            if body and (text == body or text.startswith((f"{body} ", f"{body}\n"))):
                return number, begin + 1
        return line, 1

    def of_key(self, key: str) -> int:
        """Return the line on which a key of the front matter stands; else the first."""
        return next((n for n, text in enumerate(self._lines, 1) if text.startswith(f"{key}:")), 1)
