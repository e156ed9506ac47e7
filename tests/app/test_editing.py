"""The editor that a card is opened in, from the search and from a lesson."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from textual.app import SuspendNotSupported

from tests.app.conftest import sits_down
from tests.desk import card_text
from tutor import config
from tutor.app.app import TutorApp
from tutor.app.lesson import Lesson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Sitting
    from tests.desk import Desk


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that notes its arguments, and appends what is in ``typed`` to the file's first paragraph."""
    script = tmp_path / "vi"
    script.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "(here / 'opened').write_text(' '.join(sys.argv[1:]))\n"
        "old, new = (here / 'typed').read_text('utf-8').split('|')\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "path.write_text(path.read_text('utf-8').replace(old, new), 'utf-8')\n"
    )
    script.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.setattr(TutorApp, "suspend", nullcontext)
    (tmp_path / "typed").write_text("|")
    return tmp_path


posix = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


@posix
async def test_the_editor_opens_at_the_line_and_the_change_shows(hills: Desk, editor: Path) -> None:
    (editor / "typed").write_text("Paragraph 2 of waves|The second one of waves")
    path = hills.folder / "decks/seas/waves.md"
    line = (
        path.read_text("utf-8").split("\n").index("Paragraph 2 of waves says that a slope points uphill.") + 1
    )
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("waves uphill")
        await at.sees("2 places")
        await at.press("down", "down", "E")
        await at.sees("one of waves says", "E edit", "▸ ○ The card waves ¶ 2")
        assert (editor / "opened").read_text() == f"+{line} {path}"


@posix
async def test_a_lesson_stays_at_its_paragraph(hills: Desk, editor: Path) -> None:
    (editor / "typed").write_text("Paragraph 2 of slopes|The second one")
    async with sits_down(hills, start=False) as at:
        await at.press("r")
        await at.sees("¶ ")
        await at.press("enter") if "¶ 1" in at.text else None
        await at.sees("¶ 2 of 2", "Paragraph 2 of slopes")
        await at.press("E")
        await at.sees("¶ 2 of 2", "The second one says")
        assert (editor / "opened").read_text().startswith("+12 ")


@posix
async def test_a_lesson_of_the_session_too(desk: Desk, editor: Path) -> None:
    desk.write("slopes", "s1")
    (editor / "typed").write_text("s1 ask?|s1 say?")
    async with sits_down(desk) as at:
        await at.press("enter", "E")
        await at.sees("¶ 2 of 2")
        await at.press("t")
        await at.sees("What does s1 say?")


@posix
async def test_a_question_below_takes_the_change_in(desk: Desk, editor: Path) -> None:
    desk.write("slopes", "s1")
    desk.session().read(2)
    (editor / "typed").write_text("s1 ask?|s1 say?")
    async with sits_down(desk) as at:
        await at.sees("What does s1 ask?")
        await at.press("e")
        await at.sees("¶ ")
        await at.press("E", "q")
        await at.sees("What does s1 say?")


@posix
async def test_a_card_that_was_broken_is_told_and_can_be_mended(hills: Desk, editor: Path) -> None:
    (editor / "typed").write_text("id: slopes|id: [")
    async with sits_down(hills, start=False) as at:
        await at.press("r")
        await at.sees("The card slopes ¶ ")
        await at.press("E")
        await at.sees("A card is left out", "hills/slopes.md:", "The card slopes ¶ ")
        (editor / "typed").write_text("id: [|id: slopes")
        await at.press("E")
        await at.until(lambda: len(at.app.library.summaries()) == 3, "it is still broken")
        (editor / "typed").write_text("Paragraph|Stretch")
        await at.press("E")
        await at.sees("Stretch")


@posix
async def test_fewer_paragraphs_than_before(hills: Desk, editor: Path) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("r")
        await at.sees("¶ ")
        lesson = at.app.screen
        assert isinstance(lesson, Lesson)
        lesson.show(1)
        hills.folder.joinpath("decks/hills/slopes.md").write_text(card_text("slopes", "s1", "s2", paragraphs=1))
        await at.press("E")
        await at.sees("¶ 1 of 1")


async def refused(at: Sitting, *words: str) -> None:
    await at.press("r")
    await at.sees("¶ ")
    await at.press("E")
    await at.sees(*words)


async def test_no_editor(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    async with sits_down(hills, start=False) as at:
        await refused(at, "no editor is set; name yours in $EDITOR")


async def test_a_terminal_that_cannot_be_left(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_suspend(app: TutorApp) -> None:
        raise SuspendNotSupported

    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr(TutorApp, "suspend", no_suspend)
    async with sits_down(hills, start=False, size=(120, 40)) as at:
        await refused(at, "no editor can open in this terminal; in another, edit", "slopes.md, line ")


async def test_a_bundled_card_is_not_to_be_changed(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "is_bundled", lambda path: True)
    async with sits_down(hills, start=False, size=(120, 40)) as at:
        await refused(
            at, "this card came with the tutor, and an update would undo what you change:", "slopes.md, line "
        )


async def test_a_file_that_may_not_be_written(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sits_down(hills, start=False, size=(120, 40)) as at:
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        await refused(at, "you may not write this card's file", "slopes.md, line ")


@posix
async def test_an_editor_that_fails(hills: Desk, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (editor / "typed").unlink()  # it ends with a traceback
    run = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda *words, **settings: run(*words, **settings, capture_output=True)
    )
    async with sits_down(hills, start=False) as at:
        await refused(at, "ended with status 1.")


async def test_an_editor_that_cannot_be_started(hills: Desk, editor: Path) -> None:
    (editor / "vi").write_text("#!/nowhere/at-all\n")
    async with sits_down(hills, start=False, size=(120, 40)) as at:
        await refused(at, "started", "such file")  # where the lines break is up to the length of the path
