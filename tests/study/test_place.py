"""Where each action leads, without a store or a deck."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.model import Rating
from tutor.study.place import Answered, Asked, Place
from tutor.study.plan import Scope


def place(questions: str) -> Place:
    return Place(date(2026, 11, 23), Scope(), tuple(map(Asked, questions)))


def queue(at: Place) -> str:
    return "".join(asked.question for asked in at.queue)


@pytest.mark.parametrize(
    ("before", "after"), [("a", "a"), ("ab", "ba"), ("abcd", "bcda"), ("abcde", "bcdae"), ("abcdef", "bcdaef")]
)
def test_a_failed_question_goes_back_at_most_three_places(before: str, after: str) -> None:
    assert queue(place(before).answer("r1").settle(Rating.AGAIN)) == after


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_a_passed_question_is_done_with(rating: Rating) -> None:
    assert queue(place("ab").answer("r1").settle(rating)) == "b"


def test_a_question_is_not_in_the_queue_while_its_feedback_shows() -> None:
    at = place("ab").answer("r1")
    assert (queue(at), at.feedback, at.over) == ("b", True, False)
    assert at.answered == (Answered("r1", Asked("a")),)
    assert at.questions == ["a", "b"]


def test_a_rating_after_all_moves_the_question_only_if_it_must() -> None:
    at = place("abcde").answer("r1").settle(Rating.GOOD)
    assert queue(at.settle(Rating.AGAIN)) == "bcdae"
    assert at.settle(Rating.AGAIN).settle(Rating.AGAIN) == at.settle(Rating.AGAIN)
    assert at.settle(Rating.AGAIN).settle(Rating.EASY) == at


def test_help_is_for_the_current_question() -> None:
    at = place("ab").put("r0").hint().hint().look_up()
    assert at.queue == (Asked("a", "r0", 2, looked_up=True), Asked("b"))


def test_what_cannot_be_shown_is_skipped() -> None:
    assert queue(place("ab").skip()) == "b"
    assert queue(place("ab").answer("r1").skip()) == "b"
    assert not place("ab").answer("r1").skip().feedback
    assert place("a").skip().over


@given(
    size=st.integers(1, 7),
    turns=st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 3), st.booleans()), max_size=12),
)
def test_undo_goes_back_the_way_it_came(size: int, turns: list[tuple[Rating, int, bool]]) -> None:
    at = place("abcdefg"[:size])
    visited = []
    for n, (rating, hints, go_on) in enumerate(turns):
        if at.over:
            break
        for _ in range(hints):
            at = at.hint()
        visited.append(at)
        at = at.answer(f"r{n}")
        if go_on or n < len(turns) - 1:
            at = at.settle(rating)
    for before in reversed(visited):
        at = at.undo()
        assert (queue(at), at.answered, at.feedback) == (queue(before), before.answered, False)
        assert at.queue[0] == before.queue[0]  # the others may have had help meanwhile
