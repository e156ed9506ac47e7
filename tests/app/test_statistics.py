from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import Sitting, sits_down
from tests.desk import NOON, finish
from tests.learner import Learner, simulate, write
from tutor.app.statistics.pages import PAGES

if TYPE_CHECKING:
    from tests.desk import Desk

TITLES = (
    "The year",
    "The days to come",
    "What you keep",
    "Are the predictions right?",
    "How sure you are",
    "How you forget",
    "Your memory",
    "One question",
    "What retention costs",
    "Cards and decks",
)


@pytest.fixture
def years(desk: Desk) -> Desk:
    """A desk with a store of a year."""
    desk.write("card00000", *(f"card00000-q{n}" for n in range(1, 6)), deck="first")
    desk.write("card00001", *(f"card00001-q{n}" for n in range(1, 6)), deck="second")
    today = date.fromtimestamp(NOON.ms / 1000)  # noqa: DTZ012
    begin = today - timedelta(days=400)
    write(simulate(Learner(), questions=200, days=400, begin=begin, seed=1), str(desk.folder / "store.db"))
    return desk


async def turn(at: Sitting, key: str, title: str) -> None:
    await at.press(key)
    await at.sees(title)


async def test_every_page_by_its_key_and_back(years: Desk) -> None:
    assert len(TITLES) == len(PAGES)
    async with sits_down(years, start=False) as at:
        await turn(at, "s", "Statistics · The year")
        await at.sees("You studied on", "1 of 10", "→ next page")
        for n, title in enumerate(TITLES[1:], 2):
            await turn(at, "tab" if n % 2 else "right", f"Statistics · {title}")
            await at.sees(f"{n} of 10")
        await turn(at, "right", "Statistics · The year")
        await turn(at, "left", "Statistics · Cards and decks")
        await turn(at, "q", "The next days")


async def test_no_line_of_a_page_is_cut(years: Desk) -> None:
    async with sits_down(years, start=False) as at:
        await turn(at, "s", "The year")
        for title in (*TITLES[1:], TITLES[0]):
            lines = at.text.rstrip().splitlines()[:-2]
            assert len(lines) <= 22
            assert " ".join(lines).rstrip(" ─").endswith((".", "?"))
            await turn(at, "right", title)


async def test_questions_one_after_another(years: Desk) -> None:
    async with sits_down(years, start=False) as at:
        await turn(at, "s", "The year")
        for title in ("Cards and decks", "What retention costs", "One question: "):
            await turn(at, "left", title)
        first = at.text.splitlines()[0]
        await at.sees("↑↓ another question")
        await at.press("down")
        await at.until(lambda: at.text.splitlines()[0] != first, "it is the same question")
        await at.press("up", "up")
        await at.until(lambda: at.text.splitlines()[0] == first, "it is another question")


async def test_your_own_forgetting_at_a_rate_of_yours(years: Desk) -> None:
    async with sits_down(years, start=False) as at:
        await turn(at, "s", "The year")
        for title in TITLES[1:6]:
            await turn(at, "right", title)
        await turn(at, "f", "Your own forgetting")
        await at.sees("sgd", "η = 0.05", "←→ η")
        await turn(at, "right", "η = 0.1 ")
        await turn(at, "m", "momentum")
        await turn(at, "q", "How you forget")


async def test_a_long_table_scrolls(years: Desk) -> None:
    for n in range(2, 40):
        years.write(f"card{n:05}", *(f"card{n:05}-q{m}" for m in range(1, 6)), deck="second")
    async with sits_down(years, start=False) as at:
        await turn(at, "s", "The year")
        await turn(at, "left", "Cards and decks")
        await at.sees("The card card00000", "↑↓ more")
        await at.press("down")
        await at.until(
            lambda: "The card card00000 " not in at.text and "lapses" in at.text, "it does not scroll"
        )


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_every_page_at_other_sizes(years: Desk, size: tuple[int, int]) -> None:
    async with sits_down(years, start=False, size=size) as at:
        await turn(at, "s", "1 of 10")
        for n in range(2, 11):
            await turn(at, "right", f"{n} of 10")


async def test_before_there_is_anything_to_see(desk: Desk) -> None:
    desk.write("slopes", "s1")
    async with sits_down(desk, start=False) as at:
        await turn(at, "s", "Nothing to show yet: the first day you study will be a mark here.")
        for n in range(2, 11):
            await turn(at, "right", f"{n} of 10")
            await at.sees("Nothing to show yet")
        await turn(at, "q", "1 new")
        finish(desk.session())
        await turn(at, "s", "You studied on 1 of the last 1 day.")


async def test_leaving_while_the_log_is_read_is_no_trouble(years: Desk) -> None:
    async with sits_down(years, start=False) as at:
        await at.press("s", "q")
        await at.sees("The next days")
        await at.press("s", "right", "q", "s", "ctrl+c")
        await at.until(lambda: not at.app.is_running, "it goes on")
        assert at.app.return_code == 0


async def test_a_store_that_cannot_be_read_is_told(years: Desk) -> None:
    async with sits_down(years, start=False) as at:
        (years.folder / "store.db").write_bytes(b"no database" * 1000)
        await at.press("s")
        await at.sees("it is not a database", "Your log could not be read.")
        await at.press("right", "f", "down", "q")
