"""Reading: the place is kept, paragraphs are marked, emphasis is shown, and there is more around a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.style import Style

from tests.app.conftest import sits_down
from tests.desk import finish
from tutor.app.prose import linked, prose, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk import Desk

ADDRESS = "https://example.org/a/very/long/address/that/fills/more/than/one/line?of=the&screen=" + "x" * 40


def with_more(path: Path, *lines: str) -> None:
    """Add lines to the front matter of a card."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("topic:", "\n".join((*lines, "topic:")), 1), encoding="utf-8")


async def test_browsing_keeps_its_place_too(desk: Desk) -> None:
    desk.write("slopes", "s1", paragraphs=4)
    async with sits_down(desk, start=False) as at:
        await at.press("r", "enter", "enter")
        await at.sees("¶ 3 of 4")
        await at.press("b", "q")
        await at.sees("◐ The card slopes Beginner ¶ 2 of 4")
        await at.press("r")
        await at.sees("¶ 2 of 4")
        await at.press("q", "enter")
        await at.sees("¶ 2 of 4", "t questions")


async def test_a_card_read_before_keeps_the_place_of_its_rereading(desk: Desk) -> None:
    desk.write("slopes", "s1", paragraphs=3)
    finish(desk.session())
    async with sits_down(desk, start=False) as at:
        await at.press("r", "enter", "q")
        await at.sees("● The card slopes")
        await at.press("r")
        await at.sees("¶ 2 of 3")
        await at.press("enter", "enter", "r")
        await at.sees("¶ 1 of 3")


async def test_x_marks_a_paragraph_and_takes_that_back(bundled: Desk) -> None:
    async with sits_down(bundled) as at:
        await at.press("enter")
        await at.sees("¶ 2 of 4 ■■□□", "x not clear")
        await at.press("x")
        await at.sees("¶ 2 of 4 ■?□□", "? Not clear yet: its questions come", "x clear now")
        await at.press("b")
        await at.sees("¶ 1 of 4 ■?□□", "x not clear")
        await at.press("enter", "x")
        await at.sees("¶ 2 of 4 ■■□□")
        assert bundled.store().unclear() == {}
        await at.press("x", "t")
        await at.sees("question 1 of 11")
        marked = bundled.store().unclear()
        assert marked
        await at.press("i")
        await at.sees("Not clear ? its paragraph")
    states = bundled.store().states()
    bundled.store().rebuild()
    assert (bundled.store().states(), bundled.store().unclear()) == (states, marked)


async def test_x_while_browsing_brings_what_was_learned_back_today(desk: Desk) -> None:
    desk.write("slopes", "s1", "s2", paragraphs=1)
    finish(desk.session())
    desk.wait(days=1)
    async with sits_down(desk, start=False) as at:
        await at.sees("Nothing to do today.")
        await at.press("r", "x", "q")
        await at.sees("2 due · 0 new", "! The card slopes")


async def test_a_paragraph_of_no_question_has_no_mark(desk: Desk) -> None:
    desk.write("slopes", "s1", paragraphs=2)
    async with sits_down(desk) as at:
        await at.sees("x not clear")
        await at.press("enter")
        await at.sees("¶ 2 of 2")
        assert "x not clear" not in at.keys
        await at.press("x")
    assert desk.store().acts() == []


async def test_what_there_is_around_a_card(desk: Desk) -> None:
    path = desk.write("slopes", "s1", paragraphs=1)
    desk.write("valleys", "v1")
    with_more(
        path,
        "related: [valleys, gone]",
        f'sources: [{{ title: "A paper", link: "{ADDRESS}" }}]',
        'videos: [{ title: "A film", link: "https://example.org/film" }]',
        'approvals: [{ by: "ETH Zürich", on: 2026-06-01, link: "https://example.org/eth" }]',
    )
    async with sits_down(desk, size=(80, 40)) as at:
        await at.sees("c more of this card: 1 approval, 2 related cards, 1 source, 1 video")
        await at.press("c")
        await at.sees("University approvals: 1 ETH Zürich, 1 June 2026 https://example.org/eth")
        await at.sees("Related cards: 1 The card valleys", "Sources: 1 A paper", "Videos: 1 A film")
        await at.sees("Topic: Hills Difficulty: Beginner Created by Ada, 1 June 2026 06:20 UTC")
        assert ADDRESS in at.text.replace("\n", "").replace(" ", "")
        linked_ = at.styled(lambda part: part.style and part.style.link == ADDRESS).replace(" ", "")
        assert linked_ == ADDRESS
        await at.press("enter")
        await at.sees("The card valleys ¶ 1 of 2")
        await at.press("q")
        await at.sees("about this card")
        await at.press("q")
        await at.sees("The card slopes ¶ 1 of 1", "t questions")


async def test_a_card_with_nothing_around_it(desk: Desk) -> None:
    desk.write("slopes", "s1", paragraphs=1)
    async with sits_down(desk) as at:
        await at.sees("¶ 1 of 1")
        assert "more of this card" not in at.text
        await at.press("c")
        await at.sees("University approvals: 0", "Sources: 0", "Card info")
        assert "Enter" not in at.keys
        await at.press("enter", "c")
        await at.sees("¶ 1 of 1")


async def test_emphasis_is_a_style(desk: Desk) -> None:
    path = desk.write("slopes", "s1", paragraphs=1)
    text = path.read_text(encoding="utf-8").replace(
        "Paragraph 1 of", "The *first* of **all** and `some`, $x^*$, of"
    )
    path.write_text(text, encoding="utf-8")
    async with sits_down(desk) as at:
        await at.sees("The first of all and some, x*, of slopes")
        assert at.styled(lambda part: part.style and part.style.underline) == "first"
        assert "all" in at.styled(lambda part: part.style and part.style.bold and "¶" not in part.text)


def test_a_passage_is_found_among_emphasis() -> None:
    text = quoted("It is *very* steep, says $x$ .", "is *very* steep")
    assert text.plain == "It is very steep, says x."
    (span,) = [span for span in text.spans if span.style == "bold underline"]
    assert text.plain[span.start : span.end] == "is very steep"


@pytest.mark.parametrize(
    "address",
    [
        "https://a\x1b\\b",
        "https://a\x07b",
        "https://a\x9cb",
        "https://a b",
        "javascript:x",
        "https://a\nb",
        "https://ä",
    ],
)
def test_an_address_that_is_not_clean_is_no_link(address: str) -> None:
    style = linked(address).style
    assert isinstance(style, Style)
    assert not style.link
    assert prose("https://example.org").style == ""


async def test_the_lab_opens_a_bracket_with_rates_of_its_own(bundled: Desk) -> None:
    bundled.session().read(3)
    async with sits_down(bundled) as at:
        await at.sees("¶ 4 of 4")
        await at.press("o")
        await at.sees("rates 0.01,0.1,1")
