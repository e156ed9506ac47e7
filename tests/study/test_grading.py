from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.decks.model import Option, Question
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.grading import grade, rating_of

QUESTION = Question(
    id="q",
    kind="choice",
    text="Which?",
    options=tuple(Option(f"option {n}", n == 2, "why") for n in range(1, 6)),
    hints=("think",),
    passage="",
    paragraph=0,
    experiment=None,
    line=1,
)


@pytest.mark.parametrize(
    ("given_", "number"),
    [("1", 1), ("2", 2), ("5", 5), ("a", 1), ("b", 2), ("B", 2), ("e", 5)],
)
def test_an_option_is_chosen_by_number_or_letter(given_: str, number: int) -> None:
    assert grade(QUESTION, given_) == (f"option {number}", number == 2)


@pytest.mark.parametrize(
    "given_", ["0", "6", "f", "i", "", " 1", "1 ", "12", "ab", "²", "１", "İ", "-1", "9" * 9000]
)
def test_all_else_is_no_answer(given_: str) -> None:
    with pytest.raises(UsageError, match=r"is not one of the options: answer 1 to 5$") as error:
        grade(QUESTION, given_)
    assert len(str(error.value)) < 80
    assert str(error.value).isprintable()


@given(st.text(max_size=3))
def test_whatever_is_typed_is_an_option_or_refused(typed: str) -> None:
    try:
        answer, right = grade(QUESTION, typed)
    except UsageError:
        return
    assert typed.lower() in "12345abcde"
    assert right == (answer == "option 2")


def test_a_kind_of_a_newer_tutor() -> None:
    with pytest.raises(UsageError, match="unknown kind of question 'chioce': did you mean 'choice'"):
        grade(replace(QUESTION, kind="chioce"), "1")


@pytest.mark.parametrize(
    ("correct", "hints", "rating"),
    [
        (True, 0, Rating.GOOD),
        (True, 1, Rating.HARD),
        (True, 9, Rating.HARD),
        (False, 0, Rating.AGAIN),
        (False, 3, Rating.AGAIN),
    ],
)
def test_what_an_answer_earns(correct: bool, hints: int, rating: Rating) -> None:
    assert rating_of(correct=correct, hints=hints) is rating
