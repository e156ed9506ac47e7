"""Several options, numbers, gaps and free recall on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.kinds import write_kinds

if TYPE_CHECKING:
    from tests.desk import Desk


async def test_several_options_are_chosen_and_sent(desk: Desk) -> None:
    write_kinds(desk, "multi")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("Choose all that are right.", "1 [ ] they point up", "1–3 choose")
        assert "Enter" not in at.keys
        await at.press("1", "2", "2")
        await at.sees("1 [x] they point up 2 [ ] they sleep", "Enter answer")
        await at.press("up", "space")
        await at.sees("▸ 3 [x] they vanish")
        await at.press("space", "c", "enter")
        await at.sees(
            "Right. Good",
            "✓ 1 they point up ← you chose it Up.",
            "✗ 2 they sleep No.",
            "✓ 3 they vanish ← you chose it",
        )
    (review,) = desk.store().reviews()
    assert review.answer == ["they point up", "they vanish"]


async def test_what_was_left_out_is_told(desk: Desk) -> None:
    write_kinds(desk, "multi")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("1–3 choose")
        await at.press("enter")
        notices = at.app._notifications
        await at.until(lambda: any("Enter then answers" in notice.message for notice in notices), "no notice")
        await at.press("1", "2", "enter")
        await at.sees(
            "Not right: 1 left out, 1 too many.",
            "✗ 2 they sleep ← you chose it",
            "✓ 3 they vanish ← you left it out",
        )


async def test_a_number_that_is_a_slip_is_explained(desk: Desk) -> None:
    write_kinds(desk, "number")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("▏degrees", "a number of degrees: within 5 % is right")
        assert "10 degrees" not in at.text
        await at.press("1", "0", "enter")
        await at.sees(
            "✓ 20 degrees ± 5 %; your answer: 10 degrees It is 20.",
            "✗ 10 degrees ← your answer That is half of it.",
        )


async def test_a_gap_is_filled_where_it_stands(desk: Desk) -> None:
    write_kinds(desk, "cloze")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("A slope points ___ and nowhere else.", "In the gap:", "Enter answer esc other keys")
        await at.press("u", "p", "h", "x")  # keys of the page, but not here
        await at.sees("A slope points uphx▏ and nowhere else.", "esc h a hint in words", "In the gap: uphx")
        await at.press("escape")
        await at.sees("A slope points uphx▏ and", "Enter type", "h hint")
        assert "esc h" not in at.flat
        await at.press("h")
        await at.sees("Think of cloze.")
        await at.press("enter")
        await at.sees("In the gap: uphx")
        await at.press("backspace", "i", "l", "l", "enter")
        await at.sees("Right. Hard", "✓ uphill, or up the hill ← your answer", "✗ downhill The other way.")
    (review,) = desk.store().reviews()
    assert (review.kind, review.answer) == ("cloze", "uphill")


async def test_an_empty_gap_is_no_answer_and_undo_asks_again(desk: Desk) -> None:
    write_kinds(desk, "cloze")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("In the gap:")
        await at.press("enter")
        await at.sees("gap is empty", "In the gap:")
        assert desk.store().reviews() == []
        await at.press(*"side", "enter")  # which are no keys of the page
        await at.sees("Not right.", "✗ side ← your answer")
        await at.press("u")
        await at.sees("A slope points ___", "In the gap:")


async def test_what_is_recalled_is_shown_and_rated(desk: Desk) -> None:
    write_kinds(desk, "recall")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("Find your answer first. Enter then shows the answer.", "Enter show it", "w write")
        assert "It follows" not in at.text
        await at.press("enter")
        await at.sees("✓ It follows the slope. Downhill.", "How well did you know it?")
        await at.press("3")
        await at.sees("Done for now")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
async def test_the_keys_are_named(desk: Desk, size: tuple[int, int]) -> None:
    write_kinds(desk, "multi")
    async with sits_down(desk, size=size) as at:
        await at.press("t")
        await at.sees("1–3 choose")
        await at.press("1")
        await at.sees("1 [x] they point up")
        assert at.keys.endswith("? help")
