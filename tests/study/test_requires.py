from __future__ import annotations

import pytest

from tests.study.test_plan import state
from tutor.decks.index import CardSummary
from tutor.memory.model import Hold, Rating
from tutor.study.requires import Requirements, settled


def missing(
    requires: dict[str, str], known: dict[str, float], holds: dict[str, Hold] | None = None, failed: str = ""
) -> dict[str, list[str]]:
    """What each card waits for; each has one question, of its own name, known with such a stability."""
    cards = [CardSummary(card, "", "", "", "", [card], others.split(), "") for card, others in requires.items()]
    states = {
        card: state(rating=Rating.AGAIN if card in failed else Rating.GOOD, stability=stability)
        for card, stability in known.items()
    }
    found = Requirements(cards, settled(states, holds or {}))
    return {card.id: found.missing(card.id) for card in cards}


def test_a_card_waits_until_those_it_requires_are_known_for_a_week() -> None:
    needs = {"a": "", "b": "a", "c": "a b"}
    assert missing(needs, {}) == {"a": [], "b": ["a"], "c": ["a", "b"]}
    assert missing(needs, {"a": 6.9}) == {"a": [], "b": ["a"], "c": ["a", "b"]}
    assert missing(needs, {"a": 7.0}) == {"a": [], "b": [], "c": ["b"]}
    assert missing(needs, {"a": 7.0}, failed="a")["b"] == ["a"]


def test_a_suspended_question_bars_no_way() -> None:
    assert missing({"a": "", "b": "a"}, {}, {"a": Hold(suspended=True)})["b"] == []
    assert missing({"a": "", "b": "a"}, {"a": 1.0}, {"a": Hold(suspended=True)})["b"] == []


@pytest.mark.parametrize("ring", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "a"}])
def test_cards_that_require_each_other_bar_no_way(ring: dict[str, str]) -> None:
    assert not any(missing(ring, {}).values())


def test_a_card_that_is_not_there_bars_no_way() -> None:
    assert missing({"a": "gone"}, {}) == {"a": []}
