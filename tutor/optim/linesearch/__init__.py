"""Line searches: how far to go along a direction, by looking at the loss ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.optim.linesearch.backtracking import BACKTRACKING
from tutor.optim.linesearch.bisection import BISECTION
from tutor.optim.linesearch.exact import EXACT
from tutor.optim.linesearch.hager_zhang import HAGER_ZHANG
from tutor.optim.linesearch.search import SHORTEST, LineSearch, Search
from tutor.optim.linesearch.strong_wolfe import STRONG_WOLFE
from tutor.optim.tables import Entry, make

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LINE_SEARCHES", "SHORTEST", "LineSearch", "Search", "line_search"]

LINE_SEARCHES: Mapping[str, Entry[LineSearch]] = {
    **EXACT,
    **BACKTRACKING,
    **BISECTION,
    **STRONG_WOLFE,
    **HAGER_ZHANG,
}


def line_search(name: str, /, **settings: object) -> LineSearch:
    """Build the line search ``name`` of LINE_SEARCHES; UsageError on a wrong name or setting."""
    return make("line search", LINE_SEARCHES, name, settings)
