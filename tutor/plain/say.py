"""Lines of text on standard output, none wider than is good to read."""

from __future__ import annotations

import shutil
import textwrap

READING_WIDTH = 72
NARROWEST = 20
INDENT = " " * 5


def say(*lines: str) -> None:
    """Print each line, broken where it is too wide; what an indented one goes on with is indented too."""
    width = max(NARROWEST, min(READING_WIDTH, shutil.get_terminal_size().columns))
    for line in lines:
        rest = INDENT if line.startswith(" ") else ""
        print("\n".join(textwrap.wrap(line, width, subsequent_indent=rest, break_on_hyphens=False)))
