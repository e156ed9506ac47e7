from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tutor.app.experiment import ExperimentView, scale
from tutor.app.lesson import Lesson
from tutor.study.wording import facts

if TYPE_CHECKING:
    from tests.app.conftest import Sitting
    from tests.desk import Desk


def figure(at: Sitting) -> list[str]:
    """The braille rows of the figure."""
    strips = at.app.screen.query_one(ExperimentView)._strips
    return [strip.text for strip in strips if any("⠀" < sign <= "⣿" for sign in strip.text)]


async def test_from_paragraph_to_paragraph_and_back(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("¶ 1 of 4 ■□□□", "The learning rate η controls how far", "η = 0.1 ")
        await at.press("enter")
        await at.sees("¶ 2 of 4 ■■□□")
        second = figure(at)
        await at.press("space")
        await at.sees("¶ 3 of 4 ■■■□")
        assert figure(at) != second
        await at.press("b")
        await at.sees("¶ 2 of 4 ■■□□")
        assert figure(at) == second
        await at.press("backspace")
        await at.sees("¶ 1 of 4 ■□□□")
        await at.press("b")
        await at.sees("¶ 1 of 4 ■□□□")


async def test_the_facts_stand_below_the_first_paragraph(bundled: Desk) -> None:
    async with sits_down(bundled, size=(110, 30)) as at:
        await at.sees(*facts(at.app.library.card("learning-rate")))


async def test_turning_the_rate_turns_figure_readouts_scale_and_verdict(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("η = 0.1 ")
        at_first, verdict = figure(at), at.text.rstrip().splitlines()[-3]
        await at.press("right", "right")
        await at.sees("η = 0.5 ", "Diverging: ")
        assert figure(at) != at_first
        assert verdict not in at.text
        await at.press("left", "left")
        await at.sees("η = 0.1 ")
        assert figure(at) == at_first
        await at.press(*["left"] * 10)
        await at.sees("η = 0.001 ", "0.001 ├●", "Crawling: ")
        await at.press(*["right"] * 20)
        await at.sees("η = 5 ", "●┤ 5")


async def test_the_rate_begins_anew_with_the_paragraph(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("η = 0.1 ")
        await at.press("right")
        await at.sees("η = 0.2 ")
        await at.press("enter", "b")
        await at.sees("¶ 1 of 4", "η = 0.1 ")


@pytest.mark.parametrize("size", [(80, 24), (110, 30), (160, 50)])
async def test_text_and_figure_stand_side_by_side(bundled: Desk, size: tuple[int, int]) -> None:
    async with sits_down(bundled, size=size) as at:
        await at.sees("η = 0.1 ")
        text = at.app.screen.query_one("#text").region
        view = at.app.screen.query_one(ExperimentView).region
        assert text.right <= view.x
        assert (text.y, text.height) == (view.y, view.height)
        assert view.right == size[0]
        assert text.width <= 74  # 72 columns and a blank on either side


async def test_in_a_narrow_window_the_figure_stands_below(bundled: Desk) -> None:
    async with sits_down(bundled, size=(60, 24)) as at:
        await at.sees("η = 0.1 ")
        text = at.app.screen.query_one("#text").region
        view = at.app.screen.query_one(ExperimentView).region
        assert text.bottom <= view.y
        assert text.width == view.width == 60
        assert figure(at)


async def test_a_window_that_changes_keeps_the_rate(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("η = 0.1 ")
        await at.press("right", "right")
        await at.sees("η = 0.5 ")
        for size in ((120, 40), (60, 24), (20, 5), (80, 24)):
            await at.pilot.resize_terminal(*size)
            await at.sees("too small" if size == (20, 5) else "η = 0.5 ")


async def test_long_text_scrolls_below_its_window(bundled: Desk) -> None:
    async with sits_down(bundled, size=(60, 24)) as at:
        await at.sees("η = 0.1 ")
        assert "Videos: 0" not in at.text
        await at.press(*["down"] * 12)
        await at.sees("Videos: 0")
        await at.press(*["up"] * 12)
        await at.sees("The learning rate η controls")


async def test_t_goes_straight_to_the_questions(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("η = 0.1 ")
        await at.press("t")
        await at.sees("question 1 of 11")


async def test_the_questions_follow_the_last_paragraph(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("¶ 1 of 4")
        await at.press("enter", "enter", "enter")
        await at.sees("¶ 4 of 4 ■■■■", "r runs it")
        await at.press("enter")
        await at.sees("question 1 of 11")


async def test_leaving_the_text_keeps_the_place(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.sees("¶ 1 of 4")
        await at.press("enter", "enter")
        await at.sees("¶ 3 of 4")
        await at.press("q")
        await at.sees("0 due · 11 new", "◐ Learning rate")
        await at.press("enter")
        await at.sees("¶ 3 of 4")
    async with sits_down(bundled) as at:
        await at.sees("¶ 3 of 4")


async def test_reading_from_the_first_screen_asks_nothing(bundled: Desk) -> None:
    async with sits_down(bundled, start=False) as at:
        await at.press("r")
        await at.sees("¶ 1 of 4")
        assert "questions" not in at.keys
        await at.press("enter", "enter", "enter", "enter")
        await at.sees("0 due · 11 new")
        await at.press("enter")
        await at.sees("question 1 of 11")  # the card was read


async def test_a_card_without_experiments_is_text_alone(desk: Desk) -> None:
    desk.write("slopes", "s1")
    async with sits_down(desk) as at:
        await at.sees("Paragraph 1 of slopes")
        assert isinstance(at.app.screen, Lesson)
        assert not at.app.screen.query_one(ExperimentView).display
        assert "η" not in at.keys


def test_the_scale_of_rates() -> None:
    rates = (0.01, 0.1, 1.0)
    assert scale(rates, 0.1, 0.5, 19) == "0.01 ├────●───┊─┤ 1"
    assert scale(rates, 1.0, None, 19) == "0.01 ├─────────●┤ 1"
    assert scale(rates, 0.01, 50.0, 19) == "0.01 ├●─────────┤ 1"
    assert scale(rates, 0.1, 0.1, 1) == "0.01 ├●┤ 1"
