"""How often the longest option, the only precise one, or a position is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tutor.decks.lint.guessing import guesses
from tutor.decks.load import load_card
from tutor.decks.model import Card, Option

BUNDLED = Path(__file__).parents[3] / "decks" / "optimization" / "learning-rate.md"


def quiz(*questions: str) -> Card:
    """A card of questions, each given by its options' lengths; a capital one is right: ``"aBBcc"``."""
    card = load_card(BUNDLED, lambda *_: None)
    return replace(
        card,
        questions=tuple(
            replace(
                card.questions[0], options=tuple(Option(text, text.isupper(), "So.") for text in given.split())
            )
            for given in questions
        ),
    )


def test_the_longest_option() -> None:
    found = guesses([quiz("aaa BBBBBB c", "AAA bb c", "a B cc", "AA bb cc")])["the longest option"]
    assert (found.right, found.questions) == (2, 3)  # none is the longest in the last
    assert found.expected == pytest.approx(1)
    assert found.deviation == pytest.approx((3 * 2 / 9) ** 0.5)


@pytest.mark.parametrize(
    ("questions", "gives_away"),
    [(["aa BBB"] * 4, False), (["aa BBB"] * 5, True), (["aa BBB"] * 5 + ["AA bbb"] * 5, False)],
)
def test_what_gives_away(questions: list[str], gives_away: bool) -> None:
    assert guesses([quiz(*questions)])["the longest option"].gives_away is gives_away


def test_positions_and_precise_ones() -> None:
    found = guesses([quiz(*["a B c"] * 6), quiz("a9 B", "A9 b")])
    assert found["option 2"].gives_away
    assert not found["option 1"].gives_away
    precise = found["the only option with a number or a formula"]
    assert (precise.right, precise.questions) == (1, 2)


def test_the_bundled_deck_cannot_be_answered_by_guessing() -> None:
    cards = [load_card(path, lambda *_: None) for path in BUNDLED.parent.glob("*.md")]
    assert {name: found for name, found in guesses(cards).items() if found.gives_away} == {}
