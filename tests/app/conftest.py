"""A learner at the app: what the screen shows, and keys to press."""

from __future__ import annotations

import shutil
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import _wait

from tests.desk import RIGHT, Desk, study
from tutor.app.app import TutorApp
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from rich.segment import Segment
    from textual.pilot import Pilot

FIRST_CARD = Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md"

PATIENCE = 20.0
"""Seconds after which what is waited for will not come."""

_wait.SLEEP_GRANULARITY = 0.005  # after each key Textual's pilot looks twice whether the app is idle, for 20 ms
_wait.SLEEP_IDLE = 0.0005


class Sitting:
    """One learner at one running app."""

    def __init__(self, app: TutorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def flat(self) -> str:
        """What the screen shows, without line breaks and frames."""
        return " ".join(self.text.replace("│", " ").split())

    @property
    def keys(self) -> str:
        """The last line of the screen."""
        return self.text.rstrip().splitlines()[-1]

    @property
    def marked(self) -> str:
        """The line with the sign of the marked one."""
        return next((" ".join(line.split()) for line in self.text.splitlines() if "▸" in line), "")

    def styled(self, has: Callable[[Segment], object]) -> str:
        """The parts of the screen whose segments satisfy a condition, such as being underlined."""
        strips = self.app.screen._compositor.render_strips()
        return " ".join("".join(part.text for strip in strips for part in strip if has(part)).split())

    async def press(self, *keys: str) -> None:
        """Press the keys, one after another, each when the screen that the last one led to is there."""
        for key in keys:
            await self.pilot.press(key)
            await self.until(
                lambda: not self.app.is_running or self.app.screen.is_mounted, "there is no screen"
            )

    async def types(self, text: str) -> None:
        """Type into the line, in place of what is there."""
        await self.press("ctrl+u")
        self.types_on(text)

    def types_on(self, text: str) -> None:
        """Type into the line, all at once."""
        for letter in text:
            self.app.simulate_key(letter)

    async def until(self, condition: Callable[[], object], otherwise: str) -> None:
        """Let the app work until ``condition()`` holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"{otherwise}; there is:\n{self.text}"
            await self.pilot.pause(0.005)

    async def sees(self, *texts: str) -> None:
        """Wait until the screen shows all of the texts, wherever its lines break, and has come to rest."""
        seen = ""

        def all_there() -> bool:
            nonlocal seen
            before, seen = seen, self.flat
            return seen == before and all(text in seen for text in texts)

        await self.until(all_there, f"not all of {texts} is on the screen")


@asynccontextmanager
async def sits_down(
    desk: Desk, *, start: bool = True, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Sitting]:
    """Open the app on the session, or on the first screen."""
    app = TutorApp(desk.library(), desk.store(), Scope(), start=start, clock=desk.clock, settings=desk.settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        sitting = Sitting(app, pilot)
        await sitting.sees("Tutor" if not start else " ? help")
        yield sitting


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nothing on it."""
    (tmp_path / "decks").mkdir()
    desk = Desk(tmp_path, tick=1)
    yield desk
    desk.close()


@pytest.fixture
def bundled(desk: Desk) -> Desk:
    """A desk with the first of the bundled cards."""
    deck = desk.folder / "decks" / "optimization"
    deck.mkdir()
    (deck / "deck.toml").write_text('title = "Optimisation"\n')
    shutil.copy(FIRST_CARD, deck)
    return desk


@pytest.fixture
def hills(desk: Desk) -> Desk:
    """Two decks; one question is due, and one learned."""
    desk.write("slopes", "s1", "s2")
    desk.write("valleys", "v1")
    desk.write("waves", "w1", deck="seas")
    study(desk.session("hills"), RIGHT, "1")
    return desk
