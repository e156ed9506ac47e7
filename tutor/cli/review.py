"""``tutor review``, and ``tutor`` alone: today's routine, in the app or line by line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.arguments import whole
from tutor.cli.study import open_library, open_to_study
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from tutor.study.plan import Mode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--deck", metavar="DECK", help="study only this deck, a name of 'tutor cards --json'")
    parser.add_argument("--limit", metavar="N", type=whole(1, 10**9), help="ask at most N questions")
    parser.add_argument(
        "--ahead", metavar="DAYS", type=whole(1, 365), help="ask what comes due in the next DAYS days already"
    )
    parser.add_argument(
        "--cram", action="store_true", help="practise all questions seen; no schedule is changed"
    )
    parser.add_argument("--plain", action="store_true", help="line by line, for pipes and screen readers")


def run(options: argparse.Namespace) -> int:
    """Study until done or left; without a terminal, or in a dumb one, line by line."""
    from tutor.study.plan import Scope

    library = open_library()
    library.summaries(options.deck)  # an unknown deck is an error before anything opens
    if options.cram and options.ahead:
        raise UsageError("--ahead and --cram exclude each other: give one of them")
    mode: Mode = "cram" if options.cram else "ahead" if options.ahead else "today"
    scope = Scope(options.deck, options.limit, mode, options.ahead or 0)
    settings = config.settings()
    with open_to_study() as store:
        if options.plain or not capable_terminal():
            from tutor.plain.review import review

            return review(library, store, scope, settings)
        from tutor.app.app import TutorApp

        app = TutorApp(library, store, scope, start=options.command == "review", settings=settings)
        app.run(mouse=False)
        return app.return_code or 0


def capable_terminal() -> bool:
    """Whether the app can be shown here."""
    terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return terminal and os.environ.get("TERM") != "dumb"
