"""Predictions in the app: numbers that are typed, fates that are chosen, and the run that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.desk import asking
from tests.guesses import key, write_guesses, wrong

if TYPE_CHECKING:
    from tests.app.conftest import Sitting
    from tests.desk import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose first question asks for a number, and whose second one asks for a fate."""
    write_guesses(desk)
    return desk


async def reaches_the_number(at: Sitting) -> None:
    await at.press("t")
    await at.sees("question 1 of 3", "What is the largest η", "a number: within 10 % is right", "▏")


NAMES = {".": "full_stop", "-": "minus"}


def keys_of(number: str) -> list[str]:
    return [NAMES.get(sign, sign) for sign in number]


async def test_a_number_is_typed_mended_and_sent(desk: Desk) -> None:
    value = float(key(asking(desk.session())))
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press("0", "full_stop", "9", "9", "backspace", "backspace")
        await at.sees("Your answer: 0.▏", "Enter answer")
        await at.press("backspace", "backspace", *keys_of(f"{value:.12g}"))
        await at.sees(f"Your answer: {value:.12g}▏")
        await at.press("enter")
        await at.sees(
            "Right. Good → back", f"✓ {value:.4g} ± 10 %; your answer: {value:.4g}", "is stable up to η·L = 2"
        )
        await at.press("r")
        await at.sees("The experiment that settles it", "Diverging", "← → turn η")
    (review,) = desk.store().reviews()
    assert (review.question, review.answer, review.correct) == ("limit", value, True)


async def test_e_types_only_within_a_number(desk: Desk) -> None:
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press("e")
        await at.sees("¶ 1 of 1", "Paragraph 1 of guesses")
        await at.press("q")
        await at.sees("question 1 of 3", "1 hint")
        await at.press("8", "e", "minus", "2")
        await at.sees("Your answer: 8e-2▏")


async def test_hints_leave_what_was_typed(desk: Desk) -> None:
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press("0", "full_stop", "h")
        await at.sees("Think of limit.", "Your answer: 0.▏")


async def test_what_is_no_number_is_told(desk: Desk) -> None:
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press("1", "e", "enter")
        notices = at.app._notifications
        await at.until(lambda: any("'1e' is not a number" in notice.message for notice in notices), "no notice")
        await at.sees("Your answer: 1e▏")
        await at.press("enter")
        await at.until(lambda: len(notices) == 1, "it is told twice")
        await at.press("h")
        await at.sees("Think of limit.")
        assert not notices
    assert desk.store().reviews() == []


async def test_near_is_wrong_and_told_so(desk: Desk) -> None:
    value = float(key(asking(desk.session())))
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press(*keys_of(f"{1.5 * value:.4g}"), "enter")
        await at.sees(
            "Near, but not right. Again → back in this session",
            f"✓ {value:.4g} ± 10 %; your answer: {1.5 * value:.4g}",
        )
        await at.press("u")
        await reaches_the_number(at)


async def test_giving_up_shows_the_number(desk: Desk) -> None:
    value = float(key(asking(desk.session())))
    async with sits_down(desk) as at:
        await reaches_the_number(at)
        await at.press("x")
        await at.sees("Not answered.", f"✓ {value:.4g} ± 10 % Gradient descent is stable")


async def test_a_fate_is_chosen(desk: Desk) -> None:
    session = desk.session()
    session.answer(key(asking(session)))
    session.next()
    given = wrong(asking(session))
    async with sits_down(desk) as at:
        await at.sees("question 2 of 3", "what becomes of it in 60 steps?", "1–4 answer")
        await at.press("0", "full_stop", "backspace")  # there is nothing to type
        await at.sees("question 2 of 3")
        await at.press(given)
        await at.sees("Not right.", "← your answer", "That takes a")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
async def test_the_keys_are_named(desk: Desk, size: tuple[int, int]) -> None:
    async with sits_down(desk, size=size) as at:
        await at.press("t")
        await at.sees("0–9 type")
        await at.press("1")
        await at.sees("1▏")
        assert at.keys.endswith("? help")
