"""What a deck holds, and what can be wrong with it.

Texts are the file's own, word for word, with their ``$maths$``; only control characters are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line, shorten
from tutor.errors import DeckError

if TYPE_CHECKING:
    from datetime import datetime

MAX_PROBLEMS = 50

CHOSEN = frozenset({"choice", "multi", "predict"})
"""The kinds of question whose options, if there are any, are shown to choose from."""

Check = Callable[[str, Mapping[str, object]], None]
"""Raises UsageError if the settings in a fence of this name, ``experiment`` or ``predict``, cannot be run."""


@dataclass(frozen=True)
class Block:
    """An ``experiment`` or ``predict`` fence: its settings, and the line of the file on which it begins."""

    settings: Mapping[str, object]
    line: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a card's lesson, with the experiment that shows it."""

    text: str
    experiment: Block | None = None


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right or where it leads."""

    text: str
    right: bool
    explanation: str


@dataclass(frozen=True)
class Number:
    """An answer that is typed as a number."""

    value: float
    unit: str
    """Empty for a number without one."""
    explanation: str
    tolerance: float = 0.1
    """By how much another number may be off and still be right: a share of the value, or …"""
    absolute: bool = False
    """… in the value's own unit."""


@dataclass(frozen=True)
class Question:
    """What is scheduled. Its id never changes; its words may."""

    id: str
    kind: str
    text: str
    options: tuple[Option, ...]
    """What the author lists: what to choose from, or the answer and common wrong ones."""
    hints: tuple[str, ...]
    passage: str
    """The words of the card that the question comes from."""
    paragraph: int
    """The index of the paragraph that holds the passage."""
    experiment: Block | None
    """The experiment that settles the question."""
    line: int
    template: Block | None = None
    """What a fresh instance of the question is drawn from each time it is asked."""
    number: Number | None = None
    """What is to be typed; ``options`` are then numbers that a misconception leads to."""

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options that are shown to choose from; none where the answer is typed or recalled."""
        return self.options if self.kind in CHOSEN else ()


@dataclass(frozen=True)
class Card:
    """A lesson and its questions."""

    id: str
    deck: str
    title: str
    topic: str
    difficulty: str
    author: str
    created: datetime
    approvals: tuple[str, ...]
    requires: tuple[str, ...]
    related: tuple[str, ...]
    videos: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]
    path: Path

    @property
    def text(self) -> str:
        """The whole lesson, its paragraphs separated by empty lines."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Deck:
    """A folder of cards, in the order of their file names."""

    id: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a deck's file, where (lines count from 1), and how to mend it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """One line: ``optimization/learning-rate.md:41: question 'Question 2' has no id; add one …``."""
        return one_line(f"{Path(*self.path.parts[-2:])}:{self.line}: {shorten(self.message, 400)}")


class DeckFileError(DeckError):
    """A file of a deck that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Problems:
    """The problems of one file, collected while the rest of it is read."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note what is wrong in ``line`` and how to mend it."""
        self.found.append(Problem(self.path, line, message))

    def error(self) -> DeckFileError:
        """Return what was found, in the order of the file; of very much only the first."""
        return DeckFileError(sorted(self.found, key=lambda problem: problem.line)[:MAX_PROBLEMS])
