"""The simulated learner: what it is told to be, alone and at the real session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.desk import Desk
from tests.learner import OTHERS, Learner, Pupil, name, simulate, sit, write
from tutor.memory.statistics.log import read_log
from tutor.memory.statistics.replay import replay_with
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "decks").mkdir()
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_answers_are_right_as_often_as_they_should_be() -> None:
    reviews = simulate(Learner(OTHERS), questions=3000, days=500)
    tested = np.isfinite(reviews.recall) & (reviews.recall < 1)
    error = np.sqrt(np.sum(reviews.recall[tested] * (1 - reviews.recall[tested]))) / tested.sum()
    assert abs((reviews.rating[tested] > 1).mean() - reviews.recall[tested].mean()) < 4 * error
    assert (np.diff(reviews.day) >= 0).all()
    last = dict(zip(reviews.question.tolist(), reviews.rating.tolist(), strict=True))
    assert 1 not in last.values()  # what is failed is asked again on the same day


def test_a_log_is_the_same_again() -> None:
    one, other = (simulate(Learner(), questions=50, days=100, seed=5) for _ in range(2))
    np.testing.assert_array_equal(one.rating, other.rating)


def test_a_written_log_is_a_store_like_any(tmp_path: Path) -> None:
    reviews = simulate(Learner(), questions=20, days=60)
    path = str(tmp_path / "store.db")
    write(reviews, path)
    with Store(path) as store:
        assert len(store.reviews()) == len(reviews.day)
        assert store.states().keys() <= {name(n) for n in range(20)}
        before = store.states()
        store.rebuild()
        assert store.states() == before


def test_a_pupil_goes_through_real_sessions_and_forgets_as_told(desk: Desk) -> None:
    for n in range(6):
        desk.write(f"card{n}", *(f"c{n}q{m}" for m in range(4)), paragraphs=1)
    pupil = Pupil(Learner(OTHERS), seed=4)
    session_days = 60
    answers = 0
    for _ in range(session_days):
        today = date.fromordinal(date(1970, 1, 1).toordinal() + desk.now.ms // 86_400_000)
        session = desk.session()
        answers += sit(session, pupil, today, lambda ms: desk.wait(ms=ms))
        desk.close()
        desk.wait(days=1)
    log = read_log(str(desk.folder / "store.db"))
    assert len(log.day) == answers > 100
    past = replay_with(log, OTHERS)
    tested = past.tested
    assert np.sort(past.recall[tested]) == pytest.approx(sorted(recall for _, recall, _ in pupil.recalls))
    assert log.passed[tested].sum() == sum(remembered for *_, remembered in pupil.recalls)
