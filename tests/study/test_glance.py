"""The prompt's numbers are those of the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, WRONG, study
from tutor.config import Settings
from tutor.memory.acts import Act
from tutor.memory.due import Counts
from tutor.study.glance import glance
from tutor.study.overview import overview

if TYPE_CHECKING:
    from tests.desk import Desk


def seen_at_a_glance(desk: Desk) -> Counts:
    """The prompt's numbers, after a look at whether the first screen's are the same."""
    store = desk.store()
    path, today = store.path, store.today()
    found = glance(desk.library().summaries(), path, today, desk.settings)
    screen = overview(desk.library(), store, desk.settings)
    assert (found.due, found.new) == (screen.due, screen.new)
    assert found.next_due is None or found.next_due > today
    return found


@pytest.mark.parametrize(
    "limits", [Settings(), Settings(new_per_day=3), Settings(new_per_day=3, reviews_per_day=1)]
)
def test_day_by_day(desk: Desk, limits: Settings) -> None:
    desk.settings = limits._replace(shuffle=False)
    seen_at_a_glance(desk)
    for answers in ((RIGHT, WRONG), (RIGHT, RIGHT), (WRONG,), (RIGHT,) * 3):
        session = desk.session()
        study(session, *answers[: desk_asks(desk)])
        seen_at_a_glance(desk)
        desk.wait(days=2)
        seen_at_a_glance(desk)


def desk_asks(desk: Desk) -> int:
    """How many answers there are to give now."""
    found = seen_at_a_glance(desk)
    return found.due + found.new


def test_what_waits_for_other_cards_is_not_new_yet(desk: Desk) -> None:
    path = desk.folder / "decks" / "hills" / "valleys.md"
    path.write_text(path.read_text().replace("topic: Hills", "topic: Hills\nrequires: [slopes]"))
    assert seen_at_a_glance(desk).new == 5
    for question in ("s1", "s2", "s3"):
        desk.store().act(question, Act.SUSPEND)
    assert seen_at_a_glance(desk).new == 5  # three of valleys in place of three of slopes
    desk.store().act("v1", Act.SUSPEND)
    assert seen_at_a_glance(desk).new == 4


def test_without_a_store_all_that_is_open_is_new(desk: Desk) -> None:
    found = glance(desk.library().summaries(), str(desk.folder / "none.db"), desk.store().today(), Settings())
    assert found == Counts(due=0, new=8, learning=0, next_due=None)
