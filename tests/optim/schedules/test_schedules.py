from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.schedules import FEEDBACKS, SCHEDULES, chain, feedback, join, schedule

if TYPE_CHECKING:
    from tutor.optim.tables import Entry

STEPS = 30


def rates(name: str, **set_: object) -> list[float]:
    at = schedule(name, rate=0.4, steps=STEPS, **set_)
    return [at(step) for step in range(STEPS + 3)]


def test_constant() -> None:
    assert rates("constant") == [0.4] * (STEPS + 3)


def test_step_by_torchs_recursion() -> None:
    """torch's StepLR: the last rate times gamma whenever the step is a multiple of step_size."""
    expected, rate = [], 0.4
    for step in range(STEPS + 3):
        rate = rate * 0.3 if step and step % 7 == 0 else rate
        expected.append(rate)
    assert rates("step", step_size=7, gamma=0.3) == pytest.approx(expected, rel=1e-12)
    assert rates("step")[9:11] == pytest.approx([0.4, 0.04])


def test_exponential_by_torchs_recursion() -> None:
    expected = [0.4]
    for _ in range(STEPS + 2):
        expected.append(expected[-1] * 0.9)
    assert rates("exponential", gamma=0.9) == pytest.approx(expected, rel=1e-12)


def test_cosine_by_torchs_recursion() -> None:
    """CosineAnnealingLR in its chained form, up to T_max; then it stays, where torch would rise again."""
    low, span = 0.01, 20
    expected = [0.4]
    for step in range(1, span + 1):
        ratio = (1 + math.cos(math.pi * step / span)) / (1 + math.cos(math.pi * (step - 1) / span))
        expected.append(ratio * (expected[-1] - low) + low)
    got = rates("cosine", T_max=span, eta_min=low)
    assert got[: span + 1] == pytest.approx(expected, rel=1e-9)
    assert got[span:] == [low] * (len(got) - span)


def test_cosine_lasts_for_the_run() -> None:
    got = rates("cosine")
    assert got[0] == 0.4
    assert 0.0 < got[STEPS - 1] < 0.4 / 100
    assert got[STEPS] == got[STEPS + 1] == 0.0


def test_warmup_by_optax() -> None:
    """optax.warmup_constant_schedule: init_value + (peak − init_value)·step/warmup_steps, then the peak."""
    got = rates("warmup", warmup_steps=8, init_value=0.1)
    assert got[:8] == pytest.approx([0.1 + 0.3 * step / 8 for step in range(8)])
    assert got[8:] == [0.4] * (len(got) - 8)


def test_warmup_wastes_no_step() -> None:
    got = rates("warmup")  # a fifth of 30 steps
    assert got[:7] == pytest.approx([0.4 * (step + 1) / 7 for step in range(7)])
    assert rates("warmup", init_value=0)[0] == 0.0


def test_warmup_cosine_by_optax() -> None:
    """optax.warmup_cosine_decay_schedule, whose decay_steps count the warmup."""
    got = rates("warmup-cosine", warmup_steps=6, init_value=0.1, decay_steps=26, end_value=0.05)
    assert got[:7] == pytest.approx([0.1 + 0.3 * step / 6 for step in range(7)])
    decay = [0.05 + 0.35 * 0.5 * (1 + math.cos(math.pi * k / 20)) for k in range(20)]
    assert got[6:26] == pytest.approx(decay)
    assert got[26:] == [0.05] * (len(got) - 26)


def test_inverse_sqrt() -> None:
    assert rates("inverse-sqrt") == pytest.approx([0.4 / math.sqrt(t) for t in range(1, STEPS + 4)])


def test_inverse_sqrt_of_the_transformer() -> None:
    """Vaswani et al. 2017, equation 3, with d_model such that the peak is 0.4."""
    warmup, width = 7, 1 / (7 * 0.4**2)
    noam = [width**-0.5 * min(t**-0.5, t * warmup**-1.5) for t in range(1, STEPS + 4)]
    assert rates("inverse-sqrt", warmup_steps=warmup) == pytest.approx(noam)
    assert max(noam) == noam[warmup - 1]


