"""The search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.app.conftest import sits_down
from tutor.app.finding import FindPage
from tutor.app.found import FoundList
from tutor.app.searching import Answered

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from rich.segment import Segment
    from textual.geometry import Region
    from textual.widget import Widget

    from tests.desk import Desk


def underlined(part: Segment) -> bool:
    return bool(part.style and part.style.underline)


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
        await at.types("paragraph 2")
        await at.sees("3 places", "The card slopes ¶ 2 Paragraph 2 of slopes says")
        assert at.styled(underlined) == "Paragraph2" * 3
        await at.types("does v1")
        await at.sees("1 place", "○ The card valleys question 1 What does v1 ask?")
        await at.types("think of v1")
        await at.sees("1 place", "○ The card valleys q1 hint 1 Think of v1.")
        await at.types("s2")
        await at.sees("! The card slopes question 2 What does s2 ask?")
        await at.types("qqq")
        await at.sees("0 places", "Nothing is found.")
        assert "open" not in at.keys


async def test_filters_and_how_they_go_on(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("is:")
        await at.sees("due · new · learned · reading · unclear · suspended · buried", "Tab complete")
        await at.types("is:d")
        await at.sees("due", "1 card")
        await at.press("tab")
        at.types_on("ask")
        await at.sees("/ is:due ask", "1 place", "! The card slopes question 2")
        await at.types("deck:h")
        await at.press("tab")
        await at.sees("/ deck:hills", "2 cards")
        await at.types("is:perhaps")
        await at.sees("unknown state 'perhaps': known are buried, due")


async def test_moving_among_the_results_and_back_to_the_line(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("uphill")
        await at.sees("6 places")
        first = at.marked
        await at.press("down")
        await at.sees("E edit", "/ type")
        assert at.marked == first
        await at.press("down")
        await at.until(lambda: at.marked != first, "the mark stays")
        await at.press("up", "up")
        await at.sees("↓ results")
        assert at.marked == first
        await at.press("down", "end", "pageup", "pagedown", "home", "slash")
        at.types_on("z")
        await at.sees("/ uphillz", "0 places")


async def test_enter_opens_the_card_at_the_paragraph_and_comes_back(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("paragraph 2 waves")
        await at.sees("1 place")
        await at.press("enter")
        await at.sees("The card waves ¶ 2 of 2", "Paragraph 2 of waves")
        await at.press("q")
        await at.sees("/ paragraph 2 waves", "1 place")
        await at.types("card waves")
        await at.sees("place", "▸ ○ The card waves")
        await at.press("enter")
        await at.sees("The card waves ¶ 1 of 2")


async def test_enter_opens_the_card_where_a_question_comes_from(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("does s2")
        await at.sees("1 place", "! The card slopes question 2")
        await at.press("enter")
        (_, question), paragraphs = hills.library().question("s2"), "¶ {} of 2"
        await at.sees(f"The card slopes {paragraphs.format(question.paragraph + 1)}")
        await at.press("q")
        await at.sees("/ does s2", "1 place")


async def test_a_question_has_its_history_and_what_changes_there_shows(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("paragraph 2 valleys")
        await at.sees("1 place")
        await at.press("down")
        await at.sees("E edit")
        assert "history" not in at.keys  # a paragraph has none
        await at.press("slash")
        await at.types("does v1")
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
        await at.types("q07")
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
        await at.types("paragraph 2 waves")
        await at.sees("1 place")


async def test_without_fts5_one_line_says_so(hills: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.decks import search_file

    monkeypatch.setattr(search_file, "_SCHEMA", search_file._SCHEMA.replace("fts5", "fts99"))
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.sees("searching needs SQLite with FTS5", "3 cards")


async def test_an_answer_that_comes_late_is_passed_over(hills: Desk) -> None:
    async with sits_down(hills, start=False) as at:
        await at.press("slash")
        await at.types("paragraph 2 waves")
        await at.sees("1 place")
        page = at.app.screen
        assert isinstance(page, FindPage)
        page.post_message(Answered("paragraph", ()))
        await at.press("down")
        await at.sees("1 place", "E edit")
