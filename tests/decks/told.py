"""Problems of the good card as they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

Check = Callable[[str, Mapping[str, object]], None]
ProblemsOf = Callable[[str], list[str]]
PATH = Path("knobs/step-size.md")


def told(line: str) -> str:
    """A problem as it is told, from one without the file's name, and without a column if that is the first."""
    return "knobs/step-size.md:" + re.sub(r"^(\d+): ", r"\1:1: ", line)
