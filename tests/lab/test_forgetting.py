"""The experiment "your own forgetting"."""

from __future__ import annotations

import pytest

from tests.optim.objectives.test_forgetting import ANSWERS, ELAPSED, sampled
from tutor.errors import UsageError
from tutor.lab.forgetting import METHODS, own_forgetting
from tutor.plots.figure import Contour

PASSED = sampled(0.2, -1.2)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_fits_at_its_own_rate(method: str) -> None:
    experiment = own_forgetting(ELAPSED.tolist(), PASSED.tolist(), ANSWERS.tolist(), method)
    assert experiment.rate in experiment.rates
    found = experiment.outcome()
    assert isinstance(found.figure, Contour)
    assert any(readout.startswith("R(S) = 0.9") for readout in found.readouts)
    assert all(len(readout) <= 30 for readout in found.readouts)


def test_a_rate_above_the_limit_diverges_and_is_told() -> None:
    experiment = own_forgetting(ELAPSED.tolist(), PASSED.tolist(), ANSWERS.tolist(), "sgd")
    limit = experiment.outcome().limit
    assert limit
    assert "iverging" in experiment.outcome(4 * limit).verdict
    assert "rawling" in experiment.outcome(0.01 * limit).verdict


def test_an_unknown_method_is_told() -> None:
    with pytest.raises(UsageError, match="did you mean 'adam'"):
        own_forgetting([0.5, 1.0, 2.0], [3.0, 3, 3], [4.0, 4, 4], "adm")
