"""``experiment`` fences: settings that name what to run, checked but never run here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.body import line_of, misplaced
from tutor.decks.model import Block, Check, Problems
from tutor.decks.settings import parse_settings
from tutor.errors import UsageError

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node


def experiment(fence: Node, check: Check, problems: Problems) -> Block | None:
    """Return the settings in the ``fence``; None, and a problem, if no experiment can run with them."""
    line = line_of(fence)
    if fence.info.strip() != "experiment":
        misplaced(fence, "in a card", "remove it, or begin it with ```experiment", problems)
        return None
    settings = parse_settings(fence.content, line + 1, problems)
    if settings is None:
        return None
    try:
        check(settings)
    except UsageError as error:
        problems.add(line, f"the experiment cannot run: {error}")
        return None
    return Block(settings, line)
