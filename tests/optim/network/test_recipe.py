"""What cannot be trained."""

from __future__ import annotations

from typing import Any

import pytest

from tests.optim.network.some import FEW, NETWORK
from tutor.errors import UsageError
from tutor.optim.network import Network, Recipe, Run, train, trainer


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"batch": 201}, "a batch of 201 is more than the 200 examples"),
        ({"batch": 0}, "batch must be 1 or more, not 0"),
        ({"epochs": 0}, "epochs must be 1 or more"),
        ({"steps": 0}, "steps must be 1 or more"),
        ({"every": 0}, "every must be 1 or more"),
        ({"init": "hee"}, "unknown initialisation 'hee': did you mean 'he'"),
        ({"dtype": "float16"}, "dtype must be float32 or float64"),
        ({"network": Network((65, 10))}, "65 inputs and 10 outputs cannot tell .* make it 64"),
    ],
)
def test_what_cannot_be_trained_is_refused(given: dict[str, Any], error: str) -> None:
    with pytest.raises(UsageError, match=error):
        next(train(Recipe(**{"network": NETWORK} | given), FEW, [Run(0.1)]))


def test_no_run_no_training() -> None:
    with pytest.raises(UsageError, match="at least one rate"):
        next(train(Recipe(NETWORK), FEW, []))


def test_newton_is_refused_and_the_reason_given() -> None:
    with pytest.raises(UsageError, match="'newton' cannot train a network here: it needs curvatures"):
        trainer("newton")
    with pytest.raises(UsageError, match="unknown optimizer 'adem': did you mean 'adam'"):
        trainer("adem")
