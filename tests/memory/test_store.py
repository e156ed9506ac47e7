"""What one learner in one session can do with the store."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tutor.errors import ChangedMeanwhile, StoreError
from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating, State, as_json
from tutor.memory.schedule import DEFAULT
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = Moment(1_795_435_200_123, 0)  # 2026-11-23T12:00:00.123Z
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
ANSWER = Answer(question="q", kind="choice", answer="it oscillates", correct=True, rating=Rating.GOOD, ms=4200)


@pytest.fixture
def now() -> list[Moment]:
    """The clock's hand: a list of one moment, to be replaced."""
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[Moment]) -> Iterator[Store]:
    with Store(str(tmp_path / "store.db"), clock=lambda: now[0]) as store:
        yield store


def again(store: Store, rating: Rating = Rating.GOOD, question: str = "q") -> State:
    """Answer ``question`` once more."""
    return store.record(replace(ANSWER, question=question, rating=rating), store.state(question))


def test_an_answer_is_logged_as_it_was_given(store: Store) -> None:
    given = {"chosen": [2, "η"], "\udcff": None}
    answer = replace(ANSWER, answer=given, hints=2, confidence=80, correct=False, seed=2**32 - 1)
    state = store.record(answer, None)
    (review,) = store.reviews()
    assert {name: getattr(review, name) for name in Answer.__slots__} == {
        name: getattr(answer, name) for name in Answer.__slots__
    }
    assert (review.id, review.at, review.offset, review.day) == (state.last, NOON.ms, 0, date(2026, 11, 23))
    assert not review.undone


def test_the_log_as_json(store: Store, now: list[Moment]) -> None:
    now[0] = Moment(NOON.ms, -210)
    state = store.record(ANSWER, None)
    (review,) = store.reviews()
    assert as_json(review) == {
        "id": state.last,
        "question": "q",
        "at": "2026-11-23T12:00:00.123Z",
        "offset": -210,
        "day": "2026-11-23",
        "device": review.device,
        "kind": "choice",
        "answer": "it oscillates",
        "correct": True,
        "hints": 0,
        "confidence": None,
        "ms": 4200,
        "rating": 3,
        "seed": None,
        "practice": False,
        "undone": False,
    }


