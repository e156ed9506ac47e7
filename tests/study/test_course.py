from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.desk import WRONG, finish, study
from tutor.study.course import Course, courses, path
from tutor.study.overview import overview

if TYPE_CHECKING:
    from tests.desk import Desk

CARDS = st.sampled_from([f"c{n}" for n in range(12)])
REQUIRES = st.dictionaries(CARDS, st.lists(CARDS | st.just("elsewhere"), max_size=4))
"""Requirements as anybody may write them: circles, repetitions, cards that aren't there."""


def in_order(requires: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    for card, others in requires.items():
        if not seen.issuperset(others):
            return False
        seen.add(card)
    return True


def test_a_card_comes_after_those_it_requires_and_else_in_the_order_of_the_deck() -> None:
    found = path(
        {"edge": ["curvature"], "rate": [], "curvature": ["descent"], "descent": ["rate"], "noise": []}
    )
    assert list(found) == ["rate", "descent", "curvature", "edge", "noise"]


def test_a_circle_begins_with_its_first_card() -> None:
    assert path({"a": ["b"], "b": ["a"], "c": ["b"]}) == {"a": (), "b": ("a",), "c": ("b",)}
    assert path({"a": ["a", "gone"]}) == {"a": ()}


@given(REQUIRES)
def test_each_card_once_and_each_edge_downwards(requires: dict[str, list[str]]) -> None:
    found = path(requires)
    assert sorted(found) == sorted(requires)
    places = {card: place for place, card in enumerate(found)}
    for card, others in found.items():
        assert set(others) <= set(requires[card])
        assert all(places[other] < places[card] for other in others)
    kept = {card: [other for other in others if other in requires] for card, others in requires.items()}
    if in_order(kept):
        assert list(found) == list(requires)
        assert {card: set(others) for card, others in found.items()} == {c: set(o) for c, o in kept.items()}


def test_two_hundred_cards_in_a_circle() -> None:
    found = path({str(n): [str((n + 1) % 200), str(n // 2)] for n in range(200)})
    assert len(found) == 200


def the_course(desk: Desk) -> Course:
    (found,) = courses(overview(desk.library(), desk.store(), desk.settings))
    return found


def test_where_the_learner_is(empty_desk: Desk) -> None:
    desk = empty_desk
    desk.write("a", "a1")
    desk.write("b", "b1", requires=("a",))
    desk.write("c", "c1", requires=("a", "b", "gone"))
    found = the_course(desk)
    assert (found.title, found.here, found.studied) == ("Hills", "a", 0)
    assert [stop.row.standing for stop in found.stops.values()] == ["new", "waiting", "waiting"]
    assert [row.card.id for row in found.stops["c"].requires] == ["a", "b"]
    assert [row.card.id for row in found.stops["a"].opens] == ["b", "c"]
    study(desk.session(), WRONG)
    assert (the_course(desk).here, the_course(desk).studied) == ("a", 1)
    for _ in range(3):
        finish(desk.session())
        desk.wait(days=4)
    found = the_course(desk)
    assert "b" in found.links
    assert found.stops["b"].row.standing != "waiting"
