from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.conftest import sits_down
from tests.desk import RIGHT, WRONG, finish, study
from tutor.study.wording import facts

if TYPE_CHECKING:
    from tests.desk import Desk


async def test_a_new_card_with_its_facts_and_tasks(bundled: Desk) -> None:
    async with sits_down(bundled, start=False) as at:
        await at.sees("Mon 23 November", "0 due · 11 new · about 7 minutes")
        await at.sees("Optimisation ▸ ○ Learning rate as step size: fragile knob Beginner 0 of 11")
        await at.sees(*facts(at.app.library.card("learning-rate")))
        await at.sees("○ Line-search methods choose a step size by:")
        await at.sees("The next days Mon · Tue ·")


async def test_each_state_of_a_card_has_its_sign(desk: Desk) -> None:
    for n, card in enumerate(("due", "learned", "begun", "new")):
        desk.write(card, f"{card}1", f"{card}2", deck=f"deck{n}")
    finish(desk.session("deck0"))
    desk.wait(days=2)
    finish(desk.session("deck1"))
    study(desk.session("deck2"), RIGHT)
    async with sits_down(desk, start=False, size=(110, 30)) as at:
        await at.sees("2 due · 3 new")
        await at.sees("! The card due", "2 due", "● The card learned", "2 of 2", "◐ The card begun", "1 of 2")
        await at.sees("○ The card new", "0 of 2")


async def test_the_days_to_come(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    finish(desk.session())
    async with sits_down(desk, start=False) as at:
        await at.sees("Nothing to do today. The next questions come on Wed 25 November.", "Wed 2 █")


async def test_a_failed_question_is_still_due_today(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), WRONG)
    async with sits_down(desk, start=False) as at:
        await at.sees("1 due · 1 new", "! The card slopes")


async def test_no_decks_at_all(desk: Desk) -> None:
    async with sits_down(desk, start=False) as at:
        await at.sees("Nothing to do today.")
        await at.press("r", "down", "up")
        await at.sees("Nothing to do today.")
        await at.press("enter")
        await at.sees("Nothing is left to ask.")
        await at.press("enter")
        await at.sees("Nothing to do today.")


async def test_the_detail_is_of_the_marked_card(desk: Desk) -> None:
    desk.write("slopes", "s1")
    desk.write("valleys", "v1")
    async with sits_down(desk, start=False) as at:
        await at.sees("○ What does s1 ask?")
        await at.press("down")
        await at.sees("○ What does v1 ask?")
        await at.press("r")
        await at.sees("The card valleys ¶ 1 of 2")


async def test_enter_starts_whatever_is_marked(desk: Desk) -> None:
    desk.write("slopes", "s1")
    desk.write("valleys", "v1")
    async with sits_down(desk, start=False) as at:
        await at.press("down", "enter")
        await at.sees("The card slopes ¶ 1 of 2")


async def test_q_quits(bundled: Desk) -> None:
    async with sits_down(bundled, start=False) as at:
        await at.press("q")
        await at.until(lambda: not at.app.is_running, "it goes on")
        assert at.app.return_code == 0


async def test_moving_through_many_cards(desk: Desk) -> None:
    for n in range(40):
        desk.write(f"card{n:02}", f"q{n:02}", deck=f"deck{n // 20}")
    async with sits_down(desk, start=False) as at:
        await at.sees("Deck0 ▸ ○ The card card00", "20 new")
        await at.press("up")
        await at.sees("▸ ○ The card card39", "Beginner · Hills")
        await at.press("down")
        await at.sees("Deck0 ▸ ○ The card card00")
        await at.press("end", "up")
        await at.sees("▸ ○ The card card38")
        await at.press("home", *["down"] * 20)
        await at.sees("Deck1", "▸ ○ The card card20")
        await at.press("r", "q")
        await at.sees("▸ ", "The card card20")
