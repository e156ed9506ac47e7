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
    from datetime import date, datetime

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
class Link:
    """A page on the web: its title, and its address, ``http`` or ``https``."""

    title: str
    link: str


@dataclass(frozen=True)
class Approval:
    """Who, such as a university, has approved of the card, when, and the page that says so."""

    by: str
    on: date
    link: str


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
    tags: tuple[str, ...]
    approvals: tuple[Approval, ...]
    requires: tuple[str, ...]
    related: tuple[str, ...]
    sources: tuple[Link, ...]
    videos: tuple[Link, ...]
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]
    path: Path

    @property
    def text(self) -> str:
        """The whole lesson, its paragraphs separated by empty lines."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a deck's file, where (lines and columns count from 1), and how to mend it."""

    path: Path
    line: int
    message: str
    column: int = 1

    def __str__(self) -> str:
        """One line: ``optimization/learning-rate.md:41:1: question 'Question 2' has no id; add one …``."""
        where = f"{Path(*self.path.parts[-2:])}:{self.line}:{self.column}"
        return one_line(f"{where}: {shorten(self.message, 400)}")


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

    def add(self, line: int, message: str, column: int = 1) -> None:
        """Note what is wrong in ``line`` and how to mend it."""
        self.found.append(Problem(self.path, line, message, column))

    def error(self) -> DeckFileError:
        """Return what was found, in the order of the file; of very much only the first."""
        in_order = sorted(self.found, key=lambda problem: (problem.line, problem.column))
        return DeckFileError(in_order[:MAX_PROBLEMS])
