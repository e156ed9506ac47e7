"""A card whose figure takes its time: shown at once where it was kept, else run when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.app.digits.fake import STEPS
from tests.desk import RIGHT, card_text
from tutor.app.experiment import ExperimentView
from tutor.app.long import LongView
from tutor.lab.digits.table import EXPERIMENTS

if TYPE_CHECKING:
    from tests.app.digits.fake import Fake
    from tests.desk import Desk

LONG = """
```experiment
kind = "fake"
batch = 64
```
"""


@pytest.fixture(autouse=True)
def _card(desk: Desk, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card with a quick figure, a long one, and a question that a long one settles."""
    assert isinstance(EXPERIMENTS, dict)
    monkeypatch.setitem(EXPERIMENTS, "fake", fake.table["fake"])
    path = desk.write("slopes")
    text = card_text("slopes", "s1", experiment=LONG)
    quick = "```experiment\nkind = 'descent'\nobjective = 'quadratic'\nrate = 0.05\nsteps = 20\n```\n"
    first, second = (f"Paragraph {n} of slopes says that a slope points uphill.\n" for n in (1, 2))
    text = text.replace(first, f"{first}\n{LONG}").replace(second, f"{second}\n{quick}")
    path.write_text(text, encoding="utf-8")


async def test_a_figure_that_was_kept_is_there_at_once(desk: Desk, fake: Fake) -> None:
    fake.kept[64, "he"] = STEPS
    async with sits_down(desk) as at:
        await at.sees("The best rate is 0.3.", "rates: 4", "✗")
        assert "r run" not in at.keys
        assert "η" not in at.keys


async def test_another_is_run_when_asked_for(desk: Desk, fake: Fake) -> None:
    async with sits_down(desk) as at:
        await at.sees("Not run yet. r runs it: about 2 s.", "r run it")
        await at.press("r")
        fake.go(2)
        await at.sees("rate 2 of 4", "50%", "c cancel")
        await at.press("c")
        await at.sees("Stopped at 50%", "r goes on")
        await at.press("r")
        fake.go(2)
        await at.sees("The best rate is 0.3.")


async def test_escape_cancels_first_and_then_leaves(desk: Desk, fake: Fake) -> None:
    async with sits_down(desk) as at:
        await at.press("r")
        await at.sees("rate 0 of 4")
        await at.press("escape")
        await at.sees("Stopped at 0%", "¶ 1 of 2")
        await at.press("escape")
        await at.sees("Enter start")


async def test_another_paragraph_cancels_and_shows_its_own_figure(desk: Desk, fake: Fake) -> None:
    async with sits_down(desk) as at:
        await at.press("r")
        await at.sees("rate 0 of 4")
        await at.press("enter")
        await at.sees("¶ 2 of 2", "η = 0.05", "←→ η")
        await at.until(lambda: not fake.running, "it still runs")
        assert not at.app.screen.query_one(LongView).display
        await at.press("b")
        await at.sees("Not run yet. r runs it")
        assert not at.app.screen.query_one(ExperimentView).display


async def test_what_settles_a_question_is_run_on_its_own_screen(desk: Desk, fake: Fake) -> None:
    async with sits_down(desk) as at:
        await at.press("t", RIGHT)
        await at.sees("Right.", "r run it")
        await at.press("r")
        await at.sees("The experiment that settles it", "Not run yet. r runs it")
        assert "turn" not in at.text
        await at.press("r")
        fake.go(STEPS)
        await at.sees("The best rate is 0.3.")
        await at.press("r")
        await at.sees("Right.")


async def test_the_lab_opens_on_the_same_settings(desk: Desk, fake: Fake) -> None:
    async with sits_down(desk) as at:
        await at.press("o")
        await at.sees("Digits · fake", "▸ batch 64*", "Enter run", "q back")
        await at.press("right", "q")
        await at.sees("¶ 1 of 2", "r run it")


async def test_what_cannot_be_run_here_is_said_and_the_text_is_there(desk: Desk, fake: Fake) -> None:
    fake.missing = "mnist is not here: pip install it"
    async with sits_down(desk) as at:
        await at.sees("mnist is not here", "¶ 1 of 2", "Not run yet.")
        await at.press("enter")
        await at.sees("¶ 2 of 2", "η = 0.05")
