"""The rule of linear scaling, by the numbers of those who made it known (Goyal et al. 2017)."""

from __future__ import annotations

import pytest

from tutor.lab.digits.presets import scaled_rate
from tutor.optim.schedules import schedule

IMAGES, BASE, BATCH = 1_281_167, 256, 8192


def test_a_batch_of_8192_takes_32_times_the_rate_after_five_epochs_of_warmup() -> None:
    rate = scaled_rate(0.1, BASE, BATCH)
    assert rate == pytest.approx(3.2)
    steps = 5 * (IMAGES // BATCH)
    at = schedule("linear", rate=rate, steps=10 * steps, start_factor=BASE / BATCH, total_iters=steps)
    assert at(0) == pytest.approx(0.1)
    assert at(steps) == at(2 * steps) == pytest.approx(3.2)
    assert at(steps // 2) == pytest.approx(1.65, rel=1e-2)
