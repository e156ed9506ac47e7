"""What lint says: to an author, where in a file, and from which rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tutor.decks.clean import one_line, shorten

if TYPE_CHECKING:
    from tutor.decks.model import Problem

Level = Literal["error", "warning"]
"""An error keeps the card from being studied; a warning says how it could be better."""


@dataclass(frozen=True)
class Finding:
    """What is wrong in a deck's file, where (lines and columns count from 1), and how to mend it."""

    path: Path
    line: int
    column: int
    rule: str
    level: Level
    message: str

    def __str__(self) -> str:
        """One line: ``optimization/momentum.md:41:7: the question has one hint; … [hints]``."""
        where = f"{Path(*self.path.parts[-2:])}:{self.line}:{self.column}"
        return one_line(f"{where}: {shorten(self.message, 400)} [{self.rule}]")


@dataclass(frozen=True)
class Remark:
    """What a rule says of a card: about ``text``, which begins in ``line`` or below it, or about the line.

    Or about a ``key`` of the front matter.
    """

    message: str
    line: int = 1
    text: str = ""
    key: str = ""
    level: Level = "warning"


def of_problem(problem: Problem) -> Finding:
    """Return what keeps a file from being read as a finding."""
    return Finding(problem.path, problem.line, problem.column, "format", "error", problem.message)
