"""A picture of what goes on, rewritten in place on a terminal; nothing at all elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
from typing import TYPE_CHECKING, Self

from tutor.lab.digits.pace import seconds_left, time_left

if TYPE_CHECKING:
    from tutor.lab.digits.state import Progress, State

PAUSE = 0.1
"""Seconds between two pictures."""

BAR = 20
"""How many cells the bar takes."""

UP, CLEAR_LINE, CLEAR_BELOW = "\x1b[{}A", "\x1b[K", "\x1b[J"


class Live:
    """Draws states on standard error if that is a terminal: with ``pictures``, or only how far they are.

    The cursor is never hidden and no mode is changed, so that whatever ends the program leaves a usable
    terminal. Only rows that changed are sent.
    """

    def __init__(self, *, pictures: bool) -> None:
        self._on = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._pictures = pictures and (sys.stderr.encoding if sys.stderr else "").lower().startswith("utf")
        self._rows: list[str] = []
        self._size = (0, 0)
        self._drawn_at = 0.0
        self._began: tuple[float, float] | None = None
        self._latest: State | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._rows:
            sys.stderr.write(UP.format(len(self._rows)) + "\r" + CLEAR_BELOW)
            sys.stderr.flush()

    def show(self, state: State) -> None:
        """Draw a state, unless the last picture is very recent."""
        now = time.monotonic()
        if not self._on or (self._rows and now - self._drawn_at < PAUSE):
            return
        if self._began is None:
            self._began = (now, state.progress.share)
        size = shutil.get_terminal_size((80, 24))
        if size != self._size and self._rows:  # what the terminal made of the old rows nobody knows
            sys.stderr.write(CLEAR_BELOW)
            self._rows = []
        self._size, self._drawn_at = (size.columns, size.lines), now
        body = self._rows[:-1]
        if state is not self._latest or not self._rows:
            body = _picture(state, *self._size) if self._pictures else []
        self._latest = state
        self._write([*body, progress_line(state.progress, self._left(now, state.progress.share), size.columns)])

    def _left(self, now: float, share: float) -> float | None:
        """Guess how many seconds are left; None while that cannot be known."""
        assert self._began is not None
        began, before = self._began
        return seconds_left(now - began, before, share)

    def _write(self, rows: list[str]) -> None:
        text = [UP.format(len(self._rows)) + "\r"] if self._rows else []
        for place, row in enumerate(rows):
            same = place < len(self._rows) and self._rows[place] == row
            text.append("\n" if same else f"{row}{CLEAR_LINE}\n")
        if len(self._rows) > len(rows):
            text.append(CLEAR_BELOW)
        self._rows = rows
        sys.stderr.write("".join(text))
        sys.stderr.flush()


def progress_line(progress: Progress, left: float | None, width: int) -> str:
    """Write what is being done, how far it is, and how long it will still take.

    >>> from tutor.lab.digits.state import Progress
    >>> progress_line(Progress(0.5, "round 2"), 3.2, 60)
    'round 2  ██████████░░░░░░░░░░   50 %   about 4 s left'
    """
    full = round(BAR * min(1.0, max(0.0, progress.share)))
    bar = "█" * full + "░" * (BAR - full)
    text = f"{progress.doing}  {bar}  {100 * progress.share:3.0f} %"
    if left is not None:
        text += f"   {time_left(left)}"
    return text[: max(0, width - 1)]


def _picture(state: State, columns: int, lines: int) -> list[str]:
    """Draw the figure with its words below, so high that the whole of it stays on the screen."""
    from tutor.cli.picture import drawn

    outcome = state.outcome()
    width = min(columns, 100) - 1
    told = textwrap.wrap(outcome.verdict, width)
    readouts = textwrap.wrap("   ".join(outcome.readouts), width)
    words = [*readouts, *told]
    height = lines - len(words) - 3
    return [*(drawn(outcome.figure, width, height) if height >= 6 else []), *words]
