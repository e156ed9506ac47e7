from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down

if TYPE_CHECKING:
    from rich.segment import Segment

    from tests.app.conftest import Sitting
    from tests.desk import Desk


async def reaches_the_first_question(at: Sitting) -> None:
    await at.sees("¶ 1 of 4")
    await at.press("t")
    await at.sees("question 1 of 11", "no hint yet", "h a hint in words")


def struck(part: Segment) -> object:
    return part.style and part.style.strike


def highlighted(part: Segment) -> object:
    return part.style and part.style.underline


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("1", "slide along the valley floor as before, only faster"),
        ("b", "stop early, at a poor point on the valley floor"),
        ("c", "jump from wall to wall, oscillating or diverging"),
        ("4", "swing from wall to wall until the jumps cancel out"),
    ],
)
async def test_digits_and_letters_answer(bundled: Desk, key: str, answer: str) -> None:
    async with sits_down(bundled) as at:
        await reaches_the_first_question(at)
        await at.press(key)
        right = answer.startswith("jump")
        await at.sees("Right." if right else "Not right.", f"{answer} ← your answer")
    (review,) = bundled.store().reviews()
    assert (review.question, review.answer, review.correct) == ("narrow-valley", answer, right)


async def test_keys_without_an_option_do_nothing(desk: Desk) -> None:
    desk.write("slopes", "s1", paragraphs=1)  # its question has three options
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("1–3 answer")
        await at.press("4", "d", "5", "0", "r", "u")
        await at.sees("1–3 answer", "no hint yet")
    assert desk.store().reviews() == []


async def test_hints_come_one_after_another(bundled: Desk) -> None:
    async with sits_down(bundled, size=(80, 40)) as at:
        await reaches_the_first_question(at)
        await at.press("h")
        await at.sees("1 hint", "Hint 1 Skim the paragraphs on Using large learning rate narrow")
        await at.press("h")
        await at.sees("2 hints", "Where does a long step in that direction end?")
        assert at.styled(highlighted) == ""
        await at.press("h")
        await at.sees("3 hints", "The card Picture a steep-walled ravine")
        assert at.styled(highlighted) == (
            "A large η jumps from one wall to the other each iteration, "
            "oscillating instead of sliding along the floor."
        )
        assert at.styled(struck) == ""
        await at.press("h")
        await at.sees("4 hints", "Not 1 On a wall the gradient points across the valley")
        assert at.styled(struck) == "slide along the valley floor as before, only faster"
        assert "h hint" in at.keys
        assert "r run it" not in at.keys
        await at.press("h")
        await at.sees("The experiment that settles it", "Diverging: ")
        await at.press("enter")
        await at.sees("5 hints", "r run it")
        await at.until(lambda: "h hint" not in at.keys, "a sixth hint is offered")
        await at.press("h")
        await at.press("r")
        await at.sees("The experiment that settles it")
        await at.press("enter", "3")
        await at.sees("Right. Hard → back")
    (review,) = bundled.store().reviews()
    assert (review.hints, review.rating) == (5, 2)


async def test_the_question_stays_beside_the_newest_hint(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await reaches_the_first_question(at)
        question = "Using too large a learning rate in a narrow valley tends to: 1 slide along"
        for newest in ("Hint 1 Skim", "Hint 2 On a steep wall", "The card Picture", "Not 1 On a wall"):
            await at.press("h")
            await at.sees(question, newest)
        await at.press("h", "enter")
        await at.sees(question, "the jumps cancel out Run it r shows the experiment that settles it Not 1")
        await at.press("pagedown")
        await at.sees("Hint 1 Skim")
        await at.press("down")
        await at.sees("narrow valley tends to: ▸ 1 slide along")


async def test_where_there_is_no_room_the_newest_hint_is_seen_whole(bundled: Desk) -> None:
    async with sits_down(bundled, size=(44, 14)) as at:
        await at.press("t")
        await at.sees("question 1 of 11", "PgDn more 1–4 answer h hint ? help")
        await at.press("h")
        await at.sees("Hint 1 Skim", "a definition stated in the card.")
        await at.press("h")
        await at.sees("Hint 2 On a steep wall", "direction end?", "jumps cancel out")


async def test_giving_up_shows_the_answer(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await reaches_the_first_question(at)
        await at.press("x")
        await at.sees("Not answered. Again → back in this session", "✓ 3 jump from wall to wall")
        assert "your answer" not in at.text
    (review,) = bundled.store().reviews()
    assert (review.answer, review.correct, review.rating) == (None, False, 1)


async def test_reading_the_card_counts_as_a_hint(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await reaches_the_first_question(at)
        await at.press("e")
        await at.sees("¶ 2 of 4")  # where the question comes from
        await at.press("q")
        await at.sees("question 1 of 11", "1 hint")
        await at.press("e")
        await at.sees("¶ 2 of 4")
        await at.press("q")
        await at.sees("1 hint")
        await at.press("3")
        await at.sees("Right. Hard → back")
    (review,) = bundled.store().reviews()
    assert (review.hints, review.rating) == (1, 2)


async def test_leaving_a_question_keeps_its_hints(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await reaches_the_first_question(at)
        await at.press("h", "h", "q")
        await at.sees("0 due · 11 new")
        await at.press("enter")
        await at.sees("question 1 of 11", "2 hints")
    async with sits_down(bundled, start=False) as at:
        await at.press("enter")
        await at.sees("question 1 of 11", "2 hints")


async def test_a_wrong_one_comes_back_in_the_session(bundled: Desk) -> None:
    async with sits_down(bundled, size=(90, 24)) as at:
        await reaches_the_first_question(at)
        for key in ("1", "2", "4", "1"):
            await at.press(key)
            await at.sees("Enter next")
            await at.press("enter")
        await at.sees("question 1 of 11, again", "no hint yet")
        await at.press("3")
        await at.sees("Right. Good")
