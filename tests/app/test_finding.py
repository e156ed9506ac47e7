"""The search, and the editor that it leads to."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import SuspendNotSupported

from tests.app.conftest import sits_down
from tests.desk import RIGHT, card_text, study
from tutor import config
from tutor.app.app import TutorApp
from tutor.app.finding import FindPage
from tutor.app.found import FoundList
from tutor.app.latest import Latest
from tutor.app.lesson import Lesson
from tutor.app.searching import Answered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.segment import Segment
    from textual.geometry import Region
    from textual.widget import Widget

    from tests.app.conftest import Sitting
    from tests.desk import Desk


async def types(at: Sitting, text: str) -> None:
    """Type into the line, in place of what is there."""
    await at.press("ctrl+u")
    for letter in text:
        at.app.simulate_key(letter)


def marked(at: Sitting) -> str:
    """The line with the sign of the marked one."""
    return next((" ".join(line.split()) for line in at.text.splitlines() if "▸" in line), "")


def underlined(part: Segment) -> bool:
    return bool(part.style and part.style.underline)


@pytest.fixture
def hills(desk: Desk) -> Desk:
    """Two decks; one question is due, and one learned."""
    desk.write("slopes", "s1", "s2")
    desk.write("valleys", "v1")
    desk.write("waves", "w1", deck="seas")
    study(desk.session("hills"), RIGHT, "1")
    return desk


async def test_all_cards_by_deck_before_anything_is_typed(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.sees("Search 3 cards", "topic: difficulty: tag: is: deck:")
        await at.sees("Hills ▸ ! The card slopes Beginner 1 due ○ The card valleys Beginner 0 of 1")
        await at.sees("Seas ○ The card waves Beginner 0 of 1", "Enter open")
        await at.press("escape")
        await at.sees("Tutor")


async def test_what_is_typed_is_found_and_marked(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "paragraph 2")
        await at.sees("3 places", "The card slopes ¶ 2 Paragraph 2 of slopes says")
        assert at.styled(underlined) == "Paragraph2" * 3
        await types(at, "does v1")
        await at.sees("1 place", "○ The card valleys question 1 What does v1 ask?")
        await types(at, "think of v1")
        await at.sees("1 place", "○ The card valleys q1 hint 1 Think of v1.")
        await types(at, "s2")
        await at.sees("! The card slopes question 2 What does s2 ask?")
        await types(at, "qqq")
        await at.sees("0 places", "Nothing is found.")
        assert "open" not in at.keys


async def test_filters_and_how_they_go_on(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "is:")
        await at.sees("due · new · learned · reading · unclear · suspended · buried", "Tab complete")
        await types(at, "is:d")
        await at.sees("due", "1 card")
        await at.press("tab")
        await types_on(at, "ask")
        await at.sees("/ is:due ask", "1 place", "! The card slopes question 2")
        await types(at, "deck:h")
        await at.press("tab")
        await at.sees("/ deck:hills", "2 cards")
        await types(at, "is:perhaps")
        await at.sees("unknown state 'perhaps': known are buried, due")


async def types_on(at: Sitting, text: str) -> None:
    for letter in text:
        at.app.simulate_key(letter)


async def test_moving_among_the_results_and_back_to_the_line(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "uphill")
        await at.sees("6 places")
        first = marked(at)
        await at.press("down")
        await at.sees("E edit", "/ type")
        assert marked(at) == first
        await at.press("down")
        await at.until(lambda: marked(at) != first, "the mark stays")
        await at.press("up", "up")
        await at.sees("↓ results")
        assert marked(at) == first
        await at.press("down", "end", "pageup", "pagedown", "home", "slash")
        await types_on(at, "z")
        await at.sees("/ uphillz", "0 places")


async def test_enter_opens_the_card_at_the_paragraph_and_comes_back(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "paragraph 2 waves")
        await at.sees("1 place")
        await at.press("enter")
        await at.sees("The card waves ¶ 2 of 2", "Paragraph 2 of waves")
        await at.press("q")
        await at.sees("/ paragraph 2 waves", "1 place")
        await types(at, "card waves")
        await at.sees("place", "▸ ○ The card waves")
        await at.press("enter")
        await at.sees("The card waves ¶ 1 of 2")


async def test_enter_opens_the_card_where_a_question_comes_from(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "does s2")
        await at.sees("1 place", "! The card slopes question 2")
        await at.press("enter")
        (_, question), paragraphs = hills.library().question("s2"), "¶ {} of 2"
        await at.sees(f"The card slopes {paragraphs.format(question.paragraph + 1)}")
        await at.press("q")
        await at.sees("/ does s2", "1 place")


async def test_a_question_has_its_history_and_what_changes_there_shows(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "paragraph 2 valleys")
        await at.sees("1 place")
        await at.press("down")
        await at.sees("E edit")
        assert "history" not in at.keys  # a paragraph has none
        await at.press("slash")
        await types(at, "does v1")
        await at.sees("1 place", "○ The card valleys question 1")
        await at.press("down")
        await at.sees("i history")
        await at.press("i")
        await at.sees("What does v1 ask?", "suspend")
        await at.press("s", "enter")
        await at.sees("– The card valleys question 1")


async def test_enter_waits_for_what_was_typed_before_it(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.sees("3 cards")
        for key in (*"waves", "enter"):  # all at once, as over a slow link
            at.app.simulate_key(key)
        await at.sees("The card waves ¶ 1 of 2")


async def test_a_card_that_breaks_before_it_is_opened_is_told(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.sees("3 cards")
        (hills.folder / "decks/seas/waves.md").write_text("---", encoding="utf-8")
        for key in (*"waves", "enter"):
            at.app.simulate_key(key)
        await at.sees("seas/waves.md:", "the front matter does not end")
        await at.press("escape")
        await at.sees("Tutor")


async def test_from_a_lesson(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("r")
        await at.sees("The card slopes ¶ ")
        await at.press("slash")
        await at.sees("Search")
        await at.press("escape")
        await at.sees("The card slopes ¶ ")


async def test_in_a_narrow_terminal_and_many_lines(desk: Desk) -> None:
    for n in range(30):
        desk.write(f"card{n:02}", f"q{n:02}")
    async with sits_down(desk, start=False, size=(44, 14)) as at:
        await at.press("slash", "down", "end")
        await at.sees("▸ ○ The card card29")
        await at.press("home")
        await at.sees("Hills ▸ ○ The card card00")
        await at.press("slash")
        await types(at, "q07")
        await at.sees("What does", "…")


async def test_only_what_changes_is_painted_again(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash", "down")
        await at.sees("E edit")
        painted: list[int] = []
        shown = at.app.screen.query_one(FoundList)
        refresh = shown.refresh

        def noted(*regions: Region, **settings: Any) -> Widget:
            painted.extend(region.height * region.width for region in regions)
            return refresh(*regions, **settings)

        monkeypatch.setattr(shown, "refresh", noted)
        await at.press("down")
        await at.until(lambda: "▸ ○ The card valleys" in at.flat, "the mark stays")
        assert 0 < sum(painted) <= 2 * 78  # both lines turn bold or plain


async def test_a_search_that_cannot_be_kept_works_and_says_so(hills: Desk, home: Path) -> None:
    (home / "search.db").mkdir(parents=True)
    async with sits_down(hills, start=False, size=(120, 40)) as at:
        await at.press("slash")
        await at.sees("search.db: unable to open database file; searching does without it")
        await types(at, "paragraph 2 waves")
        await at.sees("1 place")


async def test_without_fts5_one_line_says_so(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.decks import search_file

    monkeypatch.setattr(search_file, "_SCHEMA", search_file._SCHEMA.replace("fts5", "fts99"))
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.sees("searching needs SQLite with FTS5", "3 cards")


class Owner:
    """Runs what it is given when it is told."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def run_worker(self, work: Callable[[], None], *, thread: bool) -> None:
        assert thread
        self.work.append(work)


def test_of_what_is_asked_meanwhile_only_the_last_is_answered() -> None:
    owner = Owner()
    answered: list[str] = []

    def answer(what: str) -> None:
        answered.append(what)
        if what == "a":
            for letter in "bcd":
                latest.ask(letter)

    latest = Latest(owner, answer)  # type: ignore[arg-type]
    latest.ask("a")
    assert answered == []
    owner.work.pop()()
    assert answered == ["a", "d"]
    assert owner.work == []
    latest.ask("e")
    owner.work.pop()()
    assert answered == ["a", "d", "e"]


async def test_an_answer_that_comes_late_is_passed_over(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await types(at, "paragraph 2 waves")
        await at.sees("1 place")
        page = at.app.screen
        assert isinstance(page, FindPage)
        page.post_message(Answered("paragraph", ()))
        await at.press("down")
        await at.sees("1 place", "E edit")


# The editor


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
        await types(at, "waves uphill")
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
