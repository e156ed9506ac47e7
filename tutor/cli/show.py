"""``tutor show CARD``: one card whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.output import complain, print_json
from tutor.cli.study import open_library
from tutor.decks.export import card_json
from tutor.errors import UsageError
from tutor.plain.around import around_lines
from tutor.plain.card import card_lines
from tutor.plain.say import say

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("card", metavar="CARD", help="the card's id, as 'tutor cards' prints it")
    parser.add_argument("--json", action="store_true", help="print one JSON object, texts word for word")


def run(options: argparse.Namespace) -> int:
    """Print the card."""
    library = open_library()
    try:
        card = library.card(options.card)
    except UsageError:
        complain(*library.problems)  # the card may be missing because its file is broken
        raise
    if options.json:
        print_json(card_json(card))
    else:
        say(*card_lines(card), *around_lines(card, library))
    return 0
