"""What is kept, written and copied from the bench."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.app.lab.conftest import opens_lab

if TYPE_CHECKING:
    from tests.desk import Desk


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
