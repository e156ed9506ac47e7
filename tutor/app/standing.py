"""The first screen's lines: today in numbers, the days to come, a card, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text
from textual.content import Content

from tutor.app.fitting import fitted
from tutor.plots.bars import bars
from tutor.study.standing import SIGNS
from tutor.study.wording import counted, facts, short, weekday

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tutor.decks.model import Card
    from tutor.study.overview import Overview
    from tutor.study.standing import CardStanding


def summary(found: Overview) -> Content:
    """Today in one line: what there is to do, and how long it takes."""
    if found.to_do:
        minutes = f" · about {counted(found.minutes, 'minute')}"
        more = f" · {found.held_back} more due, beyond a day's limit" if found.held_back else ""
        return Content.assemble((f"{found.due} due · {found.new} new", "bold"), minutes, more)
    if found.held_back:
        return Content(f"Done for today. {found.held_back} more are due, beyond a day's limit; v spreads them.")
    ahead = found.next_day
    return Content(f"Nothing to do today. {f'The next questions come on {weekday(ahead)}.' if ahead else ''}")


def coming(found: Overview) -> Content:
    """The days to come in one line, with how much each brings."""
    marks = bars(count for _, count in found.coming)
    days = (
        " ".join(filter(None, (f"{day:%a}", str(count or ""), mark)))
        for (day, count), mark in zip(found.coming, marks, strict=True)
    )
    return Content("The next days   " + "   ".join(days))


DETAILS = 30
"""Cells at the end of a card's line."""


def row(row: CardStanding, width: int) -> Content:
    """One card on one line: its state, title, difficulty, how it stands, and the chance to remember it.

    One that waits says for which card, and for how many more.
    """
    if row.standing == "waiting":
        more = f" +{len(row.needs) - 1}" if len(row.needs) > 1 else ""
        room = DETAILS - len("  needs ") - len(more)
        name = short(row.needs[0].title)
        details = f"  needs {fitted(name, min(room, cell_len(name)))}{more}"
    else:
        recall = f"{row.recall:.0%}" if row.recall is not None else ""
        details = f"  {row.card.difficulty:<13} {row.detail:>8} {recall:>5}"
    return Content(f"{SIGNS[row.standing]} {fitted(row.card.title, width - DETAILS - 2)}{details}")


def detail(card: Card, row: CardStanding) -> RenderableType:
    """What is known of a card, and how its questions stand."""
    from tutor.app.prose import blank, hanging, prose  # knows how to set maths, which is slow to import

    tasks = zip(card.questions, row.questions, strict=False)
    signs = hanging((SIGNS[standing], prose(question.text)) for question, standing in tasks)
    known = "Its new questions wait until these are known for a week: "
    waits = [Text(known + "; ".join(short(card.title) for card in row.needs))] if row.needs else []
    return Group(*waits, *(Text(fact) for fact in facts(card)), blank(), signs)
