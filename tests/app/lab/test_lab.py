"""The lab's keys, each by what the learner then sees."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.app.lab.conftest import BOWL, opens_lab
from tests.desk import card_text
from tutor.lab.bench.figures import DIAGRAMS
from tutor.lab.bench.presets import PRESETS, preset
from tutor.lab.bench.state import Choice, LabState

if TYPE_CHECKING:
    from tests.desk import Desk


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
        rows = [row.name for row in bench.app.screen._rows]  # type: ignore[attr-defined]
        choices = bench.app.screen.query_one("#choices")
        while choices.highlighted != rows.index(name):  # type: ignore[attr-defined]
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


async def test_the_commands_are_shown(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("y")
        await bench.sees("tutor descend --objective quadratic --param kappa=10", "# B", "--optimizer momentum")
        await bench.press("enter")
        await bench.sees("verdict")


async def test_files_are_written_where_the_notice_says(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("e")
        await bench.sees("lab.csv")
        await bench.press("enter")
        await bench.told("Written to")
        assert len(Path("lab.csv").read_text(encoding="utf-8").splitlines()) == 1 + 82
        await bench.press("e")
        await bench.sees("lab-1.csv")
        await bench.type("mine.json")
        await bench.until(Path("mine.json").exists, "no JSON is written")
        assert len(json.loads(Path("mine.json").read_text(encoding="utf-8"))["runs"]) == 2
        await bench.press("e")
        await bench.type("mine.svg")
        await bench.until(Path("mine.svg").exists, "no picture is written")
        picture = Path("mine.svg").read_text(encoding="utf-8")
        assert "momentum" in picture
        assert "write to" not in picture
        await bench.press("e")
        await bench.type("mine.json")
        await bench.told("exists already")
        await bench.press("e")
        await bench.type("mine.gif")
        await bench.told("end the name in")


async def test_a_state_is_kept_and_opened_again(desk: Desk, home: Path) -> None:
    async with opens_lab(desk) as bench:
        await bench.press("right", "w")
        await bench.type("mine")
        await bench.told("Kept in")
        kept = bench.state
        assert (home / "lab" / "mine.toml").exists()
        await bench.press("left", "g")
        await bench.sees("go to")
        await bench.press("end", "enter")
        await bench.until(lambda: bench.state == kept, "it is not opened")


async def test_tab_cycles_the_diagrams(desk: Desk) -> None:
    async with opens_lab(desk) as bench:
        assert "loss" in bench.text.splitlines()[2]
        await bench.press("tab")
        await bench.until(lambda: "gradient norm" in bench.text.splitlines()[2], "the loss stays first")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18), (200, 60), (40, 12)])
@pytest.mark.parametrize("state", [BOWL, preset("race"), preset("edge")], ids=["bowl", "race", "edge"])
async def test_it_fits_any_terminal(desk: Desk, size: tuple[int, int], state: LabState) -> None:
    async with opens_lab(desk, state, size) as bench:
        lines = bench.text.splitlines()
        assert max(map(len, lines)) <= size[0]
        assert "? help" in bench.keys
        assert any("●" in line and "├" in line for line in lines)


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
