"""``tutor cards``: the cards there are, and how the learner stands with each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.output import complain, print_json
from tutor.cli.study import open_library, open_store
from tutor.decks.export import card_json
from tutor.errors import DeckError, UsageError
from tutor.plain.course import map_lines, map_words
from tutor.study.course import courses
from tutor.study.overview import overview
from tutor.study.standing import SIGNS
from tutor.study.wording import stands

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tutor.study.library import Library
    from tutor.study.overview import Overview


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON array of whole cards")
    form.add_argument("--map", action="store_true", help="draw which cards require which")
    parser.add_argument("--plain", action="store_true", help="with --map: in words, without a drawing")


def run(options: argparse.Namespace) -> int:
    """Print the cards by deck; exit 1 if a card could not be read."""
    if options.plain and not options.map:
        raise UsageError("--plain tells the map in words: use it with --map")
    library = open_library()
    problems = list(library.problems)
    with open_store() as store:
        found = overview(library, store, config.settings())
        if options.json:
            print_json(list(_rows(found, library, problems)))
        elif options.map:
            for course in courses(found):
                print(*(map_words if options.plain else map_lines)(course), sep="\n")
        else:
            _print(found)
    complain(*problems)
    return 1 if problems else 0


def _print(found: Overview) -> None:
    """Print a line a card."""
    for title, rows in found.decks:
        print(title)
        for row in rows:
            how = stands(row) if row.standing == "waiting" else row.detail
            details = f"{row.card.title} · {row.card.difficulty} · {how}"
            print(f"  {SIGNS[row.standing]} {row.card.id}  {details}")


def _rows(found: Overview, library: Library, problems: list[str]) -> Iterator[dict[str, object]]:
    """Yield each card that can be read, with its standing, and note those that can't."""
    for _, rows in found.decks:
        for row in rows:
            standing = {
                "due": row.due,
                "learned": row.learned,
                "state": row.standing,
                "recall": row.recall,
                "needs": len(row.needs),
            }
            try:
                yield card_json(library.card(row.card.id)) | standing
            except DeckError as error:
                problems.append(str(error))
