"""One experiment on digits: its knobs, how it runs, and how it is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import PATIENCE
from tests.app.digits.conftest import opens_bench
from tests.app.digits.fake import STEPS

if TYPE_CHECKING:
    from tests.app.digits.fake import Fake
    from tests.desk import Desk


async def test_it_runs_when_asked_and_shows_what_comes(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.sees("Not run yet. Enter runs it: about 2 s.", "Enter run")
        assert not fake.running
        await at.press("enter")
        await at.sees("rate 0 of 4", "0%", "Esc cancel")
        assert "Enter run" not in at.keys
        fake.go(2)
        await at.sees("rate 2 of 4", "████████████░░░░░░░░░░░░ 50%", "rates: 2", "Not yet.")
        fake.go(2)
        await at.sees("The best rate is 0.3.", "✗")
        assert "50%" not in at.text
        assert "Esc cancel" not in at.keys
        assert "Enter run" not in at.keys


async def test_cancelling_is_immediate_and_leaves_what_was_done(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        fake.go(3)
        await at.sees("rate 3 of 4")
        await at.press("escape")
        assert not at.shown.running  # at once, whatever the thread still does
        await at.sees("Stopped at 75%. What is finished is kept: Enter goes on.", "rates: 3")
        await at.until(lambda: not fake.running, "the generator is not closed")
        await at.press("enter")
        fake.go()
        await at.sees("The best rate is 0.3.")


async def test_what_a_cancelled_run_still_sends_is_not_shown(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        await at.sees("rate 0 of 4")
        await at.press("c", "right", "enter")
        fake.go(STEPS)
        await at.sees("--batch 64", "The best rate is 0.3.")
        await at.until(lambda: not fake.running, "the generator is not closed")
        assert fake.kept.get((64, "he")) == STEPS


@pytest.mark.parametrize("keys", [("escape", "q"), ("q",)])
async def test_leaving_cancels(desk: Desk, fake: Fake, keys: tuple[str, ...]) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        await at.sees("rate 0 of 4")
        await at.press(*keys)
        await at.sees("d surfaces")
        await at.until(lambda: not fake.running, "it still runs")


async def test_quitting_in_the_middle_cancels(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        await at.sees("rate 0 of 4")
        assert fake.running
    assert fake.ended.wait(PATIENCE)


async def test_what_was_run_before_is_there_at_once(desk: Desk, fake: Fake) -> None:
    fake.kept[64, "he"] = STEPS
    async with opens_bench(desk, fake) as at:
        await at.sees("Not run yet.")
        await at.press("right")
        await at.sees("--batch 64", "The best rate is 0.3.")
        assert "Enter run" not in at.keys


async def test_knobs_are_turned_and_typed(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("right", "right")
        await at.sees("▸ batch 128*", "--batch 128")
        await at.press("left", "left", "left")
        await at.sees("▸ batch 16*")
        await at.press("down", "right")
        await at.sees("▸ init glorot*", "how the first weights are drawn", "--init glorot")
        await at.press("right")
        await at.sees("▸ init he ")
        await at.press("up", "4")
        await at.sees("batch = 4", "Enter take it")
        await at.press("8", "enter")
        await at.sees("▸ batch 48*")
        await at.press("up", "equals_sign", *"0.1", "space", *"0.5", "enter")
        await at.sees("▸ rates 0.1,0.5*")
        await at.press("backspace")
        await at.sees("▸ rates — ")
        await at.press("u")
        await at.sees("▸ rates 0.1,0.5*")


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ((*"99999", "enter"), "batch must be a whole number from 1 to 1,024"),
        (("equals_sign", *"lots", "enter"), "'lots' is not a number"),
        ((*"13", "enter"), "a batch of 13 brings bad luck"),
        (("up", "right"), "rates cannot be turned: type it after ="),
    ],
)
async def test_what_makes_no_sense_is_said(desk: Desk, fake: Fake, keys: tuple[str, ...], why: str) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press(*keys)
        await at.told(why)
        await at.sees("batch 32 ", "--batch 32", "Enter run")


async def test_typing_is_left_with_escape(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("7", "q")
        await at.sees("batch = 7q")
        await at.press("escape")
        await at.sees("▸ batch 32 ", "Enter run")


async def test_while_it_runs_no_knob_is_turned(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        await at.sees("rate 0 of 4")
        assert "turn" not in at.keys
        await at.press("right", "5")
        await at.sees("▸ batch 32 ", "rate 0 of 4")


async def test_what_goes_wrong_is_a_notice(desk: Desk, fake: Fake) -> None:
    fake.broken = "mnist is not here: pip install it"
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        await at.told("mnist is not here")
        await at.sees("Enter run", "at 0%")
        fake.broken = ""
        await at.press("enter")
        fake.go(STEPS)
        await at.sees("The best rate is 0.3.")


async def test_a_knob_that_cannot_be_set_so_here_stays_as_it_is(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        fake.missing = "mnist is not here: pip install it"
        await at.press("right")
        await at.told("mnist is not here")
        await at.sees("▸ batch 32 ", "--batch 32")


async def test_numbers_and_command_are_shown(desk: Desk, fake: Fake) -> None:
    fake.kept[32, "he"] = STEPS
    async with opens_bench(desk, fake) as at:
        await at.press("t")
        await at.sees("Digits · fake · the numbers", "η loss", "0.3 0.1", "1.0 inf")
        await at.press("enter", "y")
        await at.sees("the command that prints the same", "tutor fake --batch 32 --init he")
        await at.press("q")
        await at.sees("The best rate is 0.3.")


async def test_a_large_terminal_has_the_numbers_below(desk: Desk, fake: Fake) -> None:
    fake.kept[32, "he"] = STEPS
    async with opens_bench(desk, fake, (120, 40)) as at:
        await at.sees("The best rate is 0.3.", "η loss", "1.0 inf")


@pytest.mark.parametrize("size", [(120, 40), (60, 18), (40, 12)])
async def test_it_fits_any_terminal(desk: Desk, fake: Fake, size: tuple[int, int]) -> None:
    async with opens_bench(desk, fake, size) as at:
        await at.press("enter")
        fake.go(2)
        await at.sees("50%", "batch 32")
        lines = at.text.splitlines()
        assert max(map(len, lines)) <= size[0]
        assert "? help" in at.keys
        await at.pilot.resize_terminal(80, 24)
        await at.sees("50%", "rates: 2", "▸ batch 32")


async def test_every_key_is_in_the_help(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake, (80, 40)) as at:
        await at.press("right", "question_mark")
        await at.sees(
            "Enter run it", "↑↓ choose which knob", "←→ turn", "= type", "Bksp set the knob back", "y show the"
        )
        await at.sees("v look at", "u take the last", "q back to")


async def test_nothing_is_drawn_while_nothing_is_new(desk: Desk, fake: Fake) -> None:
    async with opens_bench(desk, fake) as at:
        await at.press("enter")
        fake.go()
        await at.sees("rate 1 of 4", "rates: 1")
        before = at.shown
        await at.until(lambda: fake.allowed == 0 and fake.running, "it does not run")
        for _ in range(20):
            await at.pilot.pause(0.005)
        assert at.shown.state is before.state
