from __future__ import annotations

import pytest

from tutor.errors import UsageError
from tutor.optim.integrators import METHODS
from tutor.optim.optimizers import OPTIMIZERS, optimizer

WANTED = (
    "sgd momentum nesterov adagrad adadelta rmsprop adam amsgrad adamw adamax nadam radam sign lion rprop asgd "
    "schedule-free polyak barzilai-borwein newton lbfgs midpoint rk3 rk4 implicit-euler trapezoid"
)


def test_the_rules_that_are_promised() -> None:
    assert set(OPTIMIZERS) == set(WANTED.split())


def test_wrong_settings() -> None:
    with pytest.raises(UsageError, match="did you mean 'momentum'"):
        optimizer("momentums")
    with pytest.raises(
        UsageError, match=r"momentum of optimizer 'momentum' must be a number from 0 to 0\.9999, not 1"
    ):
        optimizer("momentum", momentum=1)
    with pytest.raises(
        UsageError, match=r"unknown parameter of optimizer 'sgd' 'momentum': .*known are clip_norm"
    ):
        optimizer("sgd", momentum=0.9)
    with pytest.raises(
        UsageError, match=r"beta1 of optimizer 'adam' must be a number from 0 to 0\.999999, not 1"
    ):
        optimizer("adam", beta1=1.0)
    with pytest.raises(UsageError, match="clip_norm of optimizer 'newton' must be"):
        optimizer("newton", clip_norm=0)
    with pytest.raises(UsageError, match="step of optimizer 'barzilai-borwein' must be one of long, short"):
        optimizer("barzilai-borwein", step="middle")


def test_all_can_clip() -> None:
    """But for the methods of the gradient flow, which look at slopes of their own."""
    for name in OPTIMIZERS.keys() - METHODS:
        assert {"clip_norm", "clip_value"} <= set(OPTIMIZERS[name].parameters)


def test_only_these_have_a_limit_of_their_own() -> None:
    limited = {name for name in OPTIMIZERS if optimizer(name).stable is not None}
    assert limited == {"sgd", "momentum", "nesterov", "midpoint", "rk3", "rk4"}
    assert optimizer("sgd", weight_decay=0.1).stable is None
    assert optimizer("sgd", clip_norm=1.0).stable == 2.0
