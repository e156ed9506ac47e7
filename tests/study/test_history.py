from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.desk import RIGHT, WRONG, answer, asked, finish, study
from tutor.memory.model import Rating
from tutor.study import history
from tutor.study.history import Event, events, summary
from tutor.study.vacation import move_all, move_back, moves

if TYPE_CHECKING:
    from tests.desk import Desk


def told(desk: Desk, question: str = "s1") -> list[tuple[str, str, bool]]:
    return [(event.what, event.details, event.holds) for event in events(desk.store(), question)]


def event(desk: Desk, number: int) -> Event:
    return events(desk.store(), "s1")[number]


def test_a_history_tells_all_that_happened(desk: Desk) -> None:
    desk.tick = 1
    session = desk.session()
    asked(session)
    session.feel(3)
    session.hint()
    desk.wait(ms=12_000)
    answer(session, WRONG)
    session.rate(Rating.HARD)
    session.next()
    history.suspend(desk.store(), "s1")
    history.suspend(desk.store(), "s1")
    history.bury(desk.store(), "s1")
    history.reset(desk.store(), "s1")
    tomorrow = (desk.store().today() + timedelta(days=1)).isoformat()
    assert told(desk) == [
        ("Hard", "not right · 12 s · options shown · 1 hint · sure · given as Again", True),
        ("Suspended", "left out until you resume it", True),
        ("Resumed", "", True),
        ("Buried", f"to {tomorrow}", True),
        ("Reset", "begun anew; what came before counts no more", True),
    ]
    assert told(desk, "s2") == []


def test_what_is_taken_back_stays_in_the_list_and_can_hold_again(desk: Desk) -> None:
    desk.tick = 1
    study(desk.session(), WRONG, RIGHT)
    history.suspend(desk.store(), "s1")
    states = desk.store().states()
    for number in (0, 1):
        history.toggle(desk.store(), event(desk, number))
        assert told(desk)[number][2] is False
    assert desk.store().state("s1") is None
    for number in (0, 1):
        history.toggle(desk.store(), event(desk, number))
    assert all(holds for _, _, holds in told(desk))
    assert desk.store().states() == states


def test_a_rating_can_be_changed_much_later(desk: Desk) -> None:
    desk.tick = 1
    finish(desk.session())
    desk.wait(days=40)
    finish(desk.session())
    history.rate(desk.store(), event(desk, 0), Rating.AGAIN)
    state = desk.store().state("s1")
    assert state is not None
    assert state.reps == 2
    desk.store().rebuild()
    assert desk.store().state("s1") == state


def test_how_a_question_stands(desk: Desk) -> None:
    desk.tick = 1
    store = desk.store()
    assert summary(store, "s1") == "new"
    study(desk.session(), RIGHT)
    assert summary(store, "s1") == "back in 2 days · recall 100% · stability 2 days"
    desk.wait(days=2)
    assert summary(store, "s1").startswith("due today · recall 9")
    study(desk.session(limit=1), WRONG)
    assert summary(store, "s1").endswith("forgotten 1 time")
    history.suspend(store, "s1")
    assert summary(store, "s1").startswith("suspended · recall ")
    history.suspend(store, "s1")
    history.bury(store, "s1")
    assert summary(store, "s1").startswith(f"buried until {(store.today() + timedelta(days=1)).isoformat()}")


def test_practice_is_told_as_such(desk: Desk) -> None:
    desk.tick = 1
    study(desk.session(), RIGHT)
    study(desk.session(mode="cram"), WRONG)
    assert [what for what, _, _ in told(desk)] == ["Good", "Practice"]
    history.toggle(desk.store(), event(desk, 1))
    assert told(desk)[1][2] is False


def test_a_backlog_is_spread_and_moved_back(desk: Desk) -> None:
    finish(desk.session())
    desk.wait(days=30)
    store = desk.store()
    before = store.states()
    days = moves(desk.library(), store, 4, "forgotten")
    assert sorted(days.values()) == sorted(store.today() + timedelta(days=n) for n in (1, 1, 2, 2, 3, 3))
    move_all(store, days)
    assert len(store.due(store.today())) == 2
    assert {q: state.due for q, state in store.states().items() if q in days} == days
    store.rebuild()
    assert {q: state.due for q, state in store.states().items() if q in days} == days
    assert move_back(store) == 6
    assert store.states() == before
    assert move_back(store) == 0


def test_a_question_answered_since_is_not_moved_back(desk: Desk) -> None:
    finish(desk.session())
    desk.wait(days=30)
    desk.tick = 1
    store = desk.store()
    move_all(store, moves(desk.library(), store, 2, "retained", "seas"))
    desk.wait(days=1)
    finish(desk.session())
    after = store.states()
    assert move_back(store) == 1
    assert store.states() == after
