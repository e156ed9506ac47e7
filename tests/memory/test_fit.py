"""Fitting: whether it finds a learner who isn't the average one, and leaves the average one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.learner import OTHERS, Learner, simulate, write
from tutor.errors import UsageError
from tutor.memory.fit import fit
from tutor.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST
from tutor.memory.statistics.log import Log, read_log
from tutor.memory.statistics.recall import log_loss
from tutor.memory.statistics.replay import replay_with

if TYPE_CHECKING:
    from pathlib import Path


def log_of(folder: Path, learner: Learner, questions: int, days: int = 500) -> Log:
    path = str(folder / "store.db")
    write(simulate(learner, questions=questions, days=days, seed=11, lateness=1.0), path)
    return read_log(path)


def test_a_learner_unlike_the_average_is_predicted_as_well_as_can_be(tmp_path: Path) -> None:
    log = log_of(tmp_path, Learner(OTHERS), 2000)
    found = fit(log)
    assert found.improves
    assert found.gain > 2 * found.error
    assert all(low <= w <= high for low, w, high in zip(LOWEST, found.after, HIGHEST, strict=True))
    truth, fitted, usual = (replay_with(log, weights) for weights in (OTHERS, found.after, DEFAULTS))
    losses = [
        log_loss(log.passed[each.tested].astype(float), each.recall[each.tested])
        for each in (truth, fitted, usual)
    ]
    assert losses[1] - losses[0] < 0.1 * (losses[2] - losses[0])
    assert np.abs(truth.recall - fitted.recall)[truth.tested].mean() < 0.015


def test_the_average_learner_gains_nothing_to_speak_of(tmp_path: Path) -> None:
    found = fit(log_of(tmp_path, Learner(), 1000))
    assert found.gain < 2 * found.error
    assert found.before == DEFAULTS


def test_a_deck_is_fitted_alone(tmp_path: Path) -> None:
    log = log_of(tmp_path, Learner(OTHERS), 600)
    chosen = np.arange(len(log.questions)) < 300
    part = fit(log, OTHERS, chosen)
    assert part.tests == np.sum(replay_with(log, OTHERS).tested & chosen[log.question])
    assert part.before == OTHERS
    assert not part.improves or part.gain < 2 * part.error


def test_too_few_answers_are_no_basis(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"too little to fit to: .* at least 100"):
        fit(log_of(tmp_path, Learner(), 10, days=30))
    with pytest.raises(UsageError, match="too little to fit to: 0 answers"):
        fit(read_log(str(tmp_path / "none.db")))


def test_a_fit_is_the_same_again(tmp_path: Path) -> None:
    log = log_of(tmp_path, Learner(OTHERS), 200)
    assert fit(log) == fit(log)
