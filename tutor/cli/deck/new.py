"""``tutor deck new``: the beginning of a deck."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.deck.places import shelf
from tutor.decks.clean import one_line
from tutor.decks.packages.install import staging

if TYPE_CHECKING:
    import argparse

CARD = Path(__file__).with_name("first-card.md")
"""The card that a new deck begins with: all kinds of questions, by example."""


def run(options: argparse.Namespace) -> int:
    """Make the deck's folder, and tell what to do next."""
    decks = shelf()
    name = options.name
    folder = decks.free_name(name)
    title = one_line(options.title or "") or name.replace("-", " ").capitalize()
    with staging(decks.own) as into:
        staged = into / name
        staged.mkdir()
        (staged / "deck.toml").write_text(
            f'title = {_quoted(title)}\ncards = ["first-card"]\n', encoding="utf-8"
        )
        (staged / "first-card.md").write_text(_card(name, title), encoding="utf-8")
        staged.rename(folder)
    print(f"{folder / 'first-card.md'} shows each kind of question by example.")
    print(f"Change it:    tutor deck edit {name}-first-card")
    print(f"Look at it:   tutor deck preview {name}-first-card")
    print(f"Look it over: tutor deck lint {name}")
    return 0


def _card(name: str, title: str) -> str:
    """Fill in the card."""
    filled = {
        "@NAME@": name,
        "@TITLE@": _quoted(f"{title}: the first card"),
        "@TOPIC@": _quoted(title),
        "@AUTHOR@": _quoted(_author()),
        "@CREATED@": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:00Z}",
    }
    text = CARD.read_text(encoding="utf-8")
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def _quoted(text: str) -> str:
    """Write a text in quotes, as both YAML and TOML take it."""
    return json.dumps(text, ensure_ascii=False)


def _author() -> str:
    try:
        return one_line(getpass.getuser()) or "You"
    except (OSError, KeyError):  # nobody is logged in, as in some containers
        return "You"
