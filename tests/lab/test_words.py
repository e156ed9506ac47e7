from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lab.words import count, exact, number, place, summary
from tutor.optim.verdict import Verdict


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (0.05, "0.05"),
        (0.1 + 0.2, "0.3"),
        (14.24, "14.2"),
        (-4, "−4"),
        (100, "100"),
        (1234, "1,230"),
        (99_999, "1×10⁵"),
        (0.000_12, "0.00012"),
        (0.000_012_34, "1.23×10⁻⁵"),
        (5.88e63, "5.88×10⁶³"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False), st.integers(1, 6))
def test_a_number_reads_back_as_itself_rounded(value: float, digits: int) -> None:
    plain = number(value, digits).replace(",", "").replace("−", "-").replace("×10", "e")
    plain = plain.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    assert float(plain) == float(f"{value:.{digits - 1}e}")


def test_small_words() -> None:
    assert exact(0.123456) == "0.123456"
    assert place((-4.0, 1.6)) == "(−4, 1.6)"
    assert [count(things, "step") for things in (0, 1, 2, 1000)] == [
        "0 steps",
        "1 step",
        "2 steps",
        "1,000 steps",
    ]


def test_summary() -> None:
    crawling, converging, diverging = Verdict.CRAWLING, Verdict.CONVERGING, Verdict.DIVERGING
    assert summary([crawling]) == "A crawls"
    assert summary([crawling, crawling]) == "All crawl"
    assert summary([crawling, converging, diverging]) == "A crawls, B converges, C diverges"
    assert summary([converging, crawling, converging, converging]) == "A, C and D converge, B crawls"
