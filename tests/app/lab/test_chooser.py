"""The tables to choose from, with their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from tests.app.lab.conftest import BOWL, opens_lab
from tutor.lab.bench.state import Choice

if TYPE_CHECKING:
    from tests.desk import Desk


@pytest.mark.parametrize(
    ("key", "name", "seen"),
    [
        ("o", "rosenbrock", "Rosenbrock"),
        ("m", "adam", "▸A ─── adam"),
        ("s", "cosine", "sgd · cosine"),
        ("l", "armijo", "sgd · armijo"),
    ],
)
async def test_the_tables_are_chosen_from(desk: Desk, key: str, name: str, seen: str) -> None:
    async with opens_lab(desk) as bench:
        await bench.press(key)
        await bench.sees("Lab · choose the")
        choices = bench.app.screen.query_one("#choices", OptionList)
        while choices.highlighted != choices.get_option_index(name):
            await bench.press("down")
        await bench.press("enter")
        await bench.sees(seen)


async def test_parameters_are_typed(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("o")
        await bench.sees("● quadratic", "kappa")
        await bench.press("equals_sign")
        await bench.type("kappa=-3")
        await bench.told("must be a number from 1")
        await bench.press("equals_sign")
        await bench.type("kappa=50")
        await bench.sees("50y²")
        assert bench.state.ground.objective.given["kappa"] == 50


async def test_a_formula_of_ones_own_is_descended(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("o", "home")
        await bench.sees("your own formula")
        await bench.press("equals_sign")
        await bench.type("x**2 + 3*y**2")
        await bench.until(lambda: bench.state.ground.objective == Choice("x**2 + 3*y**2"), "it is not taken")
        await bench.press("o")
        await bench.sees("● own")


async def test_leaving_a_list_leaves_all_as_it_is(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("m")
        await bench.sees("choose the optimizer")
        await bench.press("down", "q")
        await bench.sees("verdict")
        assert bench.state == BOWL
