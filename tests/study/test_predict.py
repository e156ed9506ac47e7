"""Questions that are drawn afresh: the same until answered, another one afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk, asking, lose_the_bookmark
from tests.guesses import key, write_guesses, wrong
from tutor.errors import UsageError
from tutor.memory.model import Rating, as_json
from tutor.study.grading import grade, near
from tutor.study.steps import Feedback, Finished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor.decks.model import Question
    from tutor.study.session import Session


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a card that asks for a number, for a fate, and for no prediction."""
    desk = Desk(tmp_path)
    write_guesses(desk)
    yield desk
    desk.close()


def feedback(session: Session) -> Feedback:
    assert isinstance(session.step, Feedback)
    return session.step


def test_the_question_is_the_authors_words_and_the_instance(desk: Desk) -> None:
    session = desk.session()
    number = asking(session).question
    assert number.text.startswith("Predict limit.\n\nGradient descent runs on the bowl ½(x² + ")
    assert number.number is not None
    assert number.options == ()
    assert number.experiment is not None
    assert number.experiment.settings["kind"] == "descent"
    session.answer(key(asking(session)))
    session.next()
    fate = asking(session).question
    assert fate.text.startswith("Predict fate.\n\nGradient descent with η = ")
    assert fate.number is None
    assert [option.right for option in fate.options].count(True) == 1


def test_it_stays_the_same_until_it_is_answered(desk: Desk) -> None:
    session = desk.session()
    asked = asking(session).question
    session.hint()
    session.look_up()
    assert asking(session).question == asked
    assert asking(desk.session()).question == asked  # left and come back
    with pytest.raises(UsageError):
        session.answer("many")
    assert asking(session).question == asked


def test_a_resumed_feedback_is_about_the_same_instance(desk: Desk) -> None:
    session = desk.session()
    asked = asking(session).question
    session.answer(wrong(asking(session)))
    assert feedback(session).question == asked
    assert feedback(desk.session()).question == asked


def test_a_failed_one_comes_back_as_another(desk: Desk) -> None:
    session = desk.session()
    seen = []
    while not isinstance(session.step, Finished):
        step = asking(session)
        if step.question.id == "limit":
            seen.append(step.question.text)
        session.answer(wrong(step) if len(seen) < 6 and step.question.id == "limit" else key(step))
        session.next()
    assert len(seen) == 6
    assert len(set(seen)) >= 4
    seeds = [review.seed for review in desk.store().reviews("limit")]
    assert len(set(seeds)) == 6


def test_another_day_asks_another_one(desk: Desk) -> None:
    texts = set()
    for _ in range(4):
        session = desk.session()
        while not isinstance(session.step, Finished):
            if asking(session).question.id == "fate":
                texts.add(asking(session).question.text)
            if asking(session).waits:
                session.commit()
            if asking(session).self_rated:
                session.judge(Rating.GOOD)
            else:
                session.answer(key(asking(session)))
                session.next()
        desk.wait(days=400)
    assert len(texts) >= 3


def test_undo_asks_the_same_instance_again(desk: Desk) -> None:
    session = desk.session()
    asked = asking(session).question
    session.answer(wrong(asking(session)))
    session.undo()
    assert asking(session).question == asked
    session.answer(wrong(asking(session)))
    session.next()
    second = asking(session).question
    session.undo()
    assert asking(session).question == asked
    session.answer(key(asking(session)))
    session.next()
    assert asking(session).question == second
    assert len({review.seed for review in desk.store().reviews("limit")}) == 1


def test_an_answer_whose_bookmark_was_lost_is_shown_with_its_instance(desk: Desk) -> None:
    session = desk.session()
    asked = asking(session).question
    given = wrong(asking(session))
    lose_the_bookmark(session, lambda: session.answer(given))
    assert feedback(desk.session()).question == asked


def test_the_seed_is_in_the_log_and_only_with_what_is_drawn(desk: Desk) -> None:
    session = desk.session()
    for _ in range(3):
        step = asking(session)
        session.answer(key(step))
        assert feedback(session).review.seed == step.seed
        session.next()
    logged = {review.question: as_json(review) for review in desk.store().reviews()}
    limit, fate, plain = (logged[question] for question in ("limit", "fate", "plain"))
    assert isinstance(limit["seed"], int)
    assert isinstance(limit["answer"], float)
    assert (limit["kind"], fate["kind"], plain["kind"]) == ("predict", "predict", "choice")
    assert limit["seed"] != fate["seed"]
    assert plain["seed"] is None
    assert json.loads(json.dumps(limit)) == limit


def test_hints_strike_out_options_but_never_run_the_answer(desk: Desk) -> None:
    session = desk.session()
    offered = []
    for _ in range(2):
        asking(session)
        kinds = []
        while hint := asking(session).next_hint:
            kinds.append(hint.kind)
            session.hint()
        offered.append(kinds)
        session.answer(key(asking(session)))
        assert feedback(session).review.rating is Rating.HARD
        session.next()
    assert offered == [["words", "passage"], ["words", "passage", "strike"]]


@pytest.mark.parametrize(
    ("factor", "correct", "is_near"),
    [
        (1.0, True, True),
        (1.1, True, True),
        (0.9, True, True),
        (1.101, False, True),
        (0.899, False, True),
        (2.0, False, True),
        (0.5, False, True),
        (2.01, False, False),
        (0.49, False, False),
        (-1.0, False, False),
        (0.0, False, False),
    ],
)
def test_numbers_are_right_within_a_tenth_and_near_within_a_factor_of_two(
    desk: Desk, factor: float, correct: bool, is_near: bool
) -> None:
    question = asking(desk.session()).question
    assert question.number is not None
    told, right = grade(question, f"{factor * question.number.value:.12g}")
    assert right is correct
    assert near(question, told) is is_near


@pytest.mark.parametrize(
    ("given", "number"),
    [("0.08", 0.08), ("8e-2", 0.08), (".08", 0.08), ("8E-2", 0.08), ("−1", -1.0), ("12", 12.0)],
)
def test_ways_to_write_a_number(desk: Desk, given: str, number: float) -> None:
    assert grade(asking(desk.session()).question, given)[0] == number


@pytest.mark.parametrize(
    "given", ["", "e", "1e", "1.2.3", "nan", "inf", "-inf", "1e999", "9" * 5000, "0,08", "a", "\udcff"]
)
def test_what_is_no_number_changes_nothing(desk: Desk, given: str) -> None:
    session = desk.session()
    before = asking(session)
    with pytest.raises(UsageError, match=r"is not a number: write it as 0\.08, 8e-2 or 120"):
        session.answer(given)
    assert session.step == before
    assert desk.store().reviews() == []


def test_a_choice_is_near_to_nothing(desk: Desk) -> None:
    session = desk.session()
    session.answer(key(asking(session)))
    session.next()
    question: Question = asking(session).question
    assert not near(question, question.options[0].text)
    assert not near(question, None)


def test_a_template_that_was_spoilt_meanwhile_is_left_out(desk: Desk) -> None:
    library = desk.library()
    session = desk.session(library=library)
    session.answer(key(asking(session)))
    write_guesses(desk, kappas="-1")
    again = desk.session()  # whose library stands in for the lab, and refuses nothing
    problems = " ".join(again.problems)
    assert "the question 'limit' cannot be drawn: kappa of objective 'quadratic' must be" in problems
    assert asking(again).question.id == "plain"
