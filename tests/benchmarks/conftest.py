from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.learner import Learner, simulate, write

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = 100_000
DAYS = 1000


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 100,000 questions and over 1,000,000 reviews up to today; copy it before you write."""
    path = tmp_path_factory.mktemp("years") / "store.db"
    begin = date.today() - timedelta(days=DAYS)  # noqa: DTZ011 - about today is enough
    reviews = simulate(Learner(), questions=QUESTIONS, days=DAYS, begin=begin)
    assert len(reviews.day) > 1_000_000
    write(reviews, str(path))
    return path
