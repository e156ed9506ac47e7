from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.conftest import sits_down
from tests.desk import RIGHT, WRONG, finish, study
from tutor.memory.model import Rating
from tutor.study.wording import comes_back, span

if TYPE_CHECKING:
    from rich.segment import Segment

    from tests.app.conftest import Sitting
    from tests.desk import Desk


async def answers_the_first_question(at: Sitting, key: str) -> None:
    await at.sees("¶ 1 of 4")
    await at.press("t")
    await at.sees("question 1 of 11")
    await at.press(key)
    await at.sees("your answer")


def marked(part: Segment) -> object:
    return part.style and part.style.reverse


async def test_every_option_says_why(bundled: Desk) -> None:
    async with sits_down(bundled, size=(80, 40)) as at:
        await answers_the_first_question(at, "3")
        (question, *_) = at.app.library.card("learning-rate").questions
        for number, option in enumerate(question.options, 1):
            sign = "✓" if option.right else "✗"
            await at.sees(f"{sign} {number} {option.text}", option.explanation.split(".")[0])


async def test_the_rating_can_be_changed(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await answers_the_first_question(at, "3")
        store = bundled.store()
        (review,) = store.reviews()
        returns = store.preview(review)
        offers = " ".join(f"{int(r)} {r.name.title()} {span(day, store.today())}" for r, day in returns.items())
        await at.sees(offers, "Right. Good → back in 2 days")
        assert at.styled(marked) == f"3 Good {span(returns[Rating.GOOD], store.today())}"
        for rating in (Rating.EASY, Rating.AGAIN, Rating.HARD):
            await at.press(str(int(rating)))
            await at.sees(f"{rating.name.title()} → back {comes_back(returns[rating], store.today())}")
            assert at.styled(marked).startswith(f"{int(rating)} {rating.name.title()}")
            (state,) = store.states().values()
            assert (state.rating, state.due) == (rating, returns[rating])
        await at.press("enter")
        await at.sees("question 2 of 11")


async def test_an_answer_rated_again_comes_back(desk: Desk) -> None:
    desk.write("slopes", "s1")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("question 1 of 1")
        await at.press(RIGHT)
        await at.sees("Right. Good")
        await at.press("1")
        await at.sees("Again → back in this session")
        await at.press("enter")
        await at.sees("question 1 of 1, again")


async def test_the_experiment_runs_and_turns(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await answers_the_first_question(at, "3")
        await at.press("r")
        await at.sees("The experiment that settles it", "η = 0.11 ", "Diverging: ")
        await at.press("left")
        await at.sees("η = 0.1 ", "Oscillating: ")
        await at.press("r")
        await at.sees("Right. Good")


async def test_undo_asks_again(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await answers_the_first_question(at, "1")
        await at.press("u")
        await at.sees("question 1 of 11", "no hint yet")
        await at.until(lambda: "u undo" not in at.keys, "there is nothing to take back")
        await at.press("3")
        await at.sees("Right. Good")
    first, second = bundled.store().reviews()
    assert (first.undone, first.correct, second.undone, second.correct) == (True, False, False, True)


async def test_undo_goes_back_over_several_answers(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2", "s3")
    study(desk.session(), RIGHT, WRONG)
    async with sits_down(desk) as at:
        await at.sees("question 3 of 3")
        await at.press("u")
        await at.sees("question 2 of 3")
        await at.press("u")
        await at.sees("question 1 of 3")
        await at.until(lambda: "u undo" not in at.keys, "there is nothing to take back")
    assert desk.store().states() == {}


async def test_leaving_the_feedback_comes_back_to_it(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await answers_the_first_question(at, "1")
        await at.press("q")
        await at.sees("1 due · 10 new")
        await at.press("enter")
        await at.sees("Not right.")
    async with sits_down(bundled) as at:
        await at.sees("Not right.")
        await at.press("e")
        await at.sees("¶ 2 of 4")
        await at.press("q", "enter")
        await at.sees("question 2 of 11")


async def test_done_sums_up_and_undoes_the_last(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), RIGHT)
    async with sits_down(desk) as at:
        await at.sees("question 2 of 2")
        await at.press("h", RIGHT)
        await at.sees("Right. Hard")
        await at.press("enter")
        await at.sees("Done for now", "You know 2 of 2 questions.")
        await at.sees("● What does s1 ask? Good → back in 2 days", "● What does s2 ask? Hard → back tomorrow")
        await at.press("u")
        await at.sees("question 2 of 2", "1 hint")
        await at.press(RIGHT)
        await at.sees("Right. Hard")
        await at.press("enter")
        await at.sees("Done for now")
        await at.press("enter")
        await at.sees("Nothing to do today.", "● The card slopes", "2 of 2")


async def test_done_is_done_until_the_next_questions_come(desk: Desk) -> None:
    desk.write("slopes", "s1")
    finish(desk.session())
    async with sits_down(desk) as at:
        await at.sees("You know 1 of 1 question.", "u undo")
        await at.press("q")
        await at.sees("Nothing to do today.")
    desk.wait(days=1)
    async with sits_down(desk) as at:
        await at.sees("Done for now", "Nothing is left to ask.", "u undo")  # also on another day
        await at.press("enter")
        await at.sees("Nothing to do today.")
