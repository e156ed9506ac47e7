"""``tutor deck list``: the decks there are."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tutor.cli.deck.places import shelf
from tutor.cli.decks import open_index
from tutor.cli.output import print_json
from tutor.decks.clean import one_line
from tutor.study.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


WHERE = {"bundled": "comes with the tutor", "own": "yours", "linked": "linked to {}"}


@dataclass(frozen=True)
class Row:
    """A deck, in the words and numbers of ``--json``."""

    name: str
    title: str
    cards: int
    questions: int
    approvals: int
    where: str
    folder: str
    problems: int


def run(options: argparse.Namespace) -> int:
    """Print the decks, the bundled ones first."""
    rows = list(_rows())
    if options.json:
        print_json(list(map(asdict, rows)))
        return 0
    for row in rows:
        counts = [(row.cards, "card"), (row.questions, "question"), (row.approvals, "approval")]
        details = [*(counted(number, noun) for number, noun in counts), WHERE[row.where].format(row.folder)]
        print(f"{row.name}: {row.title}\n  {' · '.join(details)}")
        if row.problems:
            print(f"  {counted(row.problems, 'problem')}: 'tutor deck lint {row.name}' tells them")
    return 0


def _rows() -> Iterator[Row]:
    index = open_index()
    for place in shelf().places():
        held = [card for card in index.cards if os.path.dirname(card.path) == str(place.folder)]
        name = one_line(place.name)
        yield Row(
            name=name,
            title=index.decks.get(place.name, name),
            cards=len(held),
            questions=sum(len(card.questions) for card in held),
            approvals=sum(card.approvals for card in held),
            where=place.where,
            folder=one_line(str(place.target)),
            problems=sum(problem.startswith(f"{name}/") for problem in index.problems),
        )
