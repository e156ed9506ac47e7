from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tests.kinds import write_kinds
from tutor.plain.card import card_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.plain.conftest import Talk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one card of four kinds of question."""
    desk = Desk(tmp_path, tick=1)
    write_kinds(desk)
    yield desk
    desk.close()


def test_every_kind_is_answered_by_lines(desk: Desk, talk: Talk) -> None:
    said = " ".join(talk("1 3", "10 degrees", "it falls", "good", "= Up the hill").split())
    for words in (
        "Choose all that are right: type their numbers together, such as 13.",
        "Right. Good: back in 2 days. 1, right, you chose it: they point up",
        "Type a number of degrees: within 5 % is right.",
        "Not right. Again: back in this session. Right: 20 degrees ± 5 %; your answer: 10 degrees It is 20.",
        "Wrong, your answer: 10 degrees That is half of it.",
        "Find your answer first. Enter then shows the answer.",
        "The answer: It follows the slope. Downhill. How well did you know it?",
        "A slope points ___ and nowhere else. Type the word or words that fill the gap.",
        "Right, your answer: uphill, or up the hill That way.",
    ):
        _, found, said = said.partition(words)
        assert found, words
    told = [(review.question, review.answer) for review in desk.store().reviews()]
    assert told == [
        ("multi", ["they point up", "they vanish"]),
        ("number", 10.0),
        ("recall", "it falls"),
        ("cloze", "Up the hill"),
    ]


def test_an_answer_that_is_a_command_is_given_after_a_sign(desk: Desk, talk: Talk) -> None:
    said = talk("13", "20", "", "good", "= hard")
    assert "Wrong, your answer: hard" in said


def test_a_card_is_shown_with_every_answer(desk: Desk) -> None:
    lines = card_lines(desk.library().card("kinds"))
    for line in (
        "  1, right: they point up",
        "  2, wrong: they sleep",
        "  Right: 20 degrees ± 5 %",
        "  Wrong: 10 degrees",
        "  Right: It follows the slope.",
        "  Right: uphill, or up the hill",
        "  Wrong: downhill",
    ):
        assert line in lines