@pytest.mark.parametrize(
    ("shape", "left"), [("linear", [0.75, 0.5, 0.25]), ("sqrt", [0.5, 1 - math.sqrt(0.5), 1 - math.sqrt(0.75)])]
)
def test_wsd(shape: str, left: list[float]) -> None:
    got = rates("wsd", warmup_steps=5, decay_steps=4, shape=shape, end_value=0.1)
    assert got[:5] == pytest.approx([0.4 * (step + 1) / 6 for step in range(5)])
    assert got[5:27] == [0.4] * 22
    assert got[27:30] == pytest.approx([0.1 + 0.3 * share for share in left])
    assert got[30:] == [0.1] * 3


def test_wsd_by_default_and_without_a_warmup() -> None:
    got = rates("wsd")  # 3 steps up, the last 6 down to 0 at step 30
    assert got[:4] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert got[24:31] == pytest.approx([0.4 * (30 - step) / 6 for step in range(24, 31)])
    assert rates("wsd", warmup_steps=0)[0] == 0.4
    cosine = rates("wsd", shape="cosine", decay_steps=10)
    assert cosine[25] == pytest.approx(0.2)


def shrinking(got: np.ndarray) -> float:
    """The factor by which these rates shrink the worst error on a quadratic with μ = 1 and L = 100."""
    curvatures = np.linspace(1, 100, 10_001)
    return float(np.abs(np.prod(1 - got[:, None] * curvatures, axis=0)).max())


def test_chebyshev_beats_any_constant_rate() -> None:
    """Young 1953: T rates shrink the error by 2ρᵀ/(1+ρ²ᵀ), ρ = (√κ−1)/(√κ+1)."""
    best = 2 / 101
    at = schedule("chebyshev", rate=best, steps=STEPS, kappa=100)
    got = np.array([at(step) for step in range(8)])
    assert shrinking(got) == pytest.approx(0.386063, abs=5e-7)
    assert shrinking(np.full(8, best)) == pytest.approx(0.852139, abs=5e-7)
    assert (got > 2 / 100).sum() == 4
    assert [at(step) for step in range(8, 16)] == got.tolist()  # and begins anew
    assert at(0) == got.min()


@pytest.mark.parametrize("count", [1, 5, 64])
def test_chebyshev_has_the_rates_of_the_polynomials_roots(count: int) -> None:
    at = schedule("chebyshev", rate=2 / 101, steps=1, kappa=100, T=count)
    roots = np.polynomial.chebyshev.chebroots([0] * count + [1])
    expected = 1 / (50.5 + 49.5 * roots)
    np.testing.assert_allclose(sorted(map(at, range(count))), sorted(expected), rtol=1e-9)


def test_chebyshev_in_an_order_that_stays_calm() -> None:
    """In the order of their size the same rates amplify some error more than a million times on the way."""
    at = schedule("chebyshev", rate=2 / 101, steps=1, kappa=100, T=64)
    curvatures = np.linspace(1, 100, 1001)
    ordered = np.array([at(step) for step in range(64)])
    assert np.abs(np.cumprod(1 - ordered[:, None] * curvatures, axis=0)).max() < 50
    assert np.abs(np.cumprod(1 - np.sort(ordered)[::-1][:, None] * curvatures, axis=0)).max() > 1e6
    rho = 9 / 11
    assert shrinking(ordered) == pytest.approx(2 * rho**64 / (1 + rho**128), rel=1e-3)


def test_chebyshev_of_a_round_bowl_is_constant() -> None:
    assert rates("chebyshev", kappa=1) == [0.4] * (STEPS + 3)


LASTING = {
    "constant",
    "constant-factor",
    "linear",
    "polynomial",
    "cosine",
    "warmup",
    "warmup-cosine",
    "wsd",
} | {name for name in SCHEDULES if name.startswith(("one-cycle", "piecewise", "multi-step"))}
"""Those that hold their last rate; the others go on, as torch's or optax's do."""


