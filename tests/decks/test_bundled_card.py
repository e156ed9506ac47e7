"""The bundled card against the original page, word for word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tutor.decks.load import load_card
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from tutor.decks.model import Card, Question

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "decks" / "optimization" / "learning-rate.md"


@pytest.fixture(scope="module")
def card() -> Card:
    return load_card(FILE, lambda *_: None)


@pytest.fixture(scope="module")
def of_the_page(card: Card) -> tuple[Question, ...]:
    """The card's questions that stand on the original page."""
    return card.questions[:4]


@pytest.fixture(scope="module")
def original() -> list[str]:
    """The page's lines that hold something."""
    return [line for line in (HERE / "original_card.txt").read_text("utf-8").splitlines() if line]


def test_front_matter(card: Card, original: list[str]) -> None:
    assert card.title == original[0]
    assert f"{card.difficulty} {card.topic}" == original[1]
    assert f"Created by {card.author} · {card.created:%d.%m.%Y at %H:%M} UTC" == original[2]
    assert card.created == datetime(2026, 6, 1, 6, 20, tzinfo=UTC)
    assert f"University approvals: {len(card.approvals)}" in original
    assert card.videos == ()
    assert f"  • Topic: {card.topic}" in original
    assert f"  • Difficulty: {card.difficulty}" in original


def test_paragraphs(card: Card, original: list[str]) -> None:
    end = original.index(f"University approvals: {len(card.approvals)}")
    assert [paragraph.text for paragraph in card.paragraphs] == original[3:end]
    assert card.text.split("\n\n") == original[3:end]


def test_questions_and_their_first_hints(of_the_page: tuple[Question, ...], original: list[str]) -> None:
    page = original[original.index("Question 1") : original.index("Card Info")]
    questions = [
        line
        for number, question in enumerate(of_the_page, start=1)
        for line in (f"Question {number}", question.text, "Hint", question.hints[0])
    ]
    assert questions == page


def test_ids_never_change(card: Card) -> None:
    assert card.id == "learning-rate"
    assert [question.id for question in card.questions] == [
        "narrow-valley",
        "line-search",
        "warmup",
        "batch-size",
        "narrow-valley-fate",
        "narrow-valley-limit",
        "line-search-trial",
        "warmup-survivor",
        "batch-size-limit",
        "safe-range",
        "coarse-grid",
    ]


def test_every_claim_and_question_has_an_experiment(card: Card, of_the_page: tuple[Question, ...]) -> None:
    assert all(paragraph.experiment for paragraph in card.paragraphs)
    assert all(question.experiment for question in of_the_page)
    assert [len(question.options) for question in of_the_page] == [4, 4, 4, 4]


def test_each_question_of_the_page_has_a_prediction(card: Card, of_the_page: tuple[Question, ...]) -> None:
    drawn = [question for question in card.questions if question.kind == "predict"]
    assert [question for question in card.questions if question.template] == drawn == list(card.questions[4:])
    for question in of_the_page:
        assert any(other.id.startswith(f"{question.id}-") for other in drawn)


def test_passages_can_be_found_on_the_screen(card: Card) -> None:
    for question in card.questions:
        paragraph = card.paragraphs[question.paragraph]
        assert question.passage in paragraph.text
        assert typeset(question.passage) in typeset(paragraph.text)


def test_nothing_of_tex_is_left_on_the_screen(card: Card) -> None:
    shown = typeset(card.text)
    assert "The learning rate η controls" in shown
    assert "0.01, 0.1, 1.0" in shown
    assert "outright." in shown
    assert not set("$\\{}") & set(shown)
