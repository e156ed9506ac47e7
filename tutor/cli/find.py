"""``tutor find WORDS``: where in the decks they are, with files and lines, as grep tells them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.arguments import whole
from tutor.cli.output import complain, print_json
from tutor.cli.study import open_library, open_store
from tutor.decks.clean import one_line
from tutor.decks.search import Search
from tutor.study.finding import MOST, STATES, Finder, as_json, excerpt, line_of, where
from tutor.study.overview import overview
from tutor.study.query import FILTERS, parse
from tutor.study.standing import SIGNS

if TYPE_CHECKING:
    import argparse

    from tutor.cli import Parser
    from tutor.study.finding import Found
    from tutor.study.query import Query

VALUES = {
    "topic": "such as Algebra",
    "difficulty": "such as Beginner",
    "tag": "a tag of the card",
    "is": ", ".join(STATES),
    "deck": "a deck's folder",
}
EXCERPT = 100
"""Characters of a text that are printed."""


def configure(parser: Parser) -> None:
    """Add the command's arguments."""
    parser.mixed = True
    parser.add_argument(
        "words",
        metavar="WORDS",
        nargs="*",
        help="all of them have to be there, the last only begun; none lists the cards; also filters, as is:due",
    )
    for name in FILTERS:
        parser.add_argument(
            f"--{name}",
            metavar="STATE" if name == "is" else name.upper(),
            action="append",
            default=[],
            help=f"only there: {VALUES[name]}",
        )
    parser.add_argument("--limit", metavar="N", type=whole(1, 10_000), default=MOST, help=f"default {MOST}")
    parser.add_argument("--json", action="store_true", help="print one JSON array of the places")


def run(options: argparse.Namespace) -> int:
    """Print what is found, the best first; exit 1 if nothing is."""
    typed = parse(" ".join(options.words))
    given = tuple((name, value) for name in FILTERS for value in getattr(options, name))
    found = _found(replace(typed, filters=typed.filters + given), options.limit)
    if options.json:
        print_json([as_json(entry) for entry in found])
    else:
        for entry in found:
            print(_line(entry))
    if not found:
        complain("nothing is found; try fewer words, or only the beginning of one")
    return 0 if found else 1


def _found(query: Query, limit: int) -> list[Found]:
    library = open_library()
    with open_store() as store, closing(Search(config.search_path())) as search:
        if query.terms:
            search.update(library.summaries())
        today = overview(library, store, config.settings())
        found = Finder(search, today, store.holds(), store.unclear()).find(query, limit)
        complain(*library.problems, *filter(None, [search.trouble]))
    return found[:limit]


def _line(found: Found) -> str:
    path = one_line(found.row.card.path)
    place = f"{path}:{line_of(found)}: {SIGNS[found.standing]} {found.row.card.title}"
    if found.match is None:
        return f"{place} · {found.row.card.difficulty} · {found.row.detail}"
    text, marks = excerpt(found.match, EXCERPT)
    for begin, end in reversed(marks):
        text = f"{text[:begin]}«{text[begin:end]}»{text[end:]}"
    return f"{place} · {where(found.match)}: {text}"
