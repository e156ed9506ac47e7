"""What a learner types, as an expression of FTS5 in which every word is only a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_TERMS = 16
LONGEST_TERM = 100

ENDINGS = (
    *("s", "es", "e", "y", "ies", "ed", "er", "ers", "ing", "ings", "ion", "ions"),
    *("ate", "ates", "ated", "ating", "ation", "ations", "ence", "ly"),
)
"""What may follow the stem of an English word."""

DOUBLING = ("ed", "er", "ing")
"""Before which the last letter of a stem may be doubled, as in stepped."""

_ENDING = re.compile(rf"(?<=[a-z]{{3}})(?:(?<!s)s|{'|'.join(ENDINGS[1:])})$")
_DOUBLED = re.compile(r"(?<=[a-z]{2})([bdgmnprt])\1$")

OWN = "{title asked text more}"
"""The columns of a text's own; the title of its card beside it alone would find all of the card."""


def expression(terms: Sequence[str], *, prefix: bool) -> str:
    """Return the expression for texts with all of the ``terms``, at least one of them in the text itself.

    A word may have another ending, but for a last one that may not go on; a term of several words is a phrase.
    If ``prefix``, the last may go on, unless it is a single letter, which nearly every text has a word with.
    Empty if none has a word in it.
    """
    cleaned = [term for term in (typeset(one_line(term)) for term in terms) if _has_token(term)][:MOST_TERMS]
    if not cleaned:
        return ""
    last = len(cleaned) - 1
    found = [
        " OR ".join(_spellings(term, prefix=prefix and n == last, exact=n == last and not prefix))
        for n, term in enumerate(cleaned)
    ]
    own = f"{OWN} : ({' OR '.join(found)})"
    return own if last == 0 else f"{' AND '.join(f'({one})' for one in found)} AND {own}"


def _spellings(term: str, *, prefix: bool, exact: bool) -> Iterator[str]:
    r"""Yield the term and its other endings; where it names a letter, such as eta or \eta, that letter too."""
    word = term.lstrip("\\")[:LONGEST_TERM]
    yield _quoted(word) + " *" * (prefix and not (len(word) == 1 and word.isascii()))
    if word.isalpha() and word.isascii():
        letter = typeset(f"$\\{word}$")
        if not letter.isascii() and _has_token(letter):
            yield f"{_quoted(letter)} *"  # ηₘₐₓ is an η
    if not exact:
        yield from map(_quoted, other_endings(word.lower()))


def other_endings(word: str) -> list[str]:
    """Return what an English word, in lower case, may be with other endings; nothing for what is no word.

    The endings are only put together, and most of the forms are in no text. A stemming tokenizer of FTS5 would
    find as much, but not while a word is typed: "learni" is no beginning of the stem "learn".
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return []
    stem = _ENDING.sub("", word)
    stem = _DOUBLED.sub(r"\1", stem) if stem != word else stem
    forms = [stem, *(stem + ending for ending in ENDINGS), *(stem + stem[-1] + each for each in DOUBLING)]
    return [form for form in forms if form != word]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _has_token(text: str) -> bool:
    """Whether there is anything in the text that FTS5 takes for part of a word."""
    return any(character.isalnum() or character in "∇∂√∞" for character in text)
