"""What is asked of a question that is known better and better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, Desk, answer, asked, asking, make_known
from tests.guesses import write_guesses
from tests.study.test_plan import state
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.library import Library, open_index
from tutor.study.maturing import asked_as, form_of, prediction_of
from tutor.study.steps import Asking, Feedback, Finished

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.decks.model import Card
    from tutor.study.session import Session


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


# In a session


def test_options_are_hidden_until_the_learner_has_an_answer(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 21.0)
    session = empty_desk.session()
    step = asking(session)
    assert (step.form, step.waits, step.options) == ("hidden", True, ())
    assert [step.next_hint and step.next_hint.kind] == ["words"]
    with pytest.raises(UsageError, match="find an answer first"):
        session.answer(RIGHT)
    session.feel(3)
    session.commit("because it does")
    step = asking(empty_desk.session())
    assert (step.waits, len(step.options), step.written) == (False, 3, "because it does")
    with pytest.raises(UsageError, match="nothing is hidden"):
        session.commit()
    kinds = []
    while asking(session).next_hint:
        kinds.append(asking(session).next_hint)
        session.hint()
    assert [hint.kind for hint in kinds if hint] == ["words", "passage", "experiment"]  # none strikes one out
    review = answer(session, RIGHT).review
    assert (review.kind, review.answer, review.confidence) == ("hidden", "right one", 3)


def test_later_it_is_recalled_and_judged_by_the_learner(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 60.0)
    session = empty_desk.session()
    with pytest.raises(UsageError, match="have the answer shown"):
        session.judge(Rating.GOOD)
    session.commit("the right one")
    step = asking(session)
    assert (step.options, [option.text for option in step.model]) == ((), ["right one"])
    assert step.next_hint is None
    with pytest.raises(UsageError, match="how well you knew it"):
        session.answer(RIGHT)
    with pytest.raises(UsageError, match="before the answer is shown"):
        session.feel(1)
    session.judge(Rating.HARD)
    assert isinstance(session.step, Finished)
    review = empty_desk.store().reviews()[-1]
    assert (review.kind, review.answer, review.correct) == ("recall", "the right one", True)
    state = empty_desk.store().state("s1")
    assert state is not None
    assert (state.rating, state.due) == (Rating.HARD, step.returns[Rating.HARD])
    session.undo()
    assert asking(session) == step
    session.judge(Rating.AGAIN)
    assert asking(session).repeated
    assert empty_desk.store().reviews()[-1].correct is False


def test_giving_up_a_recall_shows_the_answer(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 60.0)
    step = answer_nothing(empty_desk.session())
    assert (step.review.kind, step.review.answer, step.review.rating) == ("recall", None, Rating.AGAIN)


def answer_nothing(session: Session) -> Feedback:
    session.answer(None)
    assert isinstance(session.step, Feedback)
    return session.step


def test_at_last_it_is_asked_as_a_prediction_of_the_same_idea(tmp_path: object, empty_desk: Desk) -> None:
    write_guesses(empty_desk)
    make_plain_known(empty_desk)
    session = empty_desk.session()
    while asking(session).question.id != "plain":
        session.answer(None)
        session.rate(Rating.EASY)
        session.next()
    step = asking(session)
    assert (step.form, step.kind, step.question.kind) == ("predict", "predict", "predict")
    assert step.question.number is not None
    assert step.seed is not None
    assert asking(empty_desk.session()).question == step.question
    feedback = answer_nothing(session)
    assert feedback.question == step.question
    assert (feedback.review.question, feedback.review.kind) == ("plain", "predict")
    assert feedback.review.seed == step.seed


def make_plain_known(desk: Desk) -> None:
    """Let the ordinary question among the predictions be known for ten years."""
    while True:
        state = desk.store().state("plain")
        if state is not None:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
            if state.stability >= 240.0:
                return
        session = desk.session()
        while not isinstance(session.step, Finished):
            if isinstance(session.step, Asking) and session.step.waits:
                session.commit()
            elif isinstance(session.step, Asking) and session.step.self_rated:
                session.judge(Rating.EASY)
            elif isinstance(session.step, Asking):
                session.answer(None)
                session.rate(Rating.EASY)
                session.next()
            else:
                asking(session)


@pytest.mark.parametrize("confidence", [1, 2, 3])
def test_confidence_is_noted_before_the_answer_and_can_be_taken_back(desk: Desk, confidence: int) -> None:
    session = desk.session()
    asked(session)
    session.feel(2)
    session.feel(confidence)
    expected = None if confidence == 2 else confidence
    assert asking(desk.session()).confidence == expected
    assert answer(session).review.confidence == expected
