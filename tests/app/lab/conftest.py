"""A learner in the lab."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import Sitting
from tutor.app.app import TutorApp
from tutor.app.lab.screen import LabPage
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.desk import Desk

BOWL = LabState(
    Ground(choice("quadratic", {"kappa": 10.0}), steps=40),
    (RunSetup(0.1), RunSetup(0.05, optimizer=Choice("momentum"))),
)


class Bench(Sitting):
    """A learner at the lab's screen."""

    @property
    def page(self) -> LabPage:
        """The lab."""
        (page,) = (screen for screen in self.app.screen_stack if isinstance(screen, LabPage))
        return page

    @property
    def state(self) -> LabState:
        """What is on the bench."""
        return self.page.state

    async def told(self, text: str) -> None:
        """Wait until a notice says so."""
        await self.until(lambda: text in self.notices, f"'{text}' is not said, but: {self.notices}")

    @property
    def notices(self) -> str:
        """What was said so far."""
        return " ".join(notice.message for notice in self.app._notifications)

    async def type(self, text: str) -> None:
        """Type into the line that asks, in place of what it offers, and press Enter."""
        await self.press("ctrl+u", *(NAMES.get(letter, letter) for letter in text), "enter")


NAMES = {
    " ": "space",
    "=": "equals_sign",
    ".": "full_stop",
    ",": "comma",
    "-": "minus",
    "/": "slash",
    "*": "asterisk",
    "+": "plus",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "_": "underscore",
}


@asynccontextmanager
async def opens_lab(
    desk: Desk, state: LabState = BOWL, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Bench]:
    """Open the lab by itself."""
    app = TutorApp(desk.library(), desk.store(), Scope(), lab=state, clock=desk.clock)
    async with app.run_test(size=size) as pilot:
        bench = Bench(app, pilot)
        await bench.sees("Lab ·", "▸")
        yield bench


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, and a current one, of the test's own."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
