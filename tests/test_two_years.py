"""Two years of daily reviews through the real session, by a learner whose memory is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pytest

from tests.desk import DAY, Desk
from tests.learner import OTHERS, Learner, Pupil, simulate, sit
from tutor.memory.fit import fit
from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics.log import Log, read_log
from tutor.memory.statistics.replay import replay_with
from tutor.memory.statistics.summary import Known, Statistics, statistics

YEARS = 730
CARDS, EACH = 60, 5


class Life(NamedTuple):
    """What came of the two years."""

    pupil: Pupil
    answers: int
    log: Log
    found: Statistics


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    desk = Desk(tmp_path_factory.mktemp("life"))
    for n in range(CARDS):
        desk.write(f"card{n:02}", *(f"card{n:02}-q{m}" for m in range(EACH)), paragraphs=1)
    library, pupil, answers = desk.library(), Pupil(Learner(OTHERS), seed=4), 0
    begin = date(2026, 11, 23)
    noon = desk.now
    for n in range(YEARS):
        desk.now = noon._replace(ms=noon.ms + n * DAY)
        today = begin + timedelta(days=n)
        answers += sit(desk.session(library=library), pupil, today, lambda ms: desk.wait(ms=ms))
        desk.close()
        desk.stores.clear()
    log = read_log(str(desk.folder / "store.db"))
    return Life(pupil, answers, log, statistics(log, today, Known({}, {}, {})))


def test_every_answer_is_there(life: Life) -> None:
    assert len(life.log.day) == life.answers
    assert sum(day.answers for day in life.found.days) == life.answers
    assert len(life.log.questions) == CARDS * EACH
    assert life.found.streak.longest <= YEARS


def test_the_true_retention_lies_in_its_interval(life: Life) -> None:
    truth = np.mean([recall for _, recall, _ in life.pupil.recalls])
    share = life.found.periods[-1].share
    assert share.total == len(life.pupil.recalls)
    assert share.low < truth < share.high
    assert not share.low < share.expected < share.high  # this learner is not the average one, and it shows


def test_the_workload_is_that_of_the_simulation(life: Life) -> None:
    first_days = life.log.day[life.log.fresh]
    begun_in = int(first_days.max() - first_days.min() + 1)
    loads = [
        len(
            simulate(
                Learner(OTHERS), questions=CARDS * EACH, days=YEARS, new_days=begun_in, lateness=0, seed=n
            ).day
        )
        for n in range(5)
    ]
    assert life.answers == pytest.approx(np.mean(loads), rel=0.1)


def test_the_fitted_parameters_predict_as_the_true_ones_do(life: Life) -> None:
    found = fit(life.log)
    assert found.improves
    truth, fitted, usual = (replay_with(life.log, weights) for weights in (OTHERS, found.after, DEFAULTS))
    tested = truth.tested
    off = [np.abs(each.recall - truth.recall)[tested].mean() for each in (fitted, usual)]
    assert off[0] < 0.02
    assert off[0] < 0.5 * off[1]
