"""Fences: settings that name what to run or what to draw, checked but never run here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.body import misplaced
from tutor.decks.model import Block, Check, Problems
from tutor.decks.settings import parse_settings
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.decks.body import Node

EXPERIMENT = "experiment"
PREDICT = "predict"

ENOUGH = 10
"""Problems after which no more blocks are tried out: one that is refused can take the lab a second or two."""

_FAULTS = {EXPERIMENT: "the experiment cannot run", PREDICT: "the question cannot be drawn"}


def name_of(fence: Node) -> str:
    """Return the word that a fence begins with."""
    return str(fence.info).strip()


def block(fence: Node, known: Sequence[str], check: Check, problems: Problems) -> Block | None:
    """Return the settings in a ``fence`` with a ``known`` name; None, and a problem, if they won't do."""
    line, name = fence.line, name_of(fence)
    if name not in known:
        begin = " or ".join(f"```{word}" for word in known)
        misplaced(fence, "in a card", f"remove it, or begin it with {begin}", problems)
        return None
    settings = parse_settings(fence.content, line + 1, problems)
    if settings is None:
        return None
    if len(problems.found) >= ENOUGH:
        return None
    try:
        check(name, settings)
    except UsageError as error:
        problems.add(line, f"{_FAULTS[name]}: {error}")
        return None
    return Block(settings, line)
