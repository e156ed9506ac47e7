"""Texts of cards as Rich renderables: typeset, never taken for markup, with hanging indents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.style import Style
from rich.table import Table
from rich.text import Text

from tutor.decks.gaps import GAP
from tutor.decks.maths import typeset, typeset_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS = re.compile(r"https?://[!-~]+")
"""Printable ASCII without blanks."""


def prose(text: str, style: str = "") -> Text:
    """Typeset a text of a card: emphasis underlined, strong emphasis and code bold, as manual pages have them.

    Italics would be shown as selected in a tmux or screen of the usual settings.
    """
    whole = Text(style=style)
    for piece in typeset_pieces(text):
        bold = "bold" if piece.strong or piece.kind == "code" else ""
        whole.append(piece.text, f"{bold} {'underline' if piece.emphasis else ''}".strip())
    return whole


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


def linked(address: str) -> Text:
    """Return a web address, written out and to be followed in terminals that know how (OSC 8).

    The sequence for that would end at a control character, so an address that isn't clean is text alone.
    """
    style = Style(link=address) if _ADDRESS.fullmatch(address) else Style()
    return Text(address, style, overflow="fold")


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
