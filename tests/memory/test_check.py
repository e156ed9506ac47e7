"""Faults are found, explained and mended, each by a planted one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.memory.check import Fault
from tutor.memory.model import Rating

if TYPE_CHECKING:
    from tests.memory.conftest import Damage, Learner
    from tutor.memory.store import Store


@pytest.fixture(autouse=True)
def content(kept: Store, learner: Learner) -> None:
    """Two questions, one held, with an amendment."""
    first = learner.answer(kept, Rating.AGAIN)
    learner.answer(kept, question="other")
    kept.amend(first.last, Rating.HARD)
    kept.act("other", "suspend")


def test_a_store_in_order(kept: Store) -> None:
    assert kept.check() == []
    assert kept.mend() == []


@pytest.mark.parametrize(
    ("sql", "questions"),
    [
        ("UPDATE states SET due = '2030-01-01' WHERE question = 'q'", ("q",)),
        ("UPDATE states SET stability = stability * (1 + 1e-15)", ("other", "q")),
        ("DELETE FROM states", ("other", "q")),
        ("DELETE FROM holds", ("other",)),
        ("INSERT INTO holds VALUES ('nobody', 1, NULL)", ("nobody",)),
        ("INSERT INTO states SELECT 'zebra', last, 1, 0, 1, 1, day, due, 3 FROM states LIMIT 1", ("zebra",)),
    ],
)
def test_states_that_are_not_the_fold(
    sql: str, questions: tuple[str, ...], kept: Store, by_hand: Damage
) -> None:
    before = kept.states(), kept.holds()
    by_hand(sql)
    (found,) = kept.check()
    assert (found.fault, found.ids, found.mendable) == (Fault.STATES, questions, True)
    assert kept.mend() == [found]
    assert kept.check() == []
    assert (kept.states(), kept.holds()) == before


def test_an_amendment_of_nothing(kept: Store, by_hand: Damage) -> None:
    log = kept.reviews()
    by_hand("INSERT INTO amendments VALUES ('a', 'nobody', 1, 1, 'desk', 1, NULL)")
    (found,) = kept.check()
    assert (found.fault, found.ids) == (Fault.REFERENCE, ("a",))
    kept.mend()
    assert kept.check() == []
    assert kept.reviews() == log
    with pytest.raises(Exception, match="append-only"):
        kept._db.execute("DELETE FROM amendments")


@pytest.mark.parametrize("how", ["one answer", "two answers", "the first answer"])
def test_an_answer_dated_in_the_future(how: str, kept: Store, learner: Learner) -> None:
    today = kept.today()
    learner.wait(365)
    question = "new" if how == "the first answer" else "q"
    wrong = [learner.answer(kept, question=question).last for _ in range(2 if how == "two answers" else 1)]
    kept.amend(wrong[-1], Rating.EASY)
    learner.wait(-365)
    late = kept.state(question)
    assert late is not None
    assert late.day > today
    (found,) = kept.check()
    assert (found.fault, found.ids) == (Fault.FUTURE, tuple(wrong))
    kept.mend()
    assert kept.check() == []
    mended = kept.state(question)
    assert mended is not None
    assert (mended.last, mended.day, mended.rating) == (wrong[-1], today, Rating.EASY)
    kept.amend(wrong[-1], Rating.HARD)  # the day stays as it was put right
    assert kept.check() == []


@pytest.mark.parametrize(
    "change",
    [
        "reviews SET day = '2026-02-30'",
        "reviews SET due = 'soon'",
        "reviews SET rating = 5",
        "reviews SET answer = '{'",
        "amendments SET rating = 0",
        "amendments SET day = ''",
        "acts SET value = '{'",
        "acts SET day = 'today'",
        "acts SET what = 'dance'",
        "acts SET what = 'move'",
    ],
)
def test_rows_that_hold_what_they_must_not(change: str, kept: Store, by_hand: Damage) -> None:
    by_hand(f"UPDATE {change}")
    (found,) = kept.check()
    assert (found.fault, found.mendable) == (Fault.ROW, False)
    assert "tutor db restore" in found.mending
    assert kept.mend() == [found]


def test_an_index_that_differs_from_its_table(kept: Store, by_hand: Damage) -> None:
    before = kept.states()
    kept._db.execute("PRAGMA writable_schema = ON")
    kept._db.execute("CREATE INDEX hollow ON reviews (ms)")
    kept._db.execute("UPDATE sqlite_master SET sql = sql || ' WHERE ms > 10' WHERE name = 'hollow'")
    kept._db.execute("PRAGMA writable_schema = RESET")
    (found,) = kept.check()
    assert (found.fault, found.mendable) == (Fault.INDEX, True)
    kept.mend()
    assert kept.check() == []
    assert kept.states() == before
