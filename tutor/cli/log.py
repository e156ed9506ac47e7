"""``tutor log``: the reviews, as the store keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.output import print_json
from tutor.cli.study import open_store
from tutor.memory.model import as_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line, which is the default too")


def run(_options: argparse.Namespace) -> int:
    """Print every review, those undone too, oldest first."""
    with open_store() as store:
        for review in store.reviews():
            print_json(as_json(review))
    return 0
