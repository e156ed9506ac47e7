from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from tutor.memory.statistics.shares import Share, share_of, shares_by, unguessed, wilson


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_is_scipys(counts: tuple[int, int]) -> None:
    passed, total = counts
    found = binomtest(passed, total).proportion_ci(method="wilson")
    assert wilson(passed, total) == pytest.approx((found.low, found.high), abs=1e-12)


def test_of_nothing_nothing_is_known() -> None:
    none = Share(0, 0, math.nan)
    assert math.isnan(none.share)
    assert (none.low, none.high) == (0.0, 1.0)


def test_guessing_makes_seventy_per_cent_look_like_77() -> None:
    assert unguessed(0.775, 0.25) == pytest.approx(0.7)
    assert unguessed(0.2, 0.25) == 0.0
    assert unguessed(0.9, 0.0) == 0.9


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.integers(-1, 3)), max_size=40))
def test_by_group_is_one_group_after_another(answers: list[tuple[bool, float, int]]) -> None:
    passed = np.array([right for right, _, _ in answers], dtype=bool)
    expected = np.array([p for _, p, _ in answers])
    group = np.array([n for _, _, n in answers], dtype=np.int64)
    chance = np.full(len(answers), 0.25)
    for n, found in enumerate(shares_by(passed, expected, chance, group, 4)):
        alone = share_of(passed, expected, chance, group == n)
        assert (found.passed, found.total) == (alone.passed, alone.total)
        assert found.expected == pytest.approx(alone.expected, nan_ok=True)
        assert found.guessed == pytest.approx(alone.guessed)
