"""What training hands out on its way, and how it goes on after a break."""

from __future__ import annotations

import io
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from tests.optim.network.some import FEW, NETWORK, assert_same, ended
from tutor.errors import UsageError
from tutor.optim.network import Checkpoint, Network, Recipe, Run, Training, train, trainer
from tutor.optim.schedules import feedback


def test_partial_results_never_change_and_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.optim.network.stack.WORK", 1.0)
    recipe = Recipe(NETWORK, optimizer=trainer("adam"), steps=50, every=20, batch=20)
    states, copies = [], []
    for state in train(recipe, FEW, [Run(0.01), Run(1e9)]):
        states.append(state)
        copies.append({part.name: np.copy(getattr(state, part.name)) for part in fields(Training)[1:10]})
    assert [state.step for state in states] == [0, 16, 32, 48, 50]
    assert [state.finished for state in states] == [False, False, False, False, True]
    for state, copy in zip(states, copies, strict=True):
        assert state.losses.shape == state.rates.shape == (2, state.step)
        for name, before in copy.items():
            np.testing.assert_array_equal(getattr(state, name), before, name)
        with pytest.raises(ValueError, match="read-only"):
            state.losses[...] = 0.0


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam", "lbfgs", "asgd", "schedule-free", "radam"])
def test_it_goes_on_from_any_checkpoint_as_if_nothing_had_been(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.optim.network.stack.WORK", 1.0)
    recipe = Recipe(
        NETWORK,
        optimizer=trainer(name),
        schedule=lambda rate, _: feedback("reduce-on-plateau", rate=rate, patience=0, threshold=0.3),
        batch=20,
        steps=70,
        every=11,
        sharpness=True,
    )
    runs = [Run(0.02), Run(1e9), Run(0.1, 1)]
    *states, last = train(recipe, FEW, runs)
    assert len(states) > 3
    for state in (*states, last):
        file = io.BytesIO()
        arrays: dict[str, Any] = {**state.checkpoint.arrays}
        np.savez(file, **arrays)
        file.seek(0)
        with np.load(file, allow_pickle=False) as stored:
            again = Checkpoint(dict(stored))
        first, *_ = resumed = list(train(recipe, FEW, runs, resume=again))
        assert first.step == state.step
        assert_same(first, state)
        assert_same(resumed[-1], last)


@pytest.mark.parametrize(
    "change",
    [
        {"network": Network((64, 13, 10))},
        {"steps": 3},
        {"every": 2},
        {"sharpness": True},
    ],
)
def test_a_checkpoint_of_another_training_is_refused(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {"network": NETWORK, "steps": 20, "every": 5}
    checkpoint = ended(Recipe(**given), [Run(0.1)]).checkpoint
    with pytest.raises(UsageError, match="checkpoint is of another training"):
        next(train(Recipe(**given | change), FEW, [Run(0.1)], resume=checkpoint))
    with pytest.raises(UsageError, match="checkpoint is of another training"):
        next(train(Recipe(**given), FEW, [Run(0.1), Run(0.2)], resume=checkpoint))
    with pytest.raises(UsageError, match="checkpoint is of another training"):
        next(train(Recipe(**given), FEW, [Run(0.1)], resume=Checkpoint({})))
