"""What is read a few at a time is what a mapping of all would say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.memory.test_due import NOON, TODAY
from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating
from tutor.memory.states import States, StoredStates
from tutor.memory.store import Store

if TYPE_CHECKING:
    from pathlib import Path

DAY = 24 * 60 * 60_000
IDS = st.text("abc", min_size=1, max_size=2)
ANSWERS = st.lists(st.tuples(IDS, st.sampled_from(Rating), st.integers(-2, 9)), max_size=8)


def answered(path: Path, answers: list[tuple[str, Rating, int]]) -> Store:
    """A store with these answers, each on its day from today, in whatever order."""
    at = NOON
    store = Store(str(path), clock=lambda: at)
    store._db.execute("PRAGMA synchronous = OFF")
    for question, rating, days in answers:
        at = Moment(NOON.ms + days * DAY, 0)
        answer = Answer(question=question, kind="choice", answer=1, correct=True, rating=rating, ms=1)
        store.record(answer, store.state(question))
    return store


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, asked=st.sets(IDS, max_size=6), later=st.integers(-3, 40))
def test_they_are_those_of_a_mapping(
    answers: list[tuple[str, Rating, int]], asked: set[str], later: int, tmp_path: Path
) -> None:
    path, day = tmp_path / "store.db", TODAY + timedelta(days=later)
    path.unlink(missing_ok=True)
    with answered(path, answers) as store:
        all_of_them = States(store.states(asked))
        some = StoredStates(store, asked)
        assert some.by(day) == all_of_them.by(day)
        assert some.answered(day) == all_of_them.answered(day)
        assert dict(some) == dict(StoredStates(store, asked)) == dict(all_of_them)
        assert {question for question in asked if question in some} == set(all_of_them)


def test_what_is_in_no_deck_and_what_was_undone_since_has_none(tmp_path: Path) -> None:
    with answered(tmp_path / "store.db", [("gone", Rating.GOOD, 0), ("here", Rating.GOOD, 0)]) as store:
        states = StoredStates(store, ["here", "new"])
        for question in ("gone", "new"):
            assert question not in states
            with pytest.raises(KeyError):
                states[question]
        store.undo()
        with pytest.raises(KeyError):
            states["here"]
        assert len(states) == 0
