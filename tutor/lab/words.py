"""Numbers and verdicts as a learner reads them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.lab.curves import LETTERS
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

DEEDS: dict[Verdict, tuple[str, str]] = {
    Verdict.CRAWLING: ("crawls", "crawl"),
    Verdict.CONVERGING: ("converges", "converge"),
    Verdict.OSCILLATING: ("oscillates", "oscillate"),
    Verdict.DIVERGING: ("diverges", "diverge"),
    Verdict.STALLED: ("stalls", "stall"),
}
"""What one run does, and what several do."""


def number(value: float, digits: int = 3) -> str:
    """Write a number with some significant digits: 0.0512, −4, 1,230, 3.4×10⁴⁵."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if -5 < power < 5:
        text = _trimmed(f"{float(f'{mantissa}e{power}'):,.{max(0, digits - 1 - power)}f}")
    else:
        text = f"{_trimmed(mantissa)}×10{str(power).translate(SUPERSCRIPTS)}"
    return "0" if value == 0 else text.replace("-", "−")


def _trimmed(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def exact(rate: float) -> str:
    """Write a rate as it was set, to six digits."""
    return number(rate, digits=6)


def place(point: Iterable[float]) -> str:
    """Write a point as (−4, 1.4), to two digits."""
    return f"({', '.join(number(x, digits=2) for x in point)})"


def count(things: int, thing: str) -> str:
    """Write '1 step' or '60 steps'."""
    return f"{things:,} {thing}{'' if things == 1 else 's'}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """Tell the fates of the runs A, B, C…, as in 'A crawls, B and C converge'."""
    return together([DEEDS[verdict] for verdict in verdicts])


def together(deeds: Sequence[tuple[str, str]]) -> str:
    """Tell what A, B, C… do, each given as what one does and what several do; those that do the same as one."""
    if len(deeds) > 1 and len(set(deeds)) == 1:
        return f"All {deeds[0][1]}"
    told = []
    for deed in dict.fromkeys(deeds):
        who = [letter for letter, other in zip(LETTERS, deeds, strict=False) if other == deed]
        told.append(f"{listing(who)} {deed[len(who) > 1]}")
    return ", ".join(told)


def listing(words: Iterable[str]) -> str:
    """Join words as in 'A, B and C'."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
