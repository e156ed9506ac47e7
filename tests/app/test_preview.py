"""A card previewed: as a learner sees it, shown anew at the same place when its file is saved."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import Sitting
from tests.desk import EXPERIMENT, card_text
from tutor.app import preview, saved
from tutor.app.preview import PreviewApp
from tutor.decks.lint import Finding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FIRST_CARD = Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md"
HILLS = card_text("hills", "first-q", "second-q", "third-q", paragraphs=3)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the file often."""
    monkeypatch.setattr(saved, "BEAT", 0.01)
    monkeypatch.setattr(saved, "CALM", 0.001)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A card of three paragraphs and three questions."""
    path = tmp_path / "mine" / "hills.md"
    path.parent.mkdir()
    path.write_text(HILLS, encoding="utf-8")
    return path


@asynccontextmanager
async def previewed(path: Path, tmp_path: Path) -> AsyncIterator[Sitting]:
    """Preview a card."""
    (tmp_path / "scratch").mkdir()
    app = PreviewApp(path, [], str(tmp_path / "scratch"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        sitting = Sitting(app, pilot)
        await sitting.sees(" ? help")
        yield sitting


def save(path: Path, text: str) -> None:
    """Save as most editors do: another file takes the place of the old one."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


async def test_it_is_what_the_learner_sees_and_leaves_nothing_behind(
    tmp_path: Path, home: Path, card: Path
) -> None:
    async with previewed(card, tmp_path) as at:
        await at.sees("The card hills", "¶ 1 of 3", "Paragraph 1 of hills")
        await at.press("t")
        await at.sees("question 1 of 3", "What does first-q ask?")
        await at.press("h")
        await at.sees("Think of first-q.")
        await at.press("2")
        await at.sees("Right.", "It is what the card says.")
        await at.press("q")
        await at.until(lambda: not at.app.is_running, "it goes on")
    assert not home.exists() or not list(home.glob("*.db"))


async def test_what_is_saved_is_shown_at_the_same_place(tmp_path: Path, card: Path) -> None:
    async with previewed(card, tmp_path) as at:
        await at.press("enter")
        await at.sees("¶ 2 of 3")
        save(card, HILLS.replace("Paragraph 2 of hills", "The second paragraph"))
        await at.sees("¶ 2 of 3", "The second paragraph says")
        await at.press("t", "h")
        await at.sees("question 1 of 3", "Think of first-q.")
        save(card, HILLS.replace("Think of first-q", "Think twice"))
        await at.sees("question 1 of 3", "Think twice.")
        await at.press("1")
        await at.sees("Not right.", "It leads nowhere.")
        card.write_text(HILLS.replace("It leads nowhere", "It leads astray"), encoding="utf-8")
        await at.sees("Not right.", "It leads astray.")


async def test_a_paragraph_or_a_question_that_goes(tmp_path: Path, card: Path) -> None:
    async with previewed(card, tmp_path) as at:
        await at.press("enter", "enter")
        await at.sees("¶ 3 of 3")
        save(card, card_text("hills", "first-q", "second-q", "third-q", paragraphs=1))
        await at.sees("¶ 1 of 1")
        await at.press("t", "right_square_bracket")
        await at.sees("What does second-q ask?")
        save(card, card_text("hills", "first-q", "other-q", "third-q", paragraphs=4))
        await at.sees("What does other-q ask?")
        save(card, card_text("dales", "a-q", paragraphs=1))
        await at.sees("The card dales", "What does a-q ask?")


async def test_a_card_that_breaks_and_is_mended(tmp_path: Path, card: Path) -> None:
    async with previewed(card, tmp_path) as at:
        await at.press("enter")
        await at.sees("¶ 2 of 3")
        save(card, HILLS.replace("[x]", "[ ]").replace("topic: Hills\n", ""))
        await at.sees(
            "hills.md", "the card can't be shown", "has no right option", "the front matter has no topic"
        )
        save(card, HILLS.replace("[x]", "[ ]"))
        await at.until(lambda: "no topic" not in at.text, "it still misses the topic")
        await at.press("enter")
        await at.sees("¶ 2 of 3", "Paragraph 2 of hills")
        save(card, "")
        await at.sees("the card can't be shown", "no front matter")
        save(card, HILLS)
        await at.sees("¶ 2 of 3", "Paragraph 2 of hills")


