"""``tutor deck preview``: a card as a learner sees it."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tutor.cli.deck.places import card_file
from tutor.cli.decks import open_index
from tutor.cli.output import complain
from tutor.cli.review import capable_terminal
from tutor.decks.lint import lint
from tutor.decks.load import load_card
from tutor.study.library import check_fence

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Show the card until it is left; without a terminal, print it whole."""
    path = card_file(options.card)
    if not capable_terminal():
        from tutor.plain.card import card_lines
        from tutor.plain.say import say

        say(*card_lines(load_card(path, check_fence)))
        complain(*map(str, lint([path], check_fence, open_index().cards)))
        return 0
    from tutor.app.preview import PreviewApp

    with TemporaryDirectory(prefix="tutor-preview-", ignore_cleanup_errors=True) as scratch:
        app = PreviewApp(path, open_index().cards, scratch)
        app.run(mouse=False)
        return app.return_code or 0
