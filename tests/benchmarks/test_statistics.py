"""The statistics' promise: all of them in about the time that reading the log as rows takes."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.test_core import ratio
from tests.learner import OTHERS, Learner, simulate, write
from tutor.memory.fit import fit
from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics.log import read_log
from tutor.memory.statistics.summary import Known, statistics

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.benchmark_ratio

QUESTIONS, DAYS = 20_000, 1000
"""About 200,000 reviews: a fifth of ten years."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("years") / "store.db"
    write(simulate(Learner(OTHERS), questions=QUESTIONS, days=DAYS, seed=1), str(path))
    return path


def test_all_statistics_cost_no_more_than_reading_the_rows(store: Path) -> None:
    names = read_log(str(store)).questions
    known = Known({}, {name: name[:9] for name in names}, dict.fromkeys(names, "deck"))

    def ours() -> None:
        statistics(read_log(str(store)), date(2026, 11, 23), known)

    def rows() -> None:
        db = sqlite3.connect(store)
        db.execute("SELECT question, day, rating, correct, hints, confidence, ms, kind FROM reviews").fetchall()
        db.close()

    assert ratio(ours, rows) <= 1.5


def test_a_judged_fit_costs_few_bare_trainings(store: Path) -> None:
    import fsrs_rs_python as fsrs_rs

    log = read_log(str(store))
    items: list[fsrs_rs.FSRSItem] = []
    past: list[fsrs_rs.FSRSReview] = []
    elapsed = [0, *(later - day for day, later in zip(log.day.tolist(), log.day.tolist()[1:], strict=False))]
    for fresh, rating, days in zip(log.fresh.tolist(), log.rating.tolist(), elapsed, strict=True):
        past = [fsrs_rs.FSRSReview(rating, 0)] if fresh else [*past, fsrs_rs.FSRSReview(rating, days)]
        if days and not fresh:
            items.append(fsrs_rs.FSRSItem(past))
    assert ratio(lambda: fit(log), lambda: fsrs_rs.FSRS(list(DEFAULTS)).compute_parameters(items)) <= 6
