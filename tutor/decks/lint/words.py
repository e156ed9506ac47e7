"""The words of a text, and how hard it is to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Collection

_MATHS = re.compile(r"\$\$?[^$]+\$\$?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.:!?]+(?=\s|$)")
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

LONG = 6
"""Letters; a word of more is a long one."""

_COMMON = """
    a about after all an and any are as at be because been before but by can could do does down each for from
    had has have how if in into is it its just less many may more most much no nor not of off on one only or
    other out over own same so some still such than that the their them then there these they this those
    through to too two under until up was we what when where which while who why will with would you
    your
"""
COMMON = frozenset(_COMMON.split())
"""Words that say nothing by themselves."""


def words(text: str) -> list[str]:
    """Return the words of a text, without its maths and numbers."""
    return _WORD.findall(without_maths(text))


def without_maths(text: str, mark: str = " ") -> str:
    """Return a text with a mark in the place of each of its formulas."""
    return _MATHS.sub(mark, text)


def content(text: str) -> set[str]:
    """Return what a text is about: its words but for the common ones, without endings, in lower case."""
    return {_stem(word) for word in map(str.lower, words(text)) if word not in COMMON}


def _stem(word: str) -> str:
    """Cut the endings of English plurals and verbs; crude, but it makes ``jumps`` and ``jumping`` the same."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def numbers(text: str) -> list[float]:
    """Return the numbers in a text, as a learner sees it."""
    return [float(number.replace("−", "-")) for number in _NUMBER.findall(typeset(text))]


def normal(text: str) -> str:
    """Return a text as it is compared: as it is shown, in lower case, without punctuation."""
    return " ".join(re.findall(r"[^\W_]+|[^\w\s.,;:!?'\"]", typeset(text).lower()))


def share(wanted: Collection[str], held: Collection[str]) -> float:
    """Return which share of what is ``wanted`` is ``held``; 0 if nothing is wanted."""
    return sum(word in held for word in wanted) / len(wanted) if wanted else 0.0


def lix(text: str) -> float:
    """Return the readability index LIX: words in a sentence, plus the percentage of words of over six letters.

    C. H. Björnsson, Läsbarhet (Liber, Stockholm, 1968). It counts letters and not syllables, so that it holds
    for decks in any language written with an alphabet: below 30 is for children, 40 a newspaper, 50 a
    textbook, above 60 a law. Of the maths a single short word stays in the sentence.
    """
    plain = without_maths(text, "x")
    found = _WORD.findall(plain)
    if not found:
        return 0.0
    sentences = len(_SENTENCE.findall(plain)) or 1
    return len(found) / sentences + 100 * sum(len(word) > LONG for word in found) / len(found)
