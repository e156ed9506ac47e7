"""No strategy wins: whoever answers by the looks of the options does no better than by chance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.course.bundled import cards, questions
from tutor.decks.maths import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.decks.model import Question

    Looks = Callable[[Question], Sequence[float]]
    """How much each option appeals to a strategy; the largest is chosen, or by lot one of the largest."""

RARE = 0.05
"""How likely luck alone must be to score as much: of a strategy that is worth nothing, one deck in 20 fails."""

ASKED = [question for question in questions().values() if question.kind in {"choice", "multi"}]


def _length(question: Question) -> Sequence[float]:
    return [len(typeset(option.text)) for option in question.options]


def _short(question: Question) -> Sequence[float]:
    return [-length for length in _length(question)]


def _precise(question: Question) -> Sequence[float]:
    """The only one with a number or a formula; all alike if there are none or several."""
    precise = [bool(re.search(r"\d|\$", option.text)) for option in question.options]
    return [float(each and precise.count(True) == 1) for each in precise]


def _vague(question: Question) -> Sequence[float]:
    """The only one without a number or a formula."""
    vague = [not re.search(r"\d|\$", option.text) for option in question.options]
    return [float(each and vague.count(True) == 1) for each in vague]


def _at(position: int) -> Looks:
    return lambda question: [float(n == position) for n in range(len(question.options))]


def _last(question: Question) -> Sequence[float]:
    return range(len(question.options))


def _like_the_passage(question: Question) -> Sequence[float]:
    """The one that shares the most words with the passage, which a learner may ask for as a hint."""
    said = _words(question.passage)
    return [len(_words(option.text) & said) for option in question.options]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3}


STRATEGIES: dict[str, Looks] = {
    "the longest": _length,
    "the shortest": _short,
    "the only precise one": _precise,
    "the only vague one": _vague,
    **{f"number {position + 1}": _at(position) for position in range(4)},
    "the last": _last,
    "the one in the words of the passage": _like_the_passage,
}


def scores(asked: Sequence[Question], looks: Looks) -> tuple[float, list[float]]:
    """Give how many questions a strategy gets right, and the chance of each by lot, where it has a preference.

    A single choice that is among the right ones counts; of options that appeal alike, each counts in part.
    """
    total, chances = 0.0, []
    for question in asked:
        appeal = np.array(looks(question), dtype=float)
        rights = np.array([option.right for option in question.options])
        chosen = appeal == appeal.max()
        if not chosen.all():
            total += float(rights[chosen].mean())
            chances.append(float(rights.mean()))
    return total, chances


def luck(score: float, chances: Sequence[float]) -> float:
    """Give the probability that lots, each right by its own chance, score as much or more."""
    outcomes = np.ones(1)
    for chance in chances:
        outcomes = np.convolve(outcomes, [1 - chance, chance])
    return float(outcomes[int(np.ceil(score - 1e-9)) :].sum())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_strategy_wins(strategy: str) -> None:
    score, chances = scores(ASKED, STRATEGIES[strategy])
    assert luck(score, chances) > RARE, f"{strategy}: {score:g} of {len(chances)}, by lot {sum(chances):.1f}"


def test_a_deck_that_gives_itself_away_is_found() -> None:
    for position in range(4):
        given_away = [question for question in ASKED if question.options[position].right]
        assert luck(*scores(given_away, _at(position))) < RARE


@pytest.mark.parametrize("card", list(cards()))
def test_the_right_option_of_a_card_moves_about(card: str) -> None:
    places = [
        n for q in cards()[card].questions if q.kind == "choice" for n, o in enumerate(q.options) if o.right
    ]
    assert len(places) < 2 or len(set(places)) > 1
