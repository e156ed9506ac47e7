"""A learner at the app: what the screen shows, and keys to press."""

from __future__ import annotations

import shutil
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tutor.app.app import TutorApp
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from rich.segment import Segment
    from textual.pilot import Pilot

BUNDLED = Path(__file__).parents[2] / "decks" / "optimization"

PATIENCE = 10.0
"""Seconds after which what is waited for will not come."""


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
        """What the screen shows, without line breaks."""
        return " ".join(self.text.split())

    @property
    def keys(self) -> str:
        """The last line of the screen."""
        return self.text.rstrip().splitlines()[-1]

    def styled(self, has: Callable[[Segment], object]) -> str:
        """The parts of the screen whose segments satisfy a condition, such as being underlined."""
        strips = self.app.screen._compositor.render_strips()
        return " ".join("".join(part.text for strip in strips for part in strip if has(part)).split())

    async def press(self, *keys: str) -> None:
        """Press the keys, one after another."""
        await self.pilot.press(*keys)

    async def until(self, condition: Callable[[], object], otherwise: str) -> None:
        """Let the app work until ``condition()`` holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"{otherwise}; there is:\n{self.text}"
            await self.pilot.pause()

    async def sees(self, *texts: str) -> None:
        """Wait until the screen shows all of the texts, wherever its lines break."""
        for text in texts:
            await self.until(lambda: text in self.flat, f"'{text}' is not on the screen")  # noqa: B023


@asynccontextmanager
async def sits_down(
    desk: Desk, *, start: bool = True, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Sitting]:
    """Open the app on the session, or on the first screen."""
    app = TutorApp(desk.library(), desk.store(), Scope(), start=start, clock=desk.clock)
    async with app.run_test(size=size) as pilot:
        sitting = Sitting(app, pilot)
        await sitting.sees("Tutor" if not start else " ? help")
        yield sitting


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nothing on it."""
    (tmp_path / "decks").mkdir()
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def bundled(desk: Desk) -> Desk:
    """A desk with the bundled card."""
    shutil.copytree(BUNDLED, desk.folder / "decks" / "optimization")
    return desk
