"""``tutor deck remove``: a deck taken away, but not its history."""

from __future__ import annotations

import shlex
from datetime import datetime
from typing import TYPE_CHECKING

from tutor.cli.deck.places import shelf
from tutor.decks.clean import one_line

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Take the deck away, and tell how it comes back."""
    place, kept = shelf().remove(options.name, datetime.now().astimezone())
    print(f"{one_line(place.name)} is removed; what you answered is kept")
    link, back = ("", kept) if kept else ("--link ", place.target)
    print(f"  to bring it back: tutor deck add {link}{shlex.quote(one_line(str(back)))}")
    return 0
