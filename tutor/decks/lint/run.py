"""Reads decks, and holds them against the rules."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.contents import Once, claim_ids
from tutor.decks.folders import TITLE_FILE, scan
from tutor.decks.index import summary
from tutor.decks.lint.finding import Finding, Remark, of_problem
from tutor.decks.lint.rules import OF_CARDS, OF_DECKS, OF_LINKS
from tutor.decks.load import id_in, load_card, load_head
from tutor.decks.model import DeckFileError
from tutor.decks.places import Places
from tutor.decks.read import read
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tutor.decks.index import CardSummary
    from tutor.decks.model import Card, Check


def lint(paths: Iterable[Path], check: Check, among: Collection[CardSummary] = ()) -> list[Finding]:
    """Return what is wrong in decks and how to mend it, in the order of the files and of their lines.

    A path is a card's file, a deck's folder, or a folder of decks; ``check`` judges the settings in fences.
    ``among`` are cards that are there besides, such as those being studied: links may lead to them, and ids
    must differ from theirs. So must a single file's from those of the other cards in its folder.
    """
    return examine(paths, check, among)[0]


def examine(
    paths: Iterable[Path], check: Check, among: Collection[CardSummary] = ()
) -> tuple[list[Finding], list[Card]]:
    """Return what `lint` does, and the cards that can be read."""
    files, folders = _files(paths)
    cards, findings = _cards(files, Once(check))
    looked_at = set(map(str, files))
    others = [card for card in among if card.path not in looked_at]
    others += _beside(files, folders, looked_at | {card.path for card in others})
    findings += _of_ids(cards, others)
    known = [*others, *map(summary, cards)]
    requires: dict[str, Sequence[str]] = dict.fromkeys(_ids_unread(files, known) if cards else (), ())
    requires |= {card.id: card.requires for card in known}
    for card in cards:
        places = _places(card.path)
        for rule, of_card in OF_CARDS.items():
            findings += _found(card.path, rule, of_card(card), places)
        for rule, of_link in OF_LINKS.items():
            findings += _found(card.path, rule, of_link(card, requires), places)
    for folder in folders:
        held = [card for card in cards if card.path.parent == folder]
        if not held and any(path.parent == folder and path.name != TITLE_FILE for path in files):
            continue  # what keeps its cards from being read is told
        for rule, of_deck in OF_DECKS.items():
            findings += _found(folder, rule, of_deck(held), Places(""))
    place = {path: number for number, path in enumerate((*files, *folders))}
    return sorted(findings, key=lambda each: (place[each.path], each.line, each.column)), cards


def _cards(files: Iterable[Path], check: Check) -> tuple[list[Card], list[Finding]]:
    """Read the files: the cards in them, and what is wrong where there are none."""
    cards: list[Card] = []
    findings: list[Finding] = []
    for path in files:
        try:
            if path.name == TITLE_FILE:
                findings += _of_order(path)
            else:
                cards.append(load_card(path, check))
        except DeckFileError as error:
            findings += map(of_problem, error.problems)
    return cards, findings


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to be read, and the folders that are looked at as decks."""
    files: list[Path] = []
    folders: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = [Path(each) for each in scan([str(path)])]
            files += found
            folders += [each.parent for each in found] or [Path(os.path.abspath(path))]
        else:
            files.append(Path(os.path.abspath(path)))
    return list(dict.fromkeys(files)), list(dict.fromkeys(folders))


def _beside(files: list[Path], folders: list[Path], known: Collection[str]) -> Iterator[CardSummary]:
    """Yield the cards in the folders of single files, as far as they can be read."""
    for folder in dict.fromkeys(path.parent for path in files if path.parent not in folders):
        for path in map(Path, scan([str(folder)])):
            if path.parent == folder and path.suffix == ".md" and str(path) not in known:
                try:
                    yield summary(load_card(path, lambda *_: None))
                except DeckFileError:
                    continue  # it is not what was to be looked at


def _ids_unread(files: list[Path], read: Collection[CardSummary]) -> Iterator[str]:
    """Yield the ids of the cards in or beside ``files`` that can't be read: a link to them is not dead."""
    paths = {path for folder in dict.fromkeys(path.parent for path in files) for path in scan([str(folder)])}
    yield from map(id_in, map(Path, sorted(paths - {card.path for card in read})))


def _of_ids(cards: Iterable[Card], others: Iterable[CardSummary]) -> Iterator[Finding]:
    taken = {("card", card.id): card.path for card in others}
    taken |= {("question", question): card.path for card in others for question in card.questions}
    for card in cards:
        yield from map(of_problem, claim_ids(summary(card), [each.line for each in card.questions], taken))


def _of_order(path: Path) -> Iterator[Finding]:
    """Yield the names in a ``deck.toml`` of which there is no card. Raises DeckFileError if it is broken."""
    stems = [Path(each).stem for each in scan([str(path.parent)]) if each.endswith(".md")]
    for stem in load_head(path).cards:
        if stem not in stems:
            message = f"{shorten(str(unknown('card', shorten(stem), stems)), 200)}; mend or remove it"
            yield Finding(path, 1, 1, "order", "warning", message)


def _places(path: Path) -> Places:
    """Look for texts in a card's file; in one that has gone meanwhile they are where their question was."""
    try:
        return Places(read(path))
    except DeckFileError:
        return Places("")


def _found(path: Path, rule: str, remarks: Iterable[Remark], places: Places) -> Iterator[Finding]:
    for remark in remarks:
        place = (places.of_key(remark.key), 1) if remark.key else places.of(remark.text, remark.line)
        yield Finding(path, *place, rule, remark.level, remark.message)
