"""What a learner types, as an expression of FTS5 in which every word is only a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_TERMS = 16
LONGEST_TERM = 100

OWN = "{title asked text more}"
"""The columns of a text's own; the title of its card beside it alone would find all of the card."""


def expression(terms: Sequence[str], *, prefix: bool) -> str:
    """Return the expression for texts with all of the ``terms``, at least one of them in the text itself.

    A term of several words is a phrase. If ``prefix``, the last may go on, unless it is a single letter, which
    nearly every text has a word with. Empty if none has a word in it.
    """
    cleaned = [term for term in (typeset(one_line(term)) for term in terms) if _has_token(term)][:MOST_TERMS]
    if not cleaned:
        return ""
    last = len(cleaned) - 1
    found = [" OR ".join(_spellings(term, prefix=prefix and n == last)) for n, term in enumerate(cleaned)]
    own = f"{OWN} : ({' OR '.join(found)})"
    return own if last == 0 else f"{' AND '.join(f'({one})' for one in found)} AND {own}"


def _spellings(term: str, *, prefix: bool) -> Iterator[str]:
    r"""Yield the term, and where it is the name of a letter, such as eta or \eta, that letter too."""
    word = term.lstrip("\\")[:LONGEST_TERM]
    yield _quoted(word) + " *" * (prefix and not (len(word) == 1 and word.isascii()))
    if word.isalpha() and word.isascii():
        letter = typeset(f"$\\{word}$")
        if not letter.isascii() and _has_token(letter):
            yield f"{_quoted(letter)} *"  # ηₘₐₓ is an η


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _has_token(text: str) -> bool:
    """Whether there is anything in the text that FTS5 takes for part of a word."""
    return any(character.isalnum() or character in "∇∂√∞" for character in text)
