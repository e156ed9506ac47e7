"""A bookmark is believed only as far as it makes sense."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk import RIGHT, WRONG, Desk, answer, asked, study
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.bookmarks import (
    READING,
    SESSION,
    load_place,
    paragraphs_read,
    reading_place,
    save_paragraphs_read,
    save_place,
    save_reading_place,
)
from tutor.study.place import Answered, Asked, Place
from tutor.study.plan import Scope
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.integers()
    | st.floats()
    | st.sampled_from(["s1", "s2", "v1", "2026-11-23", "hills", ""])
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def left() -> Iterator[Desk]:
    """A desk that was left in the middle of a session."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.write("slopes", "s1", "s2", "s3")
        desk.write("waves", "w1", deck="seas")
        session = desk.session()
        study(session, WRONG, RIGHT)
        session.hint()
        answer(session, WRONG)
        yield desk
        desk.close()


@pytest.mark.parametrize("feedback", [True, False])
def test_a_place_is_remembered(empty_desk: Desk, feedback: bool) -> None:
    store = empty_desk.store()
    assert load_place(store) is None
    place = Place(
        day=date(2026, 11, 23),
        scope=Scope("hills", 3),
        queue=(Asked("a", None, 2, looked_up=True), Asked("b", "f00")),
        answered=(Answered("f00", Asked("b")),),
        feedback=feedback,
    )
    save_place(store, place)
    assert load_place(store) == place


def test_a_question_that_still_waits_takes_no_more_than_its_id(empty_desk: Desk) -> None:
    store = empty_desk.store()
    queue = (Asked("a", "f00", 1), Asked("b"), Asked("c", seed=0))
    save_place(store, Place(date(2026, 11, 23), Scope(), queue=queue))
    kept = store.bookmark(SESSION)
    assert isinstance(kept, dict)
    assert [isinstance(asked, str) for asked in kept["queue"]] == [False, True, False]
    place = load_place(store)
    assert place is not None
    assert place.queue == queue
    store.set_bookmark(SESSION, kept | {"queue": [list(asked) for asked in queue]})  # as it was kept before
    assert load_place(store) == place


def test_the_paragraphs_read_are_remembered(empty_desk: Desk) -> None:
    store = empty_desk.store()
    assert paragraphs_read(store, "slopes") == 0
    save_paragraphs_read(store, "slopes", 3)
    assert (paragraphs_read(store, "slopes"), paragraphs_read(store, "valleys")) == (3, 0)
    for nonsense in (-1, "3", None, [3], {"n": 3}, 1.5):
        store.set_bookmark(READING + "slopes", nonsense)
        assert paragraphs_read(store, "slopes") == 0


def spoilt(value: Any, draw: st.DrawFn) -> Any:
    """The value with something inside replaced by nonsense."""
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: spoilt(value[key], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], spoilt(value[place], draw), *value[place + 1 :]]
    return draw(JSON)


@st.composite
def nearly(draw: st.DrawFn, bookmark: object) -> Any:
    return spoilt(bookmark, draw)


def use(session: Session) -> None:
    """Do all that can be done, more than once."""
    for _ in range(40):
        step = session.step
        if isinstance(step, Reading):
            session.read(len(step.card.paragraphs))
        elif isinstance(step, Asking):
            assert 1 <= step.number <= step.total
            with suppress(UsageError):
                session.hint()
            session.look_up()
            session.answer(RIGHT)
        elif isinstance(step, Feedback):
            session.rate(Rating.GOOD)
            session.next()
        elif isinstance(step, Finished):
            break
    assert isinstance(session.step, Finished)
    while session.can_undo:
        session.undo()


@settings(max_examples=60)
@given(data=st.data())
def test_no_bookmark_can_break_a_session(left: Desk, data: st.DataObject) -> None:
    bookmark = data.draw(nearly(left.stores[0].bookmark(SESSION)))
    reading = data.draw(JSON)
    with TemporaryDirectory() as folder:
        shutil.copy(left.folder / "store.db", folder)
        desk = Desk(Path(folder))
        store = desk.store()
        store.set_bookmark(SESSION, bookmark)
        store.set_bookmark(READING + "waves", reading)
        session = Session(left.library_again(), store, desk.clock)
        assert session.step == Session(left.library_again(), store, desk.clock).step
        use(session)
        desk.close()


def test_a_bookmark_may_name_what_is_not_there(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    store = desk.store()
    bookmark = store.bookmark(SESSION)
    assert isinstance(bookmark, dict)
    strange = "\udcff"
    bookmark["queue"] = [[strange, strange, 10**400, True], strange, *bookmark["queue"]]
    bookmark["answered"] = [[strange, ["s1", None, 0, False]], ["", [strange, None, 0, False]]]
    bookmark["feedback"] = True
    store.set_bookmark(SESSION, bookmark)
    back = desk.session()
    assert back.step == session.step
    assert not back.can_undo


@pytest.mark.parametrize("asked_", [["s1", None, -1, False], ["s1", None, 0], ["s1", 1, 0, False], 1, None])
def test_a_place_in_another_shape_is_none(empty_desk: Desk, asked_: object) -> None:
    store = empty_desk.store()
    save_place(store, Place(date(2026, 11, 23), Scope()))
    good = store.bookmark(SESSION)
    assert isinstance(good, dict)
    for bad in ({"queue": [asked_]}, {"answered": [["r", asked_]]}, {"feedback": True}, {"day": "today"}):
        store.set_bookmark(SESSION, good | bad)
        assert load_place(store) is None
    store.set_bookmark(SESSION, good)
    assert load_place(store) is not None


def test_a_bookmark_that_is_not_even_json(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    for value in ("{", "", json.dumps({"day": "yesterday"})):
        store = desk.store()
        store._db.execute("UPDATE bookmarks SET value = ?", (value,))
        assert isinstance(desk.session().step, Reading)


def test_the_place_in_a_card_first_read_and_read_again(desk: Desk) -> None:
    store, card = desk.store(), desk.library().card("slopes")
    assert reading_place(store, card) == 0
    for place in (1, 0, 1):
        save_reading_place(store, card, place)
        assert (reading_place(store, card), paragraphs_read(store, "slopes")) == (place, place)
    save_reading_place(store, card, 2)
    assert (reading_place(store, card), paragraphs_read(store, "slopes")) == (0, 2)
    save_reading_place(store, card, 1)
    assert (reading_place(store, card), paragraphs_read(store, "slopes")) == (1, 2)
    save_reading_place(store, card, 2)
    assert reading_place(store, card) == 0
    for odd in (7, -1, "x", None):
        store.set_bookmark("rereading:slopes", odd)
        assert reading_place(store, card) == 0
