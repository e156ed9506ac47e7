"""A question with a gap, ``___``, and what fills it."""

from __future__ import annotations

import re

from tutor.decks.maths import typeset

GAP = "___"

_LINES = re.compile(r"_{2,}")
_IN_MATHS = re.compile(r"\$[^$]*___[^$]*\$")


def has_one_gap(text: str) -> bool:
    """Whether exactly one gap is in ``text``, outside its maths."""
    return _LINES.findall(text) == [GAP] and not _IN_MATHS.search(text)


def fillings(text: str) -> tuple[str, ...]:
    """Return the alternatives in an option's ``text``, which are separated by `` | ``."""
    return tuple(filter(None, (each.strip() for each in re.split(r"(?:^|\s)\|(?:\s|$)", text))))


def fills(text: str, given: str) -> bool:
    """Whether ``given`` is one of the alternatives in ``text``, but for how it is written."""
    return _normal(given) in _normal_fillings(text)


def in_both(text: str, other: str) -> str | None:
    """Return the first alternative in ``other`` that is one in ``text`` too; None without one."""
    held = _normal_fillings(text)
    return next((each for each in fillings(other) if _normal(each) in held), None)


def _normal_fillings(text: str) -> set[str]:
    return {_normal(each) for each in fillings(text)}


def _normal(text: str) -> str:
    """``text`` without case, dollars, outer blanks and a trailing full stop; maths as the terminal shows it."""
    plain = typeset(text).replace("$", "").replace("−", "-").casefold()
    return " ".join(plain.split()).removesuffix(".").rstrip()
