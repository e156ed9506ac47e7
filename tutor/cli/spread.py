"""``tutor spread``: a backlog spread over the coming days."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tutor.cli.arguments import whole
from tutor.cli.output import print_json
from tutor.cli.study import open_library, open_store
from tutor.errors import UsageError
from tutor.study.vacation import move_all, move_back, moves
from tutor.study.wording import counted, weekday

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "days", metavar="DAYS", type=whole(2, 365), nargs="?", help="over how many days, today first"
    )
    parser.add_argument(
        "--first",
        choices=["forgotten", "retained"],
        default="forgotten",
        help="what comes first: what is least or most likely to be remembered (default: %(default)s)",
    )
    parser.add_argument("--deck", metavar="DECK", help="spread only this deck")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would move")
    parser.add_argument("--undo", action="store_true", help="undo the last spreading")
    parser.add_argument("--json", action="store_true", help="print one JSON object: each question's new day")


def run(options: argparse.Namespace) -> int:
    """Move what is due, and tell what moved."""
    with open_store() as store:
        if options.undo:
            print(f"{counted(move_back(store), 'question')} moved back.")
            return 0
        if options.days is None:
            raise UsageError("say over how many days, such as 'tutor spread 7', or undo the last with --undo")
        days = moves(open_library(), store, options.days, options.first, options.deck)
        if not options.dry_run:
            move_all(store, days)
        if options.json:
            print_json({question: day.isoformat() for question, day in days.items()})
            return 0
        print(f"{counted(len(days), 'question')} {'would move' if options.dry_run else 'moved'}.")
        for day, count in sorted(Counter(days.values()).items()):
            print(f"  {weekday(day)}: {count}")
    return 0
