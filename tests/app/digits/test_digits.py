"""The list of experiments on digits, and the digits themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.app.digits.conftest import opens_digits
from tests.app.digits.fake import Fake
from tests.app.lab.conftest import opens_lab
from tests.app.test_keys import offered, page
from tutor.app.digits.look import LookPage

if TYPE_CHECKING:
    from tests.desk import Desk


async def test_the_lab_switches_between_surfaces_and_digits(desk: Desk) -> None:
    async with opens_lab(desk, size=(160, 40)) as bench:
        assert "d digits" in bench.keys
        state = bench.state
        await bench.press("d")
        await bench.sees("Lab · handwritten digits", "bracket", "range-test", "sweep", "catapult")
        await bench.press("d")
        await bench.sees("Lab ·", "▸A")
        assert bench.state == state


async def test_the_list_opens_what_is_marked(desk: Desk, fake: Fake) -> None:
    async with opens_digits(desk, fake) as at:
        await at.sees("the same without knobs")
        await at.press("down", "enter")
        await at.sees("Digits · other", "Not run yet. Enter runs it")
        assert "turn" not in at.keys
        await at.press("q")
        await at.sees("d surfaces")


async def test_the_digits_are_looked_at(desk: Desk, fake: Fake) -> None:
    async with opens_digits(desk, fake) as at:
        assert "█" in at.text  # one of each, below the list
        await at.press("v")
        await at.sees("the images of 'digits', 8 × 8 pixels", "1 of 1,797", "a 0")
        first = at.text
        await at.press("right")
        await at.sees("2 of 1,797", "a 1")
        assert at.text != first
        await at.press("left", "left")
        await at.sees("1,797 of 1,797")
        await at.press("7")
        await at.sees("a 7", "8 of 1,797")
        await at.press("7")
        await at.sees("a 7", "18 of 1,797")
        await at.press("q")
        await at.sees("d surfaces")


async def test_every_digit_is_found(desk: Desk, fake: Fake) -> None:
    async with opens_digits(desk, fake) as at:
        await at.press("v")
        await at.sees("a 0")
        page = at.app.screen
        assert isinstance(page, LookPage)
        for digit in "3141592650":
            await at.press(digit)
            assert page.images.labels[page.place] == int(digit)
        labels = page.images.labels
        assert np.unique(labels).tolist() == list(range(10))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18), (40, 12)])
async def test_the_screens_fit_any_terminal(desk: Desk, fake: Fake, size: tuple[int, int]) -> None:
    async with opens_digits(desk, fake, size) as at:
        assert max(map(len, at.text.splitlines())) <= size[0]
        await at.press("v")
        await at.sees("a 0", "? help")
        assert max(map(len, at.text.splitlines())) <= size[0]


@pytest.mark.parametrize("keys", [(), ("v",), ("enter", "right"), ("enter", "enter")])
async def test_the_keys_that_are_offered_do_something(desk: Desk, fake: Fake, keys: tuple[str, ...]) -> None:
    async with opens_digits(desk, fake, (80, 40)) as at:
        await at.press(*keys)
        shown = [f"{key} {words}" for key, words in page(at).keys(shown=True)]
        await at.sees(*shown)
        to_try = offered(at)
    for key in to_try:
        async with opens_digits(desk, Fake(), (80, 40)) as at:
            await at.press(*keys)
            await at.sees(*shown)
            before = at.app.screen, at.text
            await at.press(key)
            await at.until(
                lambda: not at.app.is_running or (at.app.screen, at.text) != before,  # noqa: B023
                f"{key} does nothing",
            )
