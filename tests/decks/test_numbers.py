from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.decks.model import Number
from tutor.decks.numbers import read_number, read_value, within, write_number
from tutor.errors import UsageError

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("69 steps ± 10 %", Number(69.0, "steps", "", 0.1)),
        ("0.02 ± 5 %", Number(0.02, "", "", 0.05)),
        ("0.02", Number(0.02, "", "", 0.1)),
        ("0 ± 0.01", Number(0.0, "", "", 0.01, absolute=True)),
        ("−8e-2 gradient steps±0", Number(-0.08, "gradient steps", "", 0.0, absolute=True)),
        ("$10^2$".replace("^", "e"), Number(1000.0, "", "", 0.1)),
        ("91 % ± 2 %", Number(91.0, "%", "", 0.02)),
    ],
)
def test_numbers_are_read(text: str, number: Number) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not a number with its unit"),
        ("1/3", "is not a number with its unit"),
        ("5%", "is not a number with its unit"),
        ("69 steps ± some", "is not a number with its unit"),
        ("1e999", "is not a number: write it as"),
        ("1e99999", "is not a number with its unit"),
        ("1 ± 1e999", "has a tolerance that is too large"),
        ("0", "has a tolerance of 10%; give one in the number's own unit, without %: 0 ± 0.01"),
        ("3 ± 100 %", "has a tolerance of 100%"),
        ("9" * 9999, "is not a number"),
    ],
)
def test_what_is_no_number_is_told(text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as error:
        read_number(text)
    assert complaint in str(error.value)
    assert len(str(error.value)) < 200


@given(
    value=finite.filter(bool),
    unit=st.sampled_from(["", "steps", "% of it", "m/s²"]),
    tolerance=st.floats(0, 0.99),
    absolute=st.booleans(),
)
def test_what_is_written_is_read_again(value: float, unit: str, tolerance: float, absolute: bool) -> None:
    number = Number(value, unit, "why", tolerance, absolute)
    assert read_number(write_number(number), "why") == number


@given(value=st.floats(-1e9, 1e9), share=st.floats(0.001, 0.9))
def test_a_share_of_the_number_may_be_off(value: float, share: float) -> None:
    number = Number(value, "", "", share)
    for sign in (-1, 1):
        assert within(number, value * (1 + sign * share * 0.99))
        assert not value or not within(number, value * (1 + sign * share * 1.01))


@given(value=st.floats(-1e3, 1e3), off=st.floats(0.01, 10.0))
def test_so_much_may_be_off(value: float, off: float) -> None:
    number = Number(value, "", "", off, absolute=True)
    for sign in (-1, 1):
        assert within(number, value + sign * off * 0.99)
        assert not within(number, value + sign * off * 1.01)


def test_ten_per_cent_in_decimals_are_ten_per_cent() -> None:
    assert within(Number(0.1, "", ""), 0.11)
    assert within(Number(0.1, "", ""), 0.09)


def test_a_value_may_come_with_its_unit() -> None:
    assert read_value("69 steps", "steps") == 69.0
    assert read_value("69", "steps") == 69.0
    with pytest.raises(UsageError, match="'69 miles' is not a number"):
        read_value("69 miles", "steps")


def test_what_was_typed_reaches_no_terminal_as_it_is() -> None:
    with pytest.raises(UsageError) as error:
        read_value("\x1b[2J")
    assert str(error.value).isprintable()
