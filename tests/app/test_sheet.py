from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.geometry import Region

from tutor.app.sheet import Sheet, plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

WIDTH = 12


class Framed(App[None]):
    """Shows a sheet with a frame and room around it, as most are."""

    CSS: ClassVar[str] = "Sheet { border: solid red; padding: 1 2; }"

    def compose(self) -> ComposeResult:
        yield Sheet()


async def test_the_cells_that_differ_are_repainted_where_they_are() -> None:
    async with Framed().run_test(size=(WIDTH + 6, 8)) as pilot:
        sheet = pilot.app.query_one(Sheet)
        sheet.paint(plain("a" * WIDTH, "b" * WIDTH))
        for x in range(WIDTH):
            await pilot.pause()
            sheet.paint(plain("a" * WIDTH, "b" * x + "c" + "b" * (WIDTH - x - 1)))
            (left, top, width, height), *others = sheet._exchange_repaint_regions()
            assert not others
            assert (top, height) == (2 + 1, 1)
            assert Region(left, top, width, height).contains(3 + x, 3)
            assert left + width == 3 + x + 1
