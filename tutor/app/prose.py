"""Texts of cards as Rich renderables: typeset, never taken for markup, with hanging indents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from tutor.decks.gaps import GAP
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable


def prose(text: str, style: str = "") -> Text:
    """Typeset a text of a card."""
    return Text(typeset(text), style)


def filled(text: str, filling: str) -> Text:
    """Typeset a text with its gap filled."""
    before, gap, after = typeset(text).partition(GAP)
    return Text.assemble((before, "bold"), (filling if gap else "", "bold underline"), (after, "bold"))


def quoted(paragraph: str, passage: str) -> Text:
    """Typeset a paragraph with one passage of it highlighted."""
    text, wanted = prose(paragraph), typeset(passage)
    start = text.plain.find(wanted)
    if start >= 0:
        text.stylize("bold underline", start, start + len(wanted))
    return text


def hanging(rows: Iterable[tuple[str, Text]]) -> Table:
    """Set each text beside its sign, its further lines below its first."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for sign, text in rows:
        table.add_row(Text(sign), text)
    return table


def blank() -> Text:
    """Return an empty line."""
    return Text()
