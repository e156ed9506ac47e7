r"""The study session on standard input and output, one line at a time.

An answer alone is enough: a card is read out before its first question, and an answer is followed by the next
question at once, so that ``printf '3\n2\n' | tutor review --plain`` works. All else is a word or a letter.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tutor.errors import ChangedMeanwhile, UsageError
from tutor.memory.clock import system_clock
from tutor.plain.reader import Reader
from tutor.plain.say import say
from tutor.study.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.config import Settings
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.plan import Scope

LEAVE = ("q", "quit")


def review(library: Library, store: Store, scope: Scope, settings: Settings | None = None) -> int:
    """Study until done, until the input ends, or until the learner leaves; return the exit status."""
    say(*library.problems)
    reader = Reader(Session(library, store, system_clock, scope, settings), store)
    reader.show()
    if reader.idle:
        return 0
    say("Type the number of your answer; ? lists what else you can type.")
    for line in _typed():
        if line.lower() in LEAVE or (not line and reader.finished):
            break
        try:
            reader.obey(line)
        except UsageError as error:
            say(f"{error}.")
        except ChangedMeanwhile as error:
            say(f"{error}.")
            reader.show()
    if not reader.finished:
        say("", "Left; the same command goes on from here.")
    return 0


def _typed() -> Iterator[str]:
    """Yield each line of input, after a prompt if a person types them."""
    person = sys.stdin is not None and sys.stdin.isatty()
    while sys.stdin is not None:
        print(end="> " if person else "", flush=True)
        line = sys.stdin.readline()
        if not line:
            print(end="\n" if person else "")
            return
        yield line.strip()
