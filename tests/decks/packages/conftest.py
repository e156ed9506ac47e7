"""Decks outside, as folders and zip files, and a shelf to put them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.desk import any_experiment, card_text
from tutor.decks.index import CardSummary, index
from tutor.decks.packages.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tutor.decks.packages.shelf import Added

    Zipped = Callable[[Mapping[str, str | bytes]], Path]

NOW = datetime(2026, 11, 23, 18, 15, tzinfo=UTC)


@dataclass
class Learner:
    """One who has the deck ``bundled``, and adds others."""

    folder: Path

    @property
    def shelf(self) -> Shelf:
        """Where the decks go."""
        return Shelf(self.folder / "bundled", self.own, self.folder / "removed", any_experiment)

    @property
    def own(self) -> Path:
        """Where the learner's own decks are."""
        return self.folder / "home" / "decks"

    @property
    def cards(self) -> list[CardSummary]:
        """The cards there are."""
        roots = [str(self.folder / "bundled"), str(self.own)]
        return index(roots, str(self.folder / "index.json"), any_experiment).cards

    def add(self, source: Path, name: str | None = None, *, force: bool = False) -> Added:
        """Add a deck."""
        return self.shelf.add(source, self.cards, NOW, name=name, force=force)

    def link(self, source: Path, name: str | None = None) -> Added:
        """Link a deck."""
        return self.shelf.link(source, self.cards, name=name)

    def files(self) -> dict[str, str]:
        """All files of the learner's decks, with what is in them."""
        return {
            str(path.relative_to(self.own)): path.read_text(encoding="utf-8")
            for path in sorted(self.own.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """A learner who has one bundled deck."""
    learner = Learner(tmp_path / "learner")
    write(learner.folder / "bundled" / "given", given="given-q")
    return learner


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A deck of two cards, with a title and a word beside."""
    folder = write(tmp_path / "outside" / "dales", high="high-q", low="low-q")
    (folder / "deck.toml").write_text('title = "The dales"\n')
    (folder / "LICENSE").write_text("CC BY\n")
    return folder


@pytest.fixture
def zipped(tmp_path: Path) -> Zipped:
    """Make a zip file of names and contents."""

    def zipped(contents: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / "dales.zip"
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        return path

    return zipped


def write(folder: Path, **cards: str) -> Path:
    """Write cards of one question each into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for card, question in cards.items():
        (folder / f"{card}.md").write_text(card_text(card, question), encoding="utf-8")
    return folder
