"""Work in a thread for someone who types: one thing at a time, and of those asked meanwhile only the last."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget


class Latest:
    """Gives what is asked to ``answer``, in a thread; so typing never waits, and no work piles up."""

    def __init__(self, owner: Widget, answer: Callable[[str], None]) -> None:
        self._owner = owner
        self._answer = answer
        self._lock = Lock()
        self._next: str | None = None
        self._working = False

    def ask(self, what: str) -> None:
        """Have this answered as soon as what is being answered now has been, unless more is asked by then."""
        with self._lock:
            self._next = what
            begin, self._working = not self._working, True
        if begin:
            self._owner.run_worker(self._work, thread=True)

    def _work(self) -> None:
        while (what := self._take()) is not None:
            self._answer(what)

    def _take(self) -> str | None:
        with self._lock:
            what, self._next = self._next, None
            self._working = what is not None
            return what
