"""The log as arrays says what the store says, whatever was undone, reset, practised or amended."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learner import OTHERS, name
from tutor.errors import StoreError
from tutor.memory.adoption import value
from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating
from tutor.memory.statistics.columns import ordinals, whole
from tutor.memory.statistics.log import read_log
from tutor.memory.statistics.questions import latest
from tutor.memory.statistics.replay import replay
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 86_400_000
QUESTIONS = st.sampled_from(["narrow-valley", "line-search", "warm-up"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), QUESTIONS, st.sampled_from(Rating)),
        st.tuples(st.just("practise"), QUESTIONS, st.sampled_from(Rating)),
        st.tuples(st.just("reset"), QUESTIONS, st.none()),
        st.tuples(st.just("suspend"), QUESTIONS, st.none()),
        st.tuples(st.just("undo"), st.none(), st.none()),
        st.tuples(st.just("amend"), st.none(), st.sampled_from(Rating)),
        st.tuples(st.just("redate"), st.integers(0, 20), st.sampled_from(Rating)),
        st.tuples(st.just("revoke"), st.none(), st.none()),
        st.tuples(st.just("adopt"), st.none() | QUESTIONS, st.none()),
        st.tuples(st.just("wait"), st.integers(-3, 60), st.none()),
    ),
    max_size=30,
)


def do(store: Store, now: list[Moment], what: str, which: Any, rating: Rating | None) -> None:
    """Take one step."""
    answer = Answer(
        question=str(which),
        kind="choice",
        answer=1,
        correct=True,
        rating=rating or Rating.GOOD,
        ms=7,
        confidence=2,
    )
    if what == "answer":
        store.record(answer, store.state(which))
    elif what == "practise":
        store.practise(answer)
    elif what in {"reset", "suspend"}:
        store.act(which, what)
    elif what == "undo":
        store.undo()
    elif what == "amend":
        for review in store.latest(1):
            store.amend(review.id, rating)
    elif what == "redate":
        for review in store.latest(1):
            store.amend(review.id, rating, day=review.day - timedelta(days=which))
    elif what == "revoke":
        for act in store.acts()[-1:]:
            store.revoke(act.id)
    elif what == "adopt":
        store.act("", "adopt", value(OTHERS, questions=None if which is None else [which]))
    else:
        now[0] = now[0]._replace(ms=now[0].ms + which * DAY)


@settings(max_examples=40)
@given(STEPS)
def test_the_arrays_fold_to_the_states_of_the_store(steps: list[tuple[str, Any, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        now = [Moment(1_795_435_200_000, 0)]
        with Store(str(Path(folder) / "store.db"), clock=lambda: now[0]) as store:
            store._db.execute("PRAGMA synchronous = OFF")
            for step in steps:
                do(store, now, *step)
                now[0] = now[0]._replace(ms=now[0].ms + 60_000)
            log = read_log(store.path)
            states, reviews = store.states(), store.reviews()
    past = replay(log)
    of_question = {log.questions[log.question[row]]: row for row in latest(log)}
    assert set(of_question) == set(states)
    for question, state in states.items():
        row, place = of_question[question], log.questions.index(question)
        assert past.stability[row] == pytest.approx(state.stability, rel=1e-9)
        assert past.difficulty[row] == pytest.approx(state.difficulty, rel=1e-9)
        assert log.rating[row] == state.rating
        assert log.day[row] == state.day.toordinal()
        assert log.due[place] == state.due.toordinal()
        assert log.suspended[place] == state.suspended
    held = [review for review in reviews if not review.undone]
    assert len(log.day) == sum(not review.practice for review in held)
    assert len(log.practice.day) == sum(review.practice for review in held)
    assert set(log.ms.tolist()) | set(log.practice.ms.tolist()) <= {7}
    assert log.guessable.all()
    assert (log.confidence == 2).all()


def test_a_simulated_log_comes_back(simulated: Callable[..., Any]) -> None:
    reviews, log = simulated()
    assert log.questions == tuple(name(n) for n in range(400))
    order = np.argsort(reviews.question, kind="stable")
    for mine, theirs in (
        (log.question, reviews.question),
        (log.day, reviews.day),
        (log.rating, reviews.rating),
    ):
        np.testing.assert_array_equal(mine, theirs[order])
    np.testing.assert_allclose(replay(log).recall, reviews.recall[order], rtol=1e-9)


def test_no_store_is_an_empty_log(tmp_path: Path) -> None:
    log = read_log(str(tmp_path / "none.db"))
    assert (log.questions, len(log.day), log.span) == ((), 0, None)
    assert not (tmp_path / "none.db").exists()
    Store(str(tmp_path / "empty.db")).close()
    assert read_log(str(tmp_path / "empty.db")).span is None


def test_a_broken_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        read_log(str(tmp_path / "store.db"))


def test_numbers_and_days_out_of_text() -> None:
    assert whole("3,14,159").tolist() == [3, 14, 159]
    assert ordinals("1970-01-012026-11-231970-01-01").tolist() == [719163, 739943, 719163]
