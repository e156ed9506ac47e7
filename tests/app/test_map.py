from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.desk import RIGHT, study

if TYPE_CHECKING:
    from tests.desk import Desk

COURSE = {
    "rate": "",
    "descent": "",
    "curvature": "descent",
    "flow": "rate",
    "momentum": "rate curvature",
    "schedules": "rate",
    "search": "rate",
    "adaptive": "rate curvature",
    "noise": "rate",
    "depth": "rate",
    "finding": "schedules noise",
    "edge": "curvature flow",
    "second": "curvature search",
    "free": "search adaptive",
}


@pytest.fixture
def course(desk: Desk) -> Desk:
    """A course of 14 cards, with what they require."""
    for n, (card, requires) in enumerate(COURSE.items()):
        path = desk.write(card, f"{card}1", requires=tuple(requires.split()))
        path.rename(path.with_name(f"{n:02}.md"))
    return desk


async def test_the_whole_course_on_one_screen(course: Desk) -> None:
    study(course.session(), RIGHT)
    async with sits_down(course, start=False) as at:
        await at.press("m")
        await at.sees("Map · Hills", "1 of 14 studied", "● The card rate learned")
        for card in COURSE:
            assert len(re.findall(rf"[●○·].*The card {card} +\w", at.text)) == 1
        await at.sees("▸ ○ The card descent open")  # where the learner is
        await at.sees("The card descent ○ open ↑ requires nothing ↓ opens · The card curvature")
        await at.sees("├─┼─ ─· The card momentum waits")


async def test_the_marked_card_shows_what_it_requires_and_opens(course: Desk) -> None:
    async with sits_down(course, start=False) as at:
        await at.press("m", *["down"] * 7)
        await at.sees("The card adaptive · waits", "↑ requires ○ The card rate; · The card curvature")
        rows = re.findall(r"^ ([▸↑↓]) .*The card (\w+) +\w+$", at.text, re.MULTILINE)
        assert rows == [("↑", "rate"), ("↑", "curvature"), ("▸", "adaptive"), ("↓", "free")]
        await at.press("home")
        await at.sees("▸ ○ The card rate")
        await at.press("end")
        await at.sees("▸ └───· The card free waits")


async def test_reading_from_the_map_and_back(course: Desk) -> None:
    async with sits_down(course, start=False) as at:
        await at.press("m", "down", "down", "enter")
        await at.sees("The card curvature ¶ 1 of 2")
        await at.press("enter", "q")
        await at.sees("Map · Hills", "▸ · The card curvature")
        await at.press("q")
        await at.sees("0 due · 2 new")


async def test_another_deck_is_a_key_away(course: Desk) -> None:
    course.write("waves", "w1", deck="seas")
    async with sits_down(course, start=False) as at:
        await at.press("m")
        await at.sees("Map · Hills", "←→ deck")
        await at.press("right")
        await at.sees("Map · Seas", "▸ ○ The card waves open")
        await at.press("right")
        await at.sees("Map · Hills")


async def test_a_narrow_window_gets_indents(course: Desk) -> None:
    async with sits_down(course, start=False, size=(40, 24)) as at:
        await at.press("m")
        await at.sees("Map · Hills", "The card rate")
        assert "├" not in at.text
        await at.pilot.resize_terminal(80, 24)
        await at.sees("├─┼─ ─·")


async def test_no_cards_no_map(desk: Desk) -> None:
    async with sits_down(desk, start=False) as at:
        await at.press("m")
        await at.sees("Map", "q back")
        await at.press("enter", "down", "right", "q")
        await at.sees("Nothing to do today.")


async def test_the_first_screen_stays_good_with_a_course(course: Desk) -> None:
    async with sits_down(course, start=False) as at:
        await at.sees(
            "0 due · 2 new", "○ The card rate Beginner", "· The card curvature needs The card descent"
        )
        await at.sees("· The card momentum needs The card rate +1", "The next days")
        await at.press(*["down"] * 13)
        await at.sees("· The card free needs The card search +1", "0 due · 2 new", "The next days")
        await at.sees(
            "Its new questions wait until these are known for a week: The card search; The card adaptive"
        )


async def test_the_card_where_one_is_is_marked_first(course: Desk) -> None:
    study(course.session(), RIGHT)
    async with sits_down(course, start=False) as at:
        await at.press("r")
        await at.sees("The card descent ¶ 1 of 2")
