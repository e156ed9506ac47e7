"""``tutor deck``: write decks, look at them, and add, list and remove them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

PARTS = {
    "new": "begin a deck, with a card that shows every kind of question",
    "edit": "open a card in your editor ($EDITOR), and look it over when it is closed",
    "lint": "look decks over: what is wrong, where, and how to mend it; exit 1 if there are errors",
    "preview": "a card as a learner sees it, redrawn whenever its file is saved",
    "add": "add a deck from a folder or a zip file, or bring it up to date",
    "list": "the decks there are",
    "remove": "take a deck away; what you answered is kept, and the deck can be added again",
}
"""The parts, each a module of this package, with what they do."""

FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
"""How each shell completes the name of a file."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parts = parser.add_subparsers(dest="part", metavar="PART", title="parts", required=True)
    for name, summary in PARTS.items():
        part = parts.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        ARGUMENTS[name](part)


def run(options: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return int(import_module(f"tutor.cli.deck.{options.part}").run(options))


def _file(parser: argparse.ArgumentParser, name: str, **settings: str) -> None:
    """Add an argument that a shell completes with the names of files."""
    parser.add_argument(name, **settings).complete = FILES  # type: ignore[attr-defined, arg-type]


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the deck's name, such as my-deck: its folder's name too")
    parser.add_argument("--title", metavar="TITLE", help="its title in lists; made of the name if not given")


def _edit(parser: argparse.ArgumentParser) -> None:
    _file(parser, "card", metavar="CARD", help="a card's id, or the path of its file")


def _lint(parser: argparse.ArgumentParser) -> None:
    _file(parser, "paths", metavar="PATH", nargs="*", help="files, folders, decks or cards; your decks if none")
    parser.add_argument("--fix", action="store_true", help="write missing ids of questions into the files")
    parser.add_argument("--strict", action="store_true", help="exit 1 for warnings too")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _preview(parser: argparse.ArgumentParser) -> None:
    _file(parser, "card", metavar="CARD", help="a card's id, or the path of its file")


def _add(parser: argparse.ArgumentParser) -> None:
    _file(parser, "path", metavar="PATH", help="the deck's folder, or a zip file that holds it")
    parser.add_argument("--link", action="store_true", help="link to the folder instead of copying it")
    parser.add_argument("--name", metavar="NAME", help="what to call it; after the folder or file if not given")
    parser.add_argument("--force", action="store_true", help="add it although some of its cards have errors")


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON array")


def _remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the deck's name, as 'tutor deck list' prints it")


ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "new": _new,
    "edit": _edit,
    "lint": _lint,
    "preview": _preview,
    "add": _add,
    "list": _list,
    "remove": _remove,
}
