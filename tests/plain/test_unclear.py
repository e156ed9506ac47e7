from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import RIGHT
from tests.plain.test_review import on_one_line
from tutor.plain.around import around_lines
from tutor.plain.card import text_lines

if TYPE_CHECKING:
    from tests.desk import Desk
    from tests.plain.conftest import Talk


def test_a_paragraph_is_marked_and_that_taken_back(desk: Desk, talk: Talk) -> None:
    said = on_one_line(talk("unclear", "e"))
    assert "Paragraph 1 is not clear: its questions come sooner. unclear 1 takes it back." in said
    assert "? Paragraph 1 of slopes says" in said
    assert set(desk.store().unclear()) == {"s1", "s2", "s3"}
    assert "Not clear: ? its paragraph" in on_one_line(talk("i"))
    assert "Paragraph 1 is clear now." in talk("unclear 1")
    assert desk.store().unclear() == {}


def test_the_mark_goes_with_right_answers(desk: Desk, talk: Talk) -> None:
    talk("unclear", RIGHT, RIGHT)
    assert set(desk.store().unclear()) == {"s3"}
    talk(RIGHT)
    assert desk.store().unclear() == {}


def test_what_cannot_be_marked(desk: Desk, talk: Talk) -> None:
    said = on_one_line(talk("unclear 2", "unclear 7", "unclear x"))
    assert "no question comes from paragraph 2, so none can come sooner." in said
    assert said.count("the card has the paragraphs 1 to 2: type unclear 1, for example.") == 2
    assert desk.store().acts() == []


def test_emphasis_has_no_signs(desk: Desk) -> None:
    path = desk.write("slopes", "s1")
    text = path.read_text(encoding="utf-8").replace(
        "Paragraph 2 of", "The *second* **one**, `code` and $x^*$, of"
    )
    path.write_text(text, encoding="utf-8")
    assert text_lines(desk.library().card("slopes"))[-1].startswith("The second one, code and x*, of slopes")


def test_what_there_is_around_a_card(desk: Desk) -> None:
    path = desk.write("slopes", "s1", requires=("valleys",))
    desk.write("valleys", "v1")
    address = "https://example.org/" + "x" * 90
    text = path.read_text(encoding="utf-8").replace(
        "topic:",
        f'sources: [{{ title: "A paper", link: "{address}" }}]\nrelated: [gone]\n'
        'approvals: [{ by: "ETH Zürich", on: 2026-06-01, link: "https://example.org/eth" }]\n'
        "tags: [hills]\ntopic:",
    )
    path.write_text(text, encoding="utf-8")
    library = desk.library()
    lines = list(around_lines(library.card("slopes"), library))
    assert lines == [
        "",
        "University approvals: 1",
        "  ETH Zürich, 1 June 2026",
        "  https://example.org/eth",
        "",
        "Requires: 1",
        "  The card valleys",
        "",
        "Related cards: 0",
        "",
        "Sources: 1",
        "  A paper",
        f"  {address}",
        "",
        "Videos: 0",
        "",
        "Card info",
        "  Topic: Hills",
        "  Difficulty: Beginner",
        "  Tags: hills",
        "  Created by Ada, 1 June 2026 06:20 UTC",
    ]
