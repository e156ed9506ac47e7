from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.schedules import SCHEDULES, schedule

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


@settings(max_examples=60)
@given(st.sampled_from(sorted(SCHEDULES)), st.floats(1e-6, 10), st.integers(1, 500))
def test_every_schedule_starts_above_zero_and_never_exceeds_its_rate(
    name: str, rate: float, steps: int
) -> None:
    at = schedule(name, rate=rate, steps=steps)
    got = [at(step) for step in (*range(min(steps, 50)), steps - 1, steps, steps + 1, 10 * steps)]
    assert got[0] > 0.0
    assert all(0.0 <= value <= rate * (1 + 1e-12) for value in got)


def test_wrong_settings() -> None:
    with pytest.raises(UsageError, match="did you mean 'cosine'"):
        schedule("cosin", rate=1, steps=2)
    with pytest.raises(UsageError, match=r"step_size of schedule 'step' must be a whole number .* not 2.5"):
        schedule("step", rate=1, steps=2, step_size=2.5)
    with pytest.raises(UsageError, match="decay_steps counts the warmup too"):
        schedule("warmup-cosine", rate=1, steps=9, warmup_steps=5, decay_steps=5)
