"""Two years of the real routine, by a learner whose memory is known."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tests.learner import Learner, Pupil, sit
from tutor.config import Settings
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 730
CARDS, QUESTIONS = 12, 5
NEW_PER_DAY = 3


@pytest.fixture(scope="module")
def years() -> Iterator[tuple[Desk, Pupil]]:
    """The desk and the learner after two years, with a holiday of three weeks in the middle."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), settings=Settings(new_per_day=NEW_PER_DAY, easy_days=("sun",)))
        for n in range(CARDS):
            desk.write(f"card{n:02}", *(f"c{n}q{m}" for m in range(QUESTIONS)), paragraphs=1)
        pupil = Pupil(Learner(), seed=1)
        store = desk.store()
        for day in range(DAYS):
            if not 400 <= day < 421:
                sit(desk.session_on(store), pupil, store.today(), lambda ms: desk.wait(ms=ms))
            desk.now = desk.now._replace(ms=desk.now.ms - desk.now.ms % 86_400_000 + 12 * 3_600_000)
            desk.wait(days=1)
        yield desk, pupil
        desk.close()


def test_new_questions_come_at_their_pace(years: tuple[Desk, Pupil]) -> None:
    desk, _ = years
    first: dict[str, int] = {}
    log = desk.stores[0].reviews()
    for review in log:
        first.setdefault(review.question, (review.day - log[0].day).days)
    assert sorted(first.values()) == [n // NEW_PER_DAY for n in range(CARDS * QUESTIONS)]


def test_what_is_remembered_is_what_was_asked_for(years: tuple[Desk, Pupil]) -> None:
    """The scheduler has the learner's own parameters, and aims at 90 %."""
    _, pupil = years
    recalls = pupil.recalls
    expected = sum(recall for _, recall, _ in recalls)
    spread = math.sqrt(sum(recall * (1 - recall) for _, recall, _ in recalls))
    assert abs(sum(remembered for _, _, remembered in recalls) - expected) < 4 * spread
    assert 0.87 < expected / len(recalls) < 0.92


def test_the_states_are_the_learner_s_own_memory(years: tuple[Desk, Pupil]) -> None:
    desk, pupil = years
    for question, state in desk.stores[0].states().items():
        memory, last = pupil.minds[question]
        assert state.day == last
        assert state.stability == pytest.approx(float(memory.stability[0]), rel=1e-6)


def test_every_form_was_met_and_the_work_grew_less(years: tuple[Desk, Pupil]) -> None:
    desk, _ = years
    log = desk.stores[0].reviews()
    assert {review.kind for review in log} == {"choice", "hidden", "recall"}
    begin = log[0].day
    months = [0] * 25
    for review in log:
        months[(review.day - begin).days // 30] += 1
    assert sum(months[:2]) > 4 * sum(months[20:22])
    passed_on_sundays = sum(
        state.due.weekday() == 6 and state.rating is not Rating.AGAIN and state.stability > 20
        for state in desk.stores[0].states().values()
    )
    assert passed_on_sundays == 0


def test_a_rebuild_changes_nothing(years: tuple[Desk, Pupil]) -> None:
    desk, _ = years
    store = desk.stores[0]
    states = store.states()
    store.rebuild()
    assert store.states() == states
