"""What goes wrong is told in a notice; nothing is lost, and the rest stays usable."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.desk import RIGHT, card_text, study
from tutor.errors import StoreError
from tutor.memory.store import Store

if TYPE_CHECKING:
    from tests.app.conftest import Sitting
    from tests.desk import Desk


def fill_the_disk(store: Store) -> None:
    """Let the store's file grow no more."""
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    store._db.execute("CREATE TEMP TABLE full (x)")
    for table in ("reviews", "bookmarks", "amendments"):
        store._db.execute(
            f"CREATE TEMP TRIGGER no_room_in_{table} BEFORE INSERT ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )


def free_the_disk(store: Store) -> None:
    for table in ("reviews", "bookmarks", "amendments"):
        store._db.execute(f"DROP TRIGGER no_room_in_{table}")


async def test_a_broken_card_is_left_out_with_a_notice(desk: Desk) -> None:
    desk.write("slopes", "s1")
    desk.write("valleys", "v1").write_text("---\nid: [\n---\n")
    async with sits_down(desk, start=False) as at:
        await at.sees("A card is left out", "hills/valleys.md:", "The card slopes")
        assert "The card valleys" not in at.text
        await at.press("enter", "t")
        await at.sees("question 1 of 1")
        await at.press(RIGHT)
        await at.sees("Right.")


async def test_a_card_that_breaks_during_the_session_is_skipped(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    broken = desk.write("valleys", "v1")
    async with sits_down(desk) as at:
        await at.press("t")
        await at.sees("What does s1 ask?")  # the next question's card is read ahead, the one after that isn't
        broken.write_text("no card at all")
        for question in ("s1", "s2"):
            await at.sees(f"What does {question} ask?")
            await at.press(RIGHT, "enter")
        await at.sees("A card is left out", "hills/valleys.md:", "You know 2 of 2 questions.")


async def test_a_full_disk_loses_no_answer_silently(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), RIGHT)
    async with sits_down(desk) as at:
        await at.sees("question 2 of 2")
        fill_the_disk(at.app._store)
        for key in (RIGHT, "h", "u"):
            await at.press(key)
            await at.sees("full", "question 2 of 2")
            at.app.clear_notifications()
            await at.until(lambda: "full" not in at.flat, "the notice stays")
        free_the_disk(at.app._store)
        await at.press(RIGHT)
        await at.sees("Right.")
    assert [review.question for review in desk.store().reviews()] == ["s1", "s2"]


async def test_a_lesson_can_be_read_on_a_full_disk(bundled: Desk) -> None:
    async with sits_down(bundled, start=False) as at:
        fill_the_disk(at.app._store)
        await at.press("enter")
        await at.sees("full")
        await at.press("r")
        await at.sees("¶ 1 of 4")
        await at.press("enter")
        await at.sees("full")
        await at.press("q")
        await at.sees("0 due · 11 new")


async def test_a_store_that_another_program_keeps_locked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("slopes", "s1")
    monkeypatch.setattr("tutor.memory.connection.BUSY_SECONDS", 0.02)
    async with sits_down(desk, start=False) as at:
        await at.sees("0 due · 1 new")
        other = sqlite3.connect(desk.folder / "store.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await at.press("enter")
        await at.sees("another")  # a notice breaks its lines by the length of the path
        await at.press("r")
        await at.press("question_mark")
        await at.sees("Keys")
        await at.press("q")
        await at.sees("Tutor")
        other.execute("ROLLBACK")
        await at.press("enter", "t")
        await at.sees("question 1 of 1")
        other.execute("BEGIN EXCLUSIVE")
        await at.press(RIGHT)
        await at.sees("another", "question 1 of 1")
        await at.press("q")
        await at.sees("Tutor")
        other.close()
        await at.press("enter")
        await at.sees("question 1 of 1")
        await at.press(RIGHT)
        await at.sees("Right.")


@pytest.mark.parametrize(
    ("keys", "asked"),
    [("i", "hold"), ("i enter", "history"), ("m", "holds"), ("slash", "holds"), ("r", "unclear")],
)
async def test_a_store_that_cannot_be_read_when_a_screen_opens(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, keys: str, asked: str
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the store is in use")

    desk.write("slopes", "s1")
    async with sits_down(desk, start=False) as at:
        *before, last = keys.split()
        await at.press(*before)
        with monkeypatch.context() as patch:
            patch.setattr(Store, asked, fail)
            await at.press(last)
            await at.sees("the store is in use")
            await at.press("x")  # a letter to type, or a key that does nothing
        await at.press("escape", "escape", "escape")
        await at.sees("Tutor", "The card slopes")


async def test_an_answer_in_another_session_is_not_answered_twice(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2")
    study(desk.session(), RIGHT)
    async with sits_down(desk) as at:
        await at.sees("question 2 of 2")
        other = desk.session()
        study(other, RIGHT)
        await at.press("1")
        await at.sees("answered", "Done for now")
    assert [review.correct for review in desk.store().reviews()] == [True, True]


async def test_texts_are_shown_as_they_are(desk: Desk) -> None:
    path = desk.folder / "decks" / "hills" / "marks.md"
    path.parent.mkdir()
    marks = "[bold]not bold[/] [/] [link=x]y[/link] \\[ [red"
    text = card_text("marks", "m1", paragraphs=1)
    text = text.replace("The card marks", f"The {marks}").replace("Paragraph 1", f"Paragraph {marks}")
    text = text.replace("What does m1 ask?", f"What is {marks}?").replace("right one", f"right {marks}")
    text = text.replace("It is what the card says.", f"Because {marks}.")
    text = text.replace("Think of m1.", f"Think {marks}.")
    path.write_text(text.replace('"The [', "'The [").replace('[red"\n', "[red'\n"))
    async with sits_down(desk, start=False, size=(160, 40)) as at:
        await at.sees(f"○ The {marks}", f"○ What is {marks}?")
        await at.press("enter")
        await at.sees(f"The {marks} ¶ 1 of 1", f"Paragraph {marks}")
        await at.press("t")
        await at.sees(f"The {marks} · question 1 of 1", f"What is {marks}?", f"2 right {marks}")
        await at.press("h")
        await at.sees(f"Hint Think {marks}.")
        await at.press("h", RIGHT)
        await at.sees(f"✓ 2 right {marks}", f"Because {marks}.")
        await at.press("enter")
        await at.sees(f"● What is {marks}?")


async def test_marks_in_a_problem_are_shown_as_they_are(desk: Desk) -> None:
    desk.write("slopes", "s1").write_text(card_text("slopes", "s1").replace("id: slopes", 'id: "[/bold]"'))
    async with sits_down(desk, start=False) as at:
        await at.sees("A card is left out", "[/bold]")


@pytest.mark.parametrize("size", [(20, 5), (80, 11), (2, 2)])
async def test_a_window_that_is_too_small(bundled: Desk, size: tuple[int, int]) -> None:
    async def looks_small(at: Sitting) -> None:
        await at.pilot.resize_terminal(*size)
        if size > (2, 2):
            await at.sees(f"{size[0]}×{size[1]} is too small: make it 40×12")
        await at.pilot.resize_terminal(80, 24)

    async with sits_down(bundled) as at:
        await at.sees("¶ 1 of 4")
        await looks_small(at)
        await at.sees("¶ 1 of 4", "η = 0.1 ")
        await at.press("t")
        await at.sees("question 1 of 11")
        await looks_small(at)
        await at.press("3")
        await at.sees("Right.")
        await looks_small(at)
        await at.press("q")
        await at.sees("10 new")
        await looks_small(at)
        await at.sees("10 new")


async def test_the_smallest_window_is_large_enough(bundled: Desk) -> None:
    async with sits_down(bundled, size=(40, 12)) as at:
        await at.sees("¶ 1 of 4", "? help")
        await at.press("t")
        await at.sees("no hint yet", "Using too large a learning rate")
