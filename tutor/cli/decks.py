"""The learner's decks, as every command opens them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tutor.cli.output import complain
from tutor.study import library

if TYPE_CHECKING:
    from tutor.decks.index import Index


def open_index() -> Index:
    """Return the index of all decks; before many files are read, which takes seconds, a terminal is told."""
    return library.open_index(_tell if sys.stderr and sys.stderr.isatty() else None)


def _tell(count: int) -> None:
    complain(f"reading {count:,} files of the decks; next time only those that changed")
