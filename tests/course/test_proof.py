"""The proofs themselves: what they let pass, and what they catch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.course import proof
from tests.course.bundled import questions
from tests.course.proof import counted_wrong, marked_wrong, miscounted, refuted

EACH_CHOSEN = pytest.mark.parametrize(
    "question", [question.id for question in questions().values() if question.kind in {"choice", "multi"}]
)


@EACH_CHOSEN
def test_as_many_wrong_keys_are_planted_as_there_are_options(question: str) -> None:
    asked = questions()[question]
    many = len(asked.options) - (asked.kind != "multi")
    planted = [tuple(option.right for option in wrong.options) for wrong in marked_wrong(asked)]
    assert len(set(planted)) == len(planted) == many
    assert tuple(option.right for option in asked.options) not in planted


def test_a_phrase_has_to_tell_the_options_apart() -> None:
    asked = questions()["narrow-valley"]
    assert refuted(asked, {"from wall to wall"}) == (
        "'from wall to wall' stands in 2 options of 'narrow-valley', and should in one"
    )
    assert refuted(asked, {"over the hills"})
    assert refuted(asked, set())
    assert refuted(asked, {"oscillating or diverging"}) is None


def test_of_several_right_options_each_has_to_be_told() -> None:
    asked = questions()["what-a-step-uses"]
    assert refuted(asked, {"the slopes at", "the learning rate"}) is None
    assert refuted(asked, {"the slopes at"})
    assert refuted(asked, {"the slopes at", "the learning rate", "the distance"})


def test_a_cloze_is_settled_by_a_filling() -> None:
    asked = questions()["ratio-of-curvatures"]
    assert refuted(asked, {"Conditioning"}) is None
    assert refuted(asked, {"contour"})


@pytest.mark.parametrize(("tolerance", "absolute", "value"), [(0.1, False, 20.0), (0.01, True, 0.0)])
def test_false_numbers_are_out_of_tolerance(tolerance: float, absolute: bool, value: float) -> None:
    asked = questions()["first-step"]
    assert asked.number
    number = replace(asked.number, value=value, tolerance=tolerance, absolute=absolute)
    asked = replace(asked, number=number)
    room = tolerance if absolute else tolerance * value
    assert miscounted(asked, value + 0.2 * room) is None
    assert miscounted(asked, value + 0.3 * room)
    for wrong in counted_wrong(asked):
        assert wrong.number
        assert abs(wrong.number.value - value) > room
        assert miscounted(wrong, value)


def test_nothing_is_entered_twice_and_nothing_without_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "DEFINITIONS", {})
    proof.defines("own-minimum", "a name that the card defines")
    with pytest.raises(AssertionError, match="is entered twice"):
        proof.defines("own-minimum", "another name for the same thing")
    with pytest.raises(AssertionError, match="say why"):
        proof.defines("a-new-question", "just so")
