"""The lab: how it opens, what it shows, and in what room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.app.lab.conftest import BOWL, opens_lab
from tests.desk import card_text
from tutor.lab.bench.figures import DIAGRAMS
from tutor.lab.bench.presets import PRESETS, preset

if TYPE_CHECKING:
    from tests.desk import Desk
    from tutor.lab.bench.state import LabState


async def test_it_opens_from_the_first_screen_and_goes_back(desk: Desk) -> None:
    desk.write("one", "q-one")
    async with sits_down(desk, start=False) as tutor:
        await tutor.press("l")
        await tutor.sees("Lab · curved ravine")
        await tutor.press("q")
        await tutor.sees("The card one")


async def test_opened_by_its_command_it_ends_where_it_began(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("q")
        await bench.until(lambda: not bench.app.is_running, "the app goes on")


async def test_a_figure_of_a_card_opens_in_the_lab_as_it_was_turned(desk: Desk) -> None:
    desk.write("one", "q-one")
    path = desk.folder / "decks" / "hills" / "one.md"
    text = card_text("one", "q-one", experiment="").replace("## Tasks", EXPERIMENT + "\n## Tasks")
    path.write_text(text, encoding="utf-8")
    async with sits_down(desk) as tutor:
        await tutor.press("enter")
        await tutor.sees("η = 0.05")
        await tutor.press("right", "o")
        await tutor.sees("Lab · bowl", "η = 0.1", "20 steps")


EXPERIMENT = """
```experiment
kind = "descent"
objective = "quadratic"
rate = 0.05
steps = 20
```
"""


async def test_tab_cycles_the_diagrams(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        assert "loss" in bench.text.splitlines()[2]
        await bench.press("tab")
        await bench.until(lambda: "gradient norm" in bench.text.splitlines()[2], "the loss stays first")


def fits(text: str, width: int, height: int) -> bool:
    """Whether the lab is shown in so much room, with the scale and the last of its keys."""
    lines = text.splitlines()
    in_room = len(lines) <= height and max(map(len, lines)) <= width
    return in_room and "? help" in lines[-1] and any("●" in line and "├" in line for line in lines)


@pytest.mark.parametrize("state", [BOWL, preset("race"), preset("edge")], ids=["bowl", "race", "edge"])
async def test_it_fits_any_terminal(desk: Desk, state: LabState) -> None:
    async with opens_lab(desk, state, (200, 60)) as bench:
        await bench.until(lambda: fits(bench.text, 200, 60), "it does not fit")
        for width, height in [(120, 40), (80, 24), (60, 18), (40, 12)]:  # each smaller than what is shown
            await bench.pilot.resize_terminal(width, height)
            fitting = partial(lambda *room: fits(bench.text, *room), width, height)
            await bench.until(fitting, f"it does not fit {width} × {height}")


async def test_large_enough_all_diagrams_are_stacked(desk: Desk) -> None:
    async with opens_lab(desk, size=(120, 40)) as bench:
        await bench.sees("loss", "gradient norm", "effective rate")
        assert sum("└" in line for line in bench.text.splitlines()) == len(DIAGRAMS)


async def test_every_key_is_in_the_help(desk: Desk) -> None:
    async with opens_lab(desk, size=(80, 40)) as bench:
        await bench.press("right", "question_mark")
        await bench.sees("←→ raise η", "shift+←→", "= type η exactly", "c turn η", ", . move", "[ ] move")
        await bench.sees("Space play", "Tab show", "a add", "↑↓ choose", "x drop", "o choose the objective")
        await bench.sees(
            "m choose", "s choose", "l choose", "v move the start", "n set the number", "p predict"
        )
        await bench.sees("g go to", "w keep", "e write", "y show the commands", "u take", "q leave")


def test_the_presets_can_be_listed() -> None:
    assert {"race", "limit", "edge"} <= set(PRESETS)