@settings(max_examples=80)
@given(st.sampled_from(sorted(SCHEDULES)), st.floats(1e-6, 10), st.integers(1, 500))
def test_every_schedule_wastes_no_step_and_never_exceeds_its_rate(name: str, rate: float, steps: int) -> None:
    at = schedule(name, rate=rate, steps=steps)
    got = [at(step) for step in (*range(min(steps, 50)), steps - 1)]
    later = [at(step) for step in (steps, steps + 1, 10 * steps, 10**9)]
    highest = 10.1 * rate if name == "chebyshev" else rate
    assert min(got) > 0.0
    assert all(0.0 <= value <= highest * (1 + 1e-12) for value in got + later)
    if name in LASTING and steps > 1:
        assert set(later) == {later[0]}


@pytest.mark.parametrize("name", [*SCHEDULES, *FEEDBACKS])
def test_every_row_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    entry: Entry[Any] = SCHEDULES[name] if name in SCHEDULES else FEEDBACKS[name]
    assert 20 < len(entry.about) < 100
    assert re.search(r"torch|optax|\d{4}\)", entry.build.__doc__ or "")
    assert all(parameter.about for parameter in entry.parameters.values())


def test_chain_multiplies() -> None:
    step, fall = schedule("step", rate=0.4, steps=9), schedule("exponential", rate=0.4, steps=9, gamma=0.5)
    both = chain([step, fall], 0.4)
    assert both(4) == pytest.approx(0.4 * 0.1 * 0.5**4)


def test_join_counts_from_each_boundary() -> None:
    both = join([lambda step: 10 + step, lambda step: 20 + step], [3])
    assert [both(step) for step in range(6)] == [10, 11, 12, 20, 21, 22]
    for boundaries in ([], [0], [1, 2]):
        with pytest.raises(UsageError, match="2 schedules are joined at 1 steps, each later than the last"):
            join([both, both], boundaries)


def test_reduce_on_plateau() -> None:
    """A frozen value: the same one can watch any number of runs."""
    fresh = feedback("reduce-on-plateau", rate=1.0, patience=1, factor=0.5)
    watching = fresh
    got = []
    for loss in (3.0, 2.0, 2.0, 2.5, 1.0, math.nan, math.inf, 0.9):
        watching = watching.observe(loss)
        got.append(watching.rate)
    assert got == [1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25]
    assert fresh.rate == 1.0


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("cosin", {}, "did you mean 'cosine'"),
        ("step", {"step_size": 2.5}, r"step_size of schedule 'step' must be a whole number .* not 2.5"),
        ("warmup-cosine", {"warmup_steps": 5, "decay_steps": 5}, "decay_steps counts the warmup too"),
        ("multi-step", {"milestones": [3, "x"]}, "each of milestones of schedule 'multi-step' must be a whole"),
        ("multi-step", {"milestones": []}, "must be a list of 1 to 1000 numbers, not 0"),
        (
            "piecewise-constant",
            {"boundaries": [1, 2], "scales": [1]},
            "a scale for each boundary: 2 of them, not 1",
        ),
        ("cyclic", {"mode": "square"}, "mode of schedule 'cyclic' must be one of triangular, .* not 'square'"),
        ("exponential", {"staircase": 1}, "staircase of schedule 'exponential' must be true or false, not 1"),
        ("one-cycle", {"three_phase": True, "pct_start": 0.6}, "pct_start up to 0.5, not 0.6"),
        ("one-cycle-linear", {"pct_final": 0.2}, "pct_final must be more than the pct_start of 0.3"),
        ("wsd", {"warmup_steps": 8, "decay_steps": 8, "total_steps": 9}, "do not fit into 9"),
        ("reduce-on-plateau", {}, "'reduce-on-plateau' has no timetable: it watches the loss"),
    ],
)
def test_wrong_settings(name: str, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        schedule(name, rate=1, steps=9, **wrong)


def test_a_list_may_be_one_number() -> None:
    assert rates("multi-step", milestones=4) == rates("multi-step", milestones=[4])
