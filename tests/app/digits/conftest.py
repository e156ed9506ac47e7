"""A learner at the digits, whose experiments do one step when the test says so."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import Sitting
from tests.app.digits.fake import Fake
from tutor.app.app import TutorApp
from tutor.app.digits.screen import DigitsPage
from tutor.app.long import LongView
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.desk import Desk
    from tutor.app.shown import Shown


class Digits(Sitting):
    """A learner at the screens of the digits."""

    @property
    def shown(self) -> Shown:
        """What the figure shows."""
        shown = self.app.screen.query_one(LongView).shown
        assert shown is not None
        return shown

    async def told(self, text: str) -> None:
        """Wait until a notice says so."""
        await self.until(
            lambda: text in " ".join(notice.message for notice in self.app._notifications),
            f"'{text}' is not said",
        )


@asynccontextmanager
async def opens_digits(desk: Desk, fake: Fake, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Digits]:
    """Open the list of experiments."""
    app = TutorApp(desk.library(), desk.store(), Scope(), clock=desk.clock)
    async with app.run_test(size=size, notifications=True) as pilot:
        at = Digits(app, pilot)
        await at.sees("Tutor")
        app.push_screen(DigitsPage(fake.table))
        await at.sees("a grid of rates", "Enter open it")
        yield at


@asynccontextmanager
async def opens_bench(desk: Desk, fake: Fake, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Digits]:
    """Open the first experiment of the list."""
    async with opens_digits(desk, fake, size) as at:
        await at.press("enter")
        await at.sees("▸ batch", "$ tutor fake")
        yield at


@pytest.fixture
def fake() -> Fake:
    """Experiments of which nothing was run yet."""
    return Fake()