def test_states_survive_closing(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store(path) as store:
        state = store.record(ANSWER, None)
    with Store(path) as store:
        assert store.state("q") == state
        assert store.states() == {"q": state}
        assert store.state("another") is None


def test_today_follows_clock_and_rollover(tmp_path: Path) -> None:
    half_past_three = Moment(NOON.ms - 17 * 30 * MINUTE, 0)
    for rollover, day in [(3, date(2026, 11, 23)), (4, date(2026, 11, 22))]:
        with Store(str(tmp_path / "store.db"), clock=lambda: half_past_three, rollover=rollover) as store:
            assert store.today() == day


def test_a_changed_rollover_leaves_past_days_as_they_were(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store(path, clock=lambda: NOON, rollover=4) as store:
        before = store.record(ANSWER, None)
    with Store(path, clock=lambda: NOON, rollover=13) as store:
        store.rebuild()
        assert store.state("q") == before
        assert store.today() == date(2026, 11, 22)


def test_an_answer_to_a_question_that_changed_meanwhile_is_refused(store: Store) -> None:
    seen = again(store)
    again(store)  # another session
    before = store.reviews()
    with pytest.raises(ChangedMeanwhile, match="asked anew"):
        store.record(ANSWER, seen)
    with pytest.raises(ChangedMeanwhile):
        store.record(ANSWER, None)
    with pytest.raises(ChangedMeanwhile):
        store.record(replace(ANSWER, question="new"), seen)
    assert store.reviews() == before


def test_a_re_rated_question_has_changed_too(store: Store) -> None:
    seen = again(store)
    store.amend(seen.last, Rating.EASY)
    with pytest.raises(ChangedMeanwhile):
        store.record(ANSWER, seen)


def test_undo_redo_and_re_rating(store: Store, now: list[Moment]) -> None:
    first = again(store)
    now[0] = Moment(NOON.ms + 2 * DAY, 0)
    second = again(store, Rating.AGAIN)
    assert store.amend(second.last, None) == first
    assert store.amend(second.last, Rating.AGAIN) == second
    easy = store.amend(second.last, Rating.EASY)
    assert easy is not None
    assert easy.due > first.due
    assert [(review.rating, review.undone) for review in store.reviews()] == [(3, False), (4, False)]
    assert store.amend(second.last, None) == first
    assert store.amend(first.last, None) is None
    assert store.state("q") is None
    assert store.states() == {}
    assert [(review.rating, review.undone) for review in store.reviews()] == [(3, True), (1, True)]


def test_undoing_an_earlier_answer_refolds_the_later_ones(store: Store, now: list[Moment]) -> None:
    failed = again(store, Rating.AGAIN)
    now[0] = Moment(NOON.ms + MINUTE, 0)
    passed = again(store)
    store.amend(failed.last, None)
    after = store.state("q")
    assert after is not None
    assert (after.last, after.reps) == (passed.last, 1)
    assert after.stability > passed.stability


def test_a_re_rating_gives_the_day_that_the_preview_showed(store: Store, now: list[Moment]) -> None:
    undone = again(store, Rating.AGAIN)
    store.amend(undone.last, None)
    before = again(store)
    now[0] = Moment(NOON.ms + 3 * DAY, 0)
    given = again(store)
    again(store, Rating.HARD)  # a later answer doesn't matter
    review = next(review for review in store.reviews("q") if review.id == given.last)
    preview = store.preview(review)
    assert preview == DEFAULT.preview("q", before, store.today())
    assert given.due == preview[Rating.GOOD]
    store.amend(store.reviews()[-1].id, None)
    for rating, due in preview.items():
        amended = store.amend(given.last, rating)
        assert amended is not None
        assert amended.due == due


def test_how_long_the_last_answers_took(store: Store) -> None:
    assert store.recent_ms() == []
    for ms in range(60):
        store.record(replace(ANSWER, ms=ms), store.state("q"))
    assert store.recent_ms() == list(range(59, 9, -1))


def test_amending_what_is_not_there(store: Store) -> None:
    with pytest.raises(StoreError, match="no review 'nobody'"):
        store.amend("nobody", None)


def test_a_pass_counts_after_the_failure_before_it_though_the_clock_was_set_back(
    store: Store, now: list[Moment]
) -> None:
    failed = again(store, Rating.AGAIN)
    now[0] = Moment(NOON.ms - 7 * DAY, 0)
    passed = again(store)
    assert not passed.learning
    assert passed.day == failed.day
    assert passed.due > failed.day
    assert [review.id for review in store.reviews("q")] == [failed.last, passed.last]
    assert [review.at for review in store.reviews("q")] == [NOON.ms, now[0].ms]
    store.amend(passed.last, None)
    now[0] = Moment(NOON.ms - 8 * DAY, 0)
    assert store.amend(passed.last, Rating.GOOD) == passed


def test_a_flight_over_the_date_line_does_not_turn_days_back(store: Store, now: list[Moment]) -> None:
    now[0] = Moment(NOON.ms, 14 * 60)
    east = again(store)
    now[0] = Moment(NOON.ms + 60 * MINUTE, -11 * 60)
    assert store.today() < east.day
    west = again(store)
    assert west.day == east.day
    assert west.due >= east.due


def test_reviews_of_all_questions_come_oldest_first(store: Store, now: list[Moment]) -> None:
    for n, question in enumerate(["b", "a", "b", "c"]):
        now[0] = Moment(NOON.ms + n, 0)
        again(store, question=question)
    assert [review.question for review in store.reviews()] == ["b", "a", "b", "c"]
    assert [review.at - NOON.ms for review in store.reviews("b")] == [0, 2]


def test_bookmarks(store: Store) -> None:
    assert store.bookmark("place") is None
    values: list[object] = [{"card": "learning-rate", "paragraph": 2}, [], "η \udcff", None]
    for value in values:
        store.set_bookmark("place", value)
        assert store.bookmark("place") == value
    store.set_bookmark("other", 1)
    assert store.bookmark("place") is None


def test_writing_together_is_one_transaction(store: Store) -> None:
    statements: list[str] = []
    store._db.set_trace_callback(statements.append)
    with store.together():
        first = again(store)
        store.set_bookmark("place", 1)
    assert statements.count("COMMIT") == 1

    def refused() -> None:
        with store.together():
            store.set_bookmark("place", 2)
            again(store)
            store.record(ANSWER, None)

    with pytest.raises(ChangedMeanwhile):
        refused()
    assert (store.state("q"), store.bookmark("place")) == (first, 1)


def test_the_log_can_only_grow(store: Store) -> None:
    state = again(store)
    store.amend(state.last, Rating.EASY)
    for table in ("reviews", "amendments"):
        for change in (f"UPDATE {table} SET at = 0", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store._db.execute(change)


def test_many_answers_to_one_question_stay_quick(store: Store) -> None:
    for _ in range(50):
        again(store)
    statements: list[str] = []
    store._db.set_trace_callback(statements.append)
    again(store)
    assert len(statements) <= 7  # begin, state, tick and review, adoptions, state, commit: whatever the history
