"""What is turned, typed and moved on the bench, each by what the learner then sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.app.lab.conftest import BOWL, opens_lab

if TYPE_CHECKING:
    from tests.desk import Desk


async def test_arrows_turn_eta(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("right")
        await bench.sees("η = 0.11 ")
        await bench.press("left", "left")
        await bench.sees("η = 0.091 ")
        await bench.press("shift+right")
        await bench.sees("η = 0.1 ")
        await bench.press("shift+right", "shift+right")
        await bench.sees("η = 0.5 ", "Diverging")
        assert bench.state.runs[1] == BOWL.runs[1]


async def test_eta_is_typed(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("0")
        await bench.sees("η = 0")
        await bench.press("full_stop", "1", "9", "9", "enter")
        await bench.sees("η = 0.199 ", "Oscillating")
        await bench.press("equals_sign")
        await bench.type("0")
        await bench.told("η is a number from")
        assert bench.state.run.rate == 0.199
        await bench.press("equals_sign", "a", "escape")
        await bench.sees("┊")
        assert bench.state.run.rate == 0.199


async def test_while_typing_no_other_key_acts(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("equals_sign", *"aqdp", "up", "tab")
        await bench.sees("η = aqdp")
        assert "take it" in bench.keys
        await bench.press("enter")
        await bench.told("'aqdp' is not a number")
        assert bench.state == BOWL


async def test_eta_is_turned_from_the_cursor_on_without_a_restart(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("left_square_bracket", "left_square_bracket", "c")
        await bench.sees("step 32 of 40", "turned from here on")
        await bench.press("shift+right", "shift+right")
        await bench.sees("η = 0.5, turned")
        assert bench.state.run.turns == ((32, 0.5),)


async def test_the_cursor_is_scrubbed(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("home")
        await bench.sees("step 0 of 40", "x = −4, 2 ")
        await bench.press("full_stop", "full_stop", "comma", "full_stop")
        await bench.sees("step 2 of 40")
        await bench.press("right_square_bracket")
        await bench.sees("step 6 of 40")
        await bench.press("end")
        await bench.sees("step 40 of 40")


async def test_a_run_is_played_and_then_no_timer_runs(desk: Desk) -> None:
    async with opens_lab(desk, replace(BOWL, ground=replace(BOWL.ground, steps=4))) as bench:
        await bench.press("space")
        await bench.until(lambda: bench.page._playing is not None, "nothing is played")
        await bench.until(lambda: bench.page._playing is None, "it is played for ever")
        await bench.sees("step 4 of 4")
        await bench.press("space", "space")
        assert bench.page._playing is None


async def test_runs_are_added_switched_and_dropped(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("down")
        await bench.sees("▸B ╌╌╌ momentum")
        await bench.press("a", "a")
        await bench.sees("▸D ─·─ momentum")
        assert "a add run" not in bench.keys
        await bench.press("x", "x", "x")
        await bench.until(lambda: len(bench.state.runs) == 1, "not all were dropped")
        await bench.press("x")
        assert len(bench.state.runs) == 1


async def test_the_start_is_moved_and_typed(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("v", "right", "right", "up", "enter")
        await bench.sees("from (−3.5, 2.1")
        await bench.press("right")
        await bench.sees("η = 0.11")
        await bench.press("v", "equals_sign")
        await bench.type("-1, 0.5")
        await bench.sees("from (−1, 0.5)")
        await bench.press("v", "equals_sign")
        await bench.type("1")
        await bench.told("2 numbers")


async def test_the_number_of_steps_is_typed(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("n")
        await bench.type("7")
        await bench.sees("· 7 steps")
        await bench.press("n")
        await bench.type("2.5")
        await bench.told("not a whole number")


async def test_the_flow_is_drawn_beside_the_runs(desk: Desk) -> None:
    async with opens_lab(desk, size=(120, 40)) as bench:

        def plane() -> str:
            return "\n".join(line[:60] for line in bench.text.splitlines()[2:-10])

        assert "F" not in plane()
        await bench.press("f")
        await bench.until(lambda: "F" in plane(), "no flow is drawn")
        await bench.press("f")
        await bench.until(lambda: "F" not in plane(), "the flow stays")


async def test_predict_before_reveal(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("p")
        await bench.sees("What will A do? 1 crawl 2 converge", "limit: yours to find")
        await bench.press("shift+right", "shift+right")
        await bench.sees("What will A do?", "η = 0.5")
        await bench.press("4")
        await bench.sees("✓ Right, 1 of 1 Diverging:")
        await bench.press("left")
        await bench.sees("What will A do?")
        await bench.press("2")
        await bench.sees("✗ Not converging, 1 of 2 Diverging:")
        await bench.press("left", "enter", "p")
        await bench.sees("▸A", "Diverging")
        await bench.press("left")
        assert bench.state.hidden is None


async def test_every_change_can_be_undone(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("right", "a", "s")
        await bench.sees("choose the schedule")
        await bench.press("down", "enter")
        await bench.until(lambda: bench.state.run.schedule.name != "constant", "no schedule is taken")
        await bench.press("u", "u", "u", "u")
        await bench.until(lambda: bench.state == BOWL, "not all was undone")
