"""Numbers as an author writes them, with unit and tolerance: ``69 steps ± 10 %``, ``0 ± 0.01``."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from tutor.decks.clean import shorten
from tutor.decks.model import Number
from tutor.errors import UsageError

TOLERANCE = 0.1
"""The share by which a number may be off and still be right, where the author gives no other."""

_SIZE = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_WRITTEN = re.compile(
    rf"(?P<value>[+-]?{_SIZE})(?:\s+(?P<unit>[^\s\d+±-][^±]*?))?(?:\s*±\s*(?P<within>{_SIZE})\s*(?P<share>%)?)?"
)


def read_value(text: str, unit: str = "") -> float:
    """Return the number in ``text``, such as 0.08, 8e-2 or −120, with or without its ``unit``.

    Raises UsageError if it is none.
    """
    try:
        value = float(_plain(text).removesuffix(unit))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{shorten(text, 20)!r} is not a number: write it as 0.08, 8e-2 or 120")
    return value


def read_number(text: str, explanation: str = "") -> Number:
    """Return the number in ``text`` with what stands behind it: ``69 steps ± 10 %``, ``0 ± 0.01``.

    With ``%`` the tolerance is a share of the number, without it is in the number's own unit; without any it
    is ``TOLERANCE``. Raises UsageError if it is none, or no other number would be within its tolerance.
    """
    match = _WRITTEN.fullmatch(_plain(text))
    if not match:
        raise UsageError(f"'{shorten(text)}' is not a number with its unit: write it as 69 steps ± 10 %")
    value = read_value(match["value"])
    within = Decimal(match["within"] or TOLERANCE * 100)
    absolute = match["within"] is not None and not match["share"]
    tolerance = float(within if absolute else within / 100)
    if not absolute and (value == 0 or tolerance >= 1):
        what = f"'{shorten(text)}' has a tolerance of {tolerance:.0%}"
        raise UsageError(f"{what}; give one in the number's own unit, without %: 0 ± 0.01")
    if not math.isfinite(tolerance):
        raise UsageError(f"'{shorten(text)}' has a tolerance that is too large: write it as 69 steps ± 10 %")
    return Number(value, match["unit"] or "", explanation, tolerance, absolute)


def _plain(text: str) -> str:
    """``text`` without dollars and outer blanks, with the hyphen as its minus."""
    return text.replace("$", "").replace("−", "-").strip()


def within(number: Number, value: float) -> bool:
    """Whether ``value`` is so near to ``number`` that it is right."""
    off = abs(value - number.value)
    allowed = number.tolerance if number.absolute else number.tolerance * abs(number.value)
    return off <= allowed * (1 + 1e-9)  # what is 10 % off in decimals is so here


def write_number(number: Number) -> str:
    """Return ``number`` as an author writes it, so that ``read_number`` gives it back."""
    value = _shortest(Decimal(repr(number.value)))
    return " ".join(filter(None, [value, number.unit, "±", write_tolerance(number)]))


def write_tolerance(number: Number) -> str:
    """Return by how much another number may be off: ``10 %``, or ``0.01`` in the number's own unit."""
    by = Decimal(repr(number.tolerance))
    return _shortest(by) if number.absolute else f"{_shortest(by * 100)} %"


def _shortest(value: Decimal) -> str:
    """Write a number with no nought behind its point that need not be."""
    plain = value.normalize()
    return f"{plain:f}" if abs(plain.adjusted()) < 12 else f"{plain:e}"
