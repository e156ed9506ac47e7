"""What there is around a card, as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.study.around import sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.model import Card
    from tutor.study.library import Library


def around_lines(card: Card, library: Library) -> Iterator[str]:
    """Yield all sections, each address on a line of its own."""
    for section in sections(card, library):
        yield ""
        yield section.title
        for entry in section.entries:
            yield f"  {entry.text}"
            if entry.link:
                yield f"  {entry.link}"
