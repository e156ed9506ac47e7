"""The YAML between the first two ``---`` of a card's file."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING

from tutor.decks.keys import Keys
from tutor.decks.yaml_nodes import compose, entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tutor.decks.model import Approval, Link, Problems

FENCE = "---"


@dataclass(frozen=True)
class FrontMatter:
    """The keys of a card's front matter; those without a default are required."""

    id: str
    title: str
    topic: str
    difficulty: str
    author: str
    created: datetime
    tags: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    requires: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[Link, ...] = ()
    videos: tuple[Link, ...] = ()


KEYS = [field.name for field in fields(FrontMatter)]
REQUIRED = [field.name for field in fields(FrontMatter) if field.default is MISSING]


def extent(lines: Sequence[str], problems: Problems) -> int:
    """Count the lines of the file that are front matter, fences included; 0, and a problem, if none are.

    Raises DeckFileError if it does not end, since nothing can be told of the rest then.
    """
    if lines[0].rstrip() != FENCE:
        problems.add(1, f"no front matter; begin with '---', the keys {', '.join(REQUIRED)} and '---'")
        return 0
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            return number
    problems.add(1, "the front matter does not end; add a line '---' below its last key")
    raise problems.error()


def front_matter(lines: Sequence[str], problems: Problems) -> FrontMatter | None:
    """Return the values in ``lines``, which are the front matter, noting what is wrong with them."""
    root = compose("\n".join(lines[1:-1]), problems)
    found = entries(root, KEYS, problems) if root else None
    if found is None:
        return None
    keys = Keys(found, problems)
    return FrontMatter(
        id=keys.identifier("id"),
        title=keys.text("title"),
        topic=keys.text("topic"),
        difficulty=keys.text("difficulty"),
        author=keys.text("author"),
        created=keys.time("created"),
        tags=keys.texts("tags"),
        approvals=keys.approvals("approvals"),
        requires=keys.texts("requires"),
        related=keys.texts("related"),
        sources=keys.links("sources"),
        videos=keys.links("videos"),
    )
