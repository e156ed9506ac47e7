"""Lines of text on standard output, none wider than is good to read."""

from __future__ import annotations

import shutil
import textwrap

READING_WIDTH = 72
NARROWEST = 20
INDENT = " " * 5


def say(*lines: str) -> None:
    """Print each line, broken where it is too wide; what an indented one goes on with is indented too.

    A web address stays whole, however long, so that it can be followed and copied.
    """
    width = max(NARROWEST, min(READING_WIDTH, shutil.get_terminal_size().columns))
    for line in lines:
        wrapped = textwrap.wrap(
            line,
            width,
            subsequent_indent=INDENT if line.startswith(" ") else "",
            break_on_hyphens=False,
            break_long_words="://" not in line,
        )
        print("\n".join(wrapped))
