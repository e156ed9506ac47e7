from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.study.test_plan import state
from tutor.study.library import Library, open_index
from tutor.study.maturing import asked_as, form_of, prediction_of

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.decks.model import Card


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Card:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    return Library(open_index()).card("learning-rate")


@pytest.mark.parametrize(
    ("stability", "form"),
    [(None, "open"), (1.0, "open"), (20.9, "open"), (21.0, "hidden"), (60.0, "recall"), (240.0, "predict")],
)
def test_the_better_it_is_known_the_less_it_gives_away(card: Card, stability: float | None, form: str) -> None:
    (question, *_) = card.questions
    assert form_of(card, question, None if stability is None else state(stability=stability)) == form


def test_a_prediction_stays_what_it_is(card: Card) -> None:
    for question in card.questions:
        if question.template:
            assert form_of(card, question, state(stability=999.0)) == "open"
            assert asked_as(card, question, "predict") == question


def test_a_choice_is_asked_as_the_prediction_of_its_passage_under_its_own_id(card: Card) -> None:
    pairs = {}
    for question in card.questions:
        other = prediction_of(card, question)
        if question.kind == "choice":
            assert other is not None
            asked = asked_as(card, question, "predict")
            assert (asked.id, asked.template) == (question.id, other.template)
            pairs[question.id] = other.id
    assert pairs == {
        "narrow-valley": "narrow-valley-fate",
        "line-search": "line-search-trial",
        "warmup": "warmup-survivor",
        "batch-size": "batch-size-limit",
    }


def test_without_a_prediction_it_is_recalled(card: Card) -> None:
    (question, *_) = card.questions
    alone = replace(card, questions=(question,))
    assert form_of(alone, question, state(stability=999.0)) == "recall"
    assert asked_as(alone, question, "predict") == question  # it was, before its prediction was deleted


@pytest.mark.parametrize("text", ["Which of these is stable?", "Of the following, what is stable?"])
def test_a_question_that_points_at_its_options_is_not_asked_without_them(card: Card, text: str) -> None:
    pointing = replace(card.questions[0], text=text)
    alone = replace(card, questions=(pointing,))
    assert form_of(alone, pointing, state(stability=999.0)) == "hidden"