async def test_a_card_that_is_broken_from_the_beginning(tmp_path: Path, card: Path) -> None:
    card.write_text("---\n", encoding="utf-8")
    async with previewed(card, tmp_path) as at:
        await at.sees("the card can't be shown", "the front matter does not end")
        await at.press("right_square_bracket", "f", "u")  # keys that lead nowhere yet
        save(card, HILLS)
        await at.sees("¶ 1 of 3")
        card.unlink()
        save(card, HILLS.replace("Paragraph 1", "The first paragraph"))
        await at.sees("The first paragraph")
    async with previewed(card, tmp_path / "mine") as at:
        save(card, "broken")
        await at.sees("the card can't be shown")
        await at.press("q", "q")
        await at.until(lambda: not at.app.is_running, "it goes on")


async def test_no_other_card_is_there(tmp_path: Path, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr(PreviewApp, "suspend", nullcontext)
    async with previewed(card, tmp_path) as at:
        await at.press("slash", "E", "question_mark")
        await at.sees("Keys", "edit this paragraph")
        assert "search the cards" not in at.text
        await at.press("q")
        await at.sees("¶ 1 of 3")
        assert [each.id for each in at.app.library.summaries()] == ["hills"]


async def test_going_through_the_card(tmp_path: Path, card: Path) -> None:
    async with previewed(card, tmp_path) as at:
        for seen in ("¶ 2 of 3", "¶ 3 of 3", "first-q ask?", "second-q ask?", "third-q ask?", "third-q ask?"):
            await at.press("right_square_bracket")
            await at.sees(seen)
        await at.sees("question 3 of 3", "[ ] go on f findings 1–3 answer h hint")
        await at.press("2")
        await at.sees("Right.")
        for seen in ("second-q ask?", "first-q ask?", "¶ 3 of 3", "¶ 2 of 3", "¶ 1 of 3", "¶ 1 of 3"):
            await at.press("left_square_bracket")
            await at.sees(seen)


async def test_what_is_found_is_told_once_and_listed_at_f(
    tmp_path: Path, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding(card, 7, 3, "few-hints", "warning", "the question has 1 hint; write [2] or more")]
    monkeypatch.setattr(preview, "lint", lambda *_: list(found))
    async with previewed(card, tmp_path) as at:
        await at.sees("¶ 1 of 3", "Line 7: the question has 1 hint", "f findings")
        await at.press("f")
        await at.sees("hills.md", "1 finding", "! 7:3 the question has 1 hint; write [2] or more [few-hints]")
        assert "Line 7" not in at.text
        await at.press("enter")
        save(card, HILLS.replace("Paragraph 1", "The first paragraph"))
        await at.sees("The first paragraph")
        assert "Line 7" not in at.text
        found.append(Finding(card, 9, 1, "no-source", "warning", "the card names no source"))
        save(card, HILLS)
        await at.sees("Line 7", "And 1 more: press f.")
        found.clear()
        save(card, HILLS + "\n")
        await at.until(lambda: "¶" in at.text and "f findings" not in at.text, "there is more to find")


async def test_an_experiment_that_is_looked_at_stays(tmp_path: Path, card: Path) -> None:
    async with previewed(card, tmp_path) as at:
        await at.press("t", "x")
        await at.sees("Not answered.")
        await at.press("r")
        await at.sees("The experiment that settles it", "η = 0.05")
        save(card, HILLS.replace(EXPERIMENT, EXPERIMENT.replace("0.05", "0.1")))
        await at.sees("The experiment that settles it", "η = 0.1 ")
        await at.press("enter")
        await at.sees("Not answered.")


async def test_every_kind_of_question_of_a_bundled_card(tmp_path: Path) -> None:
    async with previewed(FIRST_CARD, tmp_path) as at:
        await at.sees("Learning rate as step size", "¶ 1 of 4")
        await at.press("t")
        questions = at.app.library.card("learning-rate").questions
        for number, _ in enumerate(questions, 1):
            await at.sees(" ? help", f"question {number} of {len(questions)}")
            await at.press("x")
            await at.sees("Again → back in this session")
            await at.press("right_square_bracket")


async def test_the_app_is_woken_only_when_something_changed(
    tmp_path: Path, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with previewed(card, tmp_path) as at:
        posted: list[object] = []
        with monkeypatch.context() as patch:
            patch.setattr(PreviewApp, "post_message", lambda _, message: posted.append(message))
            await asyncio.sleep(0.2)
            assert posted == []
            card.write_text(HILLS + "\n", encoding="utf-8")
            while not posted:
                await asyncio.sleep(0.01)
        assert [type(message) for message in posted] == [saved.FileSaved]
        await at.sees("¶ 1 of 3")
