"""Logs of simulated learners, in stores."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.learner import OTHERS, Learner, Reviews, simulate, write
from tutor.memory.statistics.log import Log, read_log

if TYPE_CHECKING:
    from collections.abc import Callable

    Simulated = tuple[Reviews, Log]


@cache
def _simulated(*, unlike: bool, options: int) -> Simulated:
    learner = Learner(OTHERS, options=options) if unlike else Learner(options=options)
    reviews = simulate(learner, questions=400, days=400, seed=7, new_days=300)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "store.db")
        write(reviews, path)
        return reviews, read_log(path)


@pytest.fixture
def simulated() -> Callable[..., Simulated]:
    """Some thousand reviews of a learner whose memory is the tutor's, or is ``unlike`` it, who may guess."""

    def simulated(*, unlike: bool = False, options: int = 0) -> Simulated:
        return _simulated(unlike=unlike, options=options)

    return simulated
