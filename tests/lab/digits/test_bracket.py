"""The rules of bracketing on made-up losses, and a bracket of the real digits."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.digits.made_up import tried
from tests.lab.digits.small import SMALL
from tutor.errors import UsageError
from tutor.lab.digits.bracket import Bracket, bracket
from tutor.lab.digits.bracket_plan import Plan, coarse, following, readable
from tutor.lab.digits.bracket_view import BracketState
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.spread import give_or_take
from tutor.lab.digits.workshop import Workshop
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lab.digits.bracket_plan import End

GRID = (0.01, 0.1, 1.0)


def bracketed(
    loss: Callable[[float], float], grid: tuple[float, ...] = GRID, spread: float = 0.0
) -> BracketState:
    """Bracket a made-up loss of the rate, infinite where it diverges."""
    state = BracketState("digits", 3)
    plan: Plan | None = coarse(grid)
    ended: End | None = None
    while plan:
        rates = plan.rates
        state = state.begin(plan).updated(tuple(tried(rate, loss(rate), spread) for rate in rates), 1.0)
        plan, ended = following(state.rounds, 8)
    return replace(state, ended=ended)


def valley(best: float, limit: float) -> Callable[[float], float]:
    """Make a loss that is lowest at ``best`` and diverges from ``limit`` on."""
    return lambda rate: math.inf if rate >= limit else 0.1 + math.log10(rate / best) ** 2


def whys(state: BracketState) -> list[str]:
    return [done.why for done in state.rounds]


@settings(max_examples=60)
@given(st.floats(-5, 3), st.floats(0.1, 3))
def test_it_finds_the_bottom_of_any_valley(power: float, room: float) -> None:
    best = 10.0**power
    state = bracketed(valley(best, best * 10**room))
    assert state.best is not None
    assert abs(math.log10(state.best.rate / best)) < 0.25
    assert state.finished
    assert state.ended in {"plateau", "finest"} or abs(power) > 2


def test_the_best_inside_the_grid_is_refined_around() -> None:
    state = bracketed(valley(0.2, 0.9))
    assert state.rounds[0].rates == GRID
    assert state.rounds[1].rates == (0.03, 0.3)
    assert set(whys(state)[1:]) == {"finer"}
    assert state.ended == "plateau"
    assert len(state.rounds) <= 5


def test_the_best_at_an_edge_widens_the_grid_and_says_so() -> None:
    state = BracketState("digits", 3).begin(coarse(GRID))
    state = state.updated(tuple(tried(rate, 1 / rate) for rate in GRID), 1.0)
    plan, _ = following(state.rounds, 8)
    assert plan == Plan((10.0,), "higher")
    assert state.begin(plan).outcome().verdict == (
        "Round 2: the best, 1, is the largest tried: the grid is widened to 10."
    )
    assert whys(bracketed(valley(30.0, 100.0)))[:3] == ["coarse", "higher", "higher"]
    assert whys(bracketed(valley(0.002, 0.1)))[:2] == ["coarse", "lower"]


def test_a_cliff_beside_the_best_is_no_edge() -> None:
    assert "higher" not in whys(bracketed(valley(0.5, 0.9)))


def test_if_all_diverge_lower_rates_are_tried_and_at_last_given_up() -> None:
    state = bracketed(valley(1e-4, 1e-3))
    assert whys(state)[1] == "lower"
    assert state.best is not None
    assert state.best.rate == pytest.approx(1e-4, rel=0.9)
    hopeless = bracketed(lambda _: math.inf)
    assert (hopeless.best, hopeless.ended) == (None, "all diverge")
    assert hopeless.outcome().verdict.startswith("Every rate from ")
    assert hopeless.record()["best_rate"] is None


def test_one_seed_that_diverges_makes_a_rate_diverging() -> None:
    state = BracketState("digits", 3).begin(coarse((0.1, 1.0)))
    state = state.updated((tried(0.1, 0.5), tried(1.0, 0.1, diverged=1)), 1.0)
    assert state.best is not None
    assert state.best.rate == 0.1
    assert "1 of 3 diverge" in state.table()[2]
    assert state.record()["rounds"][0]["validation_loss"] == [pytest.approx(0.5), None]


def test_a_plateau_within_the_spread_of_the_seeds_ends_it() -> None:
    quiet, noisy = bracketed(valley(0.23, 5), spread=0.0), bracketed(valley(0.23, 5), spread=0.2)
    assert len(noisy.rounds) <= len(quiet.rounds)
    assert "Within the spread" in noisy.outcome().verdict


def test_the_answer_can_be_read_without_a_manual() -> None:
    state = bracketed(lambda rate: math.inf if rate >= 0.9 else valley(0.1, 5)(rate), spread=0.01)
    verdict = state.outcome().verdict
    assert verdict.startswith("Take η = 0.1: validation loss 0.100 ± 0.010 over 3 seeds; 10 × more diverges.")
    assert state.outcome().limit == 1.0


@given(st.floats(1e-8, 1e5))
def test_readable_rates_are_near_and_short(rate: float) -> None:
    assert readable(rate) == pytest.approx(rate, rel=0.0601)
    assert len(f"{readable(rate):.12g}".strip("0.").replace(".", "").split("e")[0].strip("0")) <= 3


def test_the_spread_is_written_as_finely_as_it_is_known() -> None:
    assert give_or_take(0.11237, 0.0083) == "0.112 ± 0.008"
    assert give_or_take(0.11237, 0.0123) == "0.112 ± 0.012"
    assert give_or_take(2.1, 0.3) == "2.1 ± 0.3"
    assert give_or_take(2.1, 0.0) == "2.1"
    assert give_or_take(math.inf, 0.0) == "∞"


def test_a_bracket_of_the_digits() -> None:
    states = list(bracket(Bracket(Problem(examples=500, width=32, epochs=5), seeds=2), Workshop()))
    *_, last = states
    assert last.best is not None
    assert 0.05 < last.best.rate < 1.0
    assert last.best.accuracy > 0.8
    shares = [state.progress.share for state in states]
    assert shares == sorted(shares)
    assert all(len(state.progress.doing) <= 40 for state in states)
    assert [state.finished for state in states[-2:]] == [False, True]
    record = json.loads(json.dumps(last.record(), allow_nan=False))
    assert record["best_rate"] == last.best.rate
    assert record["rounds"][0]["rates"] == list(GRID)
    figure = last.outcome().figure
    assert isinstance(figure, Curves)
    (points,) = figure.points
    assert (figure.log_x, figure.cursor) == (True, last.best.rate)
    np.testing.assert_array_equal(points.x, [each.rate for each in last.tried])
    assert points.signs == "".join(
        str(next(n for n, done in enumerate(last.rounds, 1) if rate in done.rates))
        for rate in points.x.tolist()
    )


def test_every_partial_state_can_be_shown() -> None:
    for state in bracket(Bracket(SMALL, rates=(0.1, 1e5), seeds=2), Workshop()):
        outcome = state.outcome()
        assert outcome.verdict.endswith(".")
        assert "nan" not in " ".join([*state.table(), outcome.description, outcome.verdict])
        assert all(len(row) <= 78 for row in state.table())


def test_what_cannot_be_trained_is_told_at_once() -> None:
    with pytest.raises(UsageError, match=r"a batch of 201 is more than the 200 examples"):
        next(bracket(Bracket(replace(SMALL, batch=201)), Workshop()))
