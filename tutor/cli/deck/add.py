"""``tutor deck add``: a deck from elsewhere."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.deck.lint import summary
from tutor.cli.deck.places import shelf
from tutor.cli.decks import open_index
from tutor.cli.output import complain
from tutor.decks.clean import one_line
from tutor.decks.packages.model import told_left_out
from tutor.errors import UsageError
from tutor.study.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from tutor.decks.packages.changes import Changes
    from tutor.decks.packages.shelf import Added

MAX_NAMED = 5


def run(options: argparse.Namespace) -> int:
    """Add the deck, and tell what that changed."""
    if not options.path:  # an unset variable in a script; as a path it would be the folder one stands in
        raise UsageError("give the deck's folder, or a zip file that holds it")
    decks, others = shelf(), open_index().cards
    source = Path(options.path)
    if options.link:
        added = decks.link(source, others, name=options.name, force=options.force)
    else:
        now = datetime.now().astimezone()
        added = decks.add(source, others, now, name=options.name, force=options.force)
    complain(*map(str, added.findings))
    print(*_told(added), sep="\n")
    return 0


def _told(added: Added) -> Iterator[str]:
    questions = sum(len(card.questions) for card in added.cards.values())
    holds = f"{counted(len(added.cards), 'card')}, {counted(questions, 'question')}"
    name = added.folder.name
    if added.linked:
        where = one_line(str(added.folder.resolve()))
        yield f"{name} is linked: {holds}; what you change in {where} counts at once"
    elif added.changes is None:
        yield f"{name} is added: {holds}"
    elif added.kept is None:
        yield f"{name} is here already, just as it is there: {holds}"
    else:
        yield f"{name} is brought up to date: {holds}"
        yield from _changed(added.changes)
        yield f"  to bring the one before back: tutor deck add {shlex.quote(one_line(str(added.kept)))}"
    if added.findings:
        yield f"  {summary(added.findings)}; 'tutor deck lint {name}' tells them again"
    left = told_left_out(added.left_out)
    if left:
        yield f"  {left}"


def _changed(found: Changes) -> Iterator[str]:
    """Tell which cards are new, changed or gone."""
    for ids, what in [(found.new, "new"), (found.changed, "changed"), (found.removed, "removed")]:
        if ids:
            yield f"  {counted(len(ids), 'card')} {what}: {_named(ids)}"
    if found.none:
        yield "  no card is changed"
    if found.lost_questions:
        gone = f"{counted(len(found.lost_questions), 'question')} gone"
        yield f"  {gone}: {_named(found.lost_questions)}; what you answered is kept"


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MAX_NAMED} more" if len(ids) > MAX_NAMED else ""
    return ", ".join(ids[:MAX_NAMED]) + more
