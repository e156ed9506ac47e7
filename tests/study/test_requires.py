from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_card_waits_for_the_way_into_a_circle() -> None:
    needs = {"a": "b d", "b": "a c", "c": "", "d": "e", "e": "d", "f": "a"}
    assert missing(needs, {}) == {"a": ["d"], "b": ["c"], "c": [], "d": [], "e": [], "f": ["a"]}


@given(st.dictionaries(st.sampled_from("abcdefg"), st.text("abcdefg", max_size=4), max_size=7))
def test_of_those_required_all_bar_the_way_but_those_that_require_the_card(links: dict[str, str]) -> None:
    needed = {card: set(others) & links.keys() for card, others in links.items()}
    for _ in links:  # all that is needed in the end, by brute force
        needed = {card: some.union(*(needed[other] for other in some)) for card, some in needed.items()}
    found = missing({card: " ".join(others) for card, others in links.items()}, {})
    for card, others in links.items():
        assert found[card] == [other for other in others if other in links and card not in needed[other]]


def test_a_long_chain_is_walked_without_recursion() -> None:
    chain = [CardSummary(str(n), "", "", "", "", [str(n)], [str(n - 1)], "") for n in range(20_000)]
    found = Requirements(chain, lambda _: False)
    assert [found.missing(str(n)) for n in (0, 1, 2, 19_999)] == [[], ["0"], ["1"], ["19998"]]


def test_a_card_that_is_not_there_bars_no_way() -> None:
    assert missing({"a": "gone"}, {}) == {"a": []}
