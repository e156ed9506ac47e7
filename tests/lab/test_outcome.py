from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.lab.experiments import instant
from tutor.lab.outcome import rates_around

BOWL = {"kind": "descent", "objective": "quadratic", "rate": 0.03}


def test_the_rates_go_one_two_five() -> None:
    assert rates_around(0.05) == (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
    assert 0.03 in rates_around(0.03)
    assert rates_around(1e-5)[0] == 1e-6
    assert rates_around(30.0)[-1] == 200.0


@given(st.floats(1e-9, 1e6))
def test_the_default_can_always_be_turned_both_ways(default: float) -> None:
    rates = rates_around(default)
    assert list(rates) == sorted(set(rates))
    assert 0 < rates.index(default) < len(rates) - 1


def test_outcome_without_a_rate_is_that_of_the_default() -> None:
    made = instant(BOWL)
    assert made.outcome().readouts == made.outcome(0.03).readouts
    assert made.outcome().readouts[0] == "η = 0.03"
    assert made.outcome(0.04).readouts[0] == "η = 0.04"


@pytest.mark.parametrize("rate", [0.0, -1.0, 1e300, float("nan"), float("inf")])
def test_a_rate_out_of_range_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="a rate is a number from 1e-09 to 1,000,000, not"):
        instant(BOWL).outcome(rate)
