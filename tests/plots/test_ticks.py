from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.plots.ticks import decades, ladder, linear

ENDS = st.floats(-1e300, 1e300)


@pytest.mark.parametrize(
    ("span", "most", "labels"),
    [
        ((-5.0, 5.0), 5, ["−4", "−2", "0", "2", "4"]),
        ((-5.0, 5.0), 4, ["−5", "0", "5"]),
        ((-2.0, 5.0), 4, ["−2", "0", "2", "4"]),
        ((0.0, 60.0), 4, ["0", "20", "40", "60"]),
        ((0.0, 0.11), 3, ["0", "0.05", "0.1"]),
        ((1e6 + 0.1, 1e6 + 0.3), 3, ["1000000.1", "1000000.2", "1000000.3"]),
    ],
)
def test_linear_ticks_are_round(span: tuple[float, float], most: int, labels: list[str]) -> None:
    assert [label for _, label in linear(span, most)] == labels


@pytest.mark.parametrize(
    ("span", "most", "labels"),
    [
        ((-3.2, 2.0), 4, ["10⁻²", "10⁰", "10²"]),
        ((-3.0, 1.0), 5, ["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"]),
        ((-12.5, 3.0), 4, ["10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"]),
        ((-0.9, -0.1), 4, ["0.2", "0.4", "0.6"]),
    ],
)
def test_decades_are_powers_of_ten(span: tuple[float, float], most: int, labels: list[str]) -> None:
    assert [label for _, label in decades(span, most)] == labels


@given(ENDS, ENDS, st.integers(1, 20))
def test_linear_ticks_lie_on_the_axis(low: float, high: float, most: int) -> None:
    assume(high - low > max(1e-280, 1e-9 * abs(low + high)))
    found = linear((low, high), most)
    assert len(found) <= most
    assert all(-1e-9 <= place <= 1 + 1e-9 for place, _ in found)
    assert [place for place, _ in found] == sorted({place for place, _ in found})
    for place, label in found:
        value = float(label.replace("−", "-"))
        assert math.isclose(value, low + place * (high - low), rel_tol=1e-3, abs_tol=1e-3 * (high - low))


@given(st.floats(-300, 300), st.floats(0.01, 600), st.integers(1, 20))
def test_decades_lie_on_the_axis(low: float, room: float, most: int) -> None:
    high = min(low + room, 300.6)
    assume(high - low >= 0.01)
    found = decades((low, high), most)
    assert len(found) <= most
    assert all(-1e-9 <= place <= 1 + 1e-9 for place, _ in found)


@pytest.mark.parametrize(
    ("span", "most", "labels"),
    [
        ((-2.1, 0.1), 10, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
        ((-2.1, 0.1), 6, ["0.01", "0.1", "1"]),
        ((-4.0, 1.0), 5, ["0.0001", "0.01", "1"]),
        ((-30.0, 3.0), 4, ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "10⁰"]),
        ((-1.02, -0.9), 3, ["0.1", "0.11", "0.12"]),
    ],
)
def test_rates_are_written_out(span: tuple[float, float], most: int, labels: list[str]) -> None:
    assert [label for _, label in ladder(span, most)] == labels


def test_rates_stand_at_their_logarithms() -> None:
    places = {label: place for place, label in ladder((-2.0, 0.0), 9)}
    assert places["0.01"] == 0
    assert places["0.1"] == pytest.approx(0.5)
    assert places["0.2"] == pytest.approx(0.5 + math.log10(2) / 2)
