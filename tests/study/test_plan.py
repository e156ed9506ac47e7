from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk import any_experiment
from tutor.config import ORDERS, Settings
from tutor.decks.index import CardSummary, Index
from tutor.memory.model import Hold, Rating, State
from tutor.memory.states import States
from tutor.study.library import Library
from tutor.study.plan import Day, Done, Plan, Scope, ahead, interleaved, plan, practice

TODAY = date(2026, 11, 23)
QUESTIONS = "abcdefgh"


def library(requires: str = "") -> Library:
    cards = [
        CardSummary("one", "hills", "One", "", "", list("abcd"), [], ""),
        CardSummary("two", "seas", "Two", "", "", list("efgh"), requires.split(), ""),
    ]
    return Library(Index({"hills": "Hills", "seas": "Seas"}, cards, [], any_experiment))


def state(due: int = 1, rating: Rating = Rating.GOOD, stability: float = 1.0) -> State:
    """A state that is due so many days from today."""
    return State(
        last="r",
        reps=1,
        lapses=0,
        stability=stability,
        difficulty=5.0,
        day=TODAY,
        due=TODAY if rating is Rating.AGAIN else TODAY + timedelta(days=due),
        rating=rating,
    )


STATES = st.dictionaries(
    st.sampled_from(QUESTIONS + "x"), st.builds(state, st.integers(-9, 9), st.sampled_from(Rating))
)
DEFAULTS = Settings()


def planned(
    states: dict[str, State],
    settings: Settings = DEFAULTS,
    deck: str | None = None,
    holds: dict[str, Hold] | None = None,
    done: Done | None = None,
    requires: str = "",
) -> Plan:
    return plan(
        library(requires), Day(TODAY, States(states), holds or {}, done or Done()), Scope(deck), settings
    )


@given(states=STATES, deck=st.sampled_from([None, "hills", "seas"]))
def test_all_that_is_due_comes_by_its_date_and_all_that_is_new_by_its_place(
    states: dict[str, State], deck: str | None
) -> None:
    found = planned(states, deck=deck)
    mine = {None: QUESTIONS, "hills": "abcd", "seas": "efgh"}[deck]
    assert set(found.due) == {q for q in mine if q in states and states[q].is_due(TODAY)}
    assert list(found.new) == [q for q in mine if q not in states]
    days = [states[q].due for q in found.due if not states[q].learning]
    assert days == sorted(days)
    assert found.queue == [*found.due, *found.new]
    assert found.held_back == 0


@given(states=STATES, new=st.integers(0, 9), reviews=st.integers(0, 9), done=st.integers(0, 9))
def test_a_day_asks_no_more_than_its_limits_and_what_was_failed_today(
    states: dict[str, State], new: int, reviews: int, done: int
) -> None:
    everything = planned(states)
    settings = Settings(new_per_day=new, reviews_per_day=reviews)
    found = planned(states, settings, done=Done(new=done, reviews=done))
    learning = {q for q in everything.due if states[q].learning}
    assert found.new == everything.new[: max(0, new - done)]
    passed = [q for q in everything.due if q not in learning]
    assert [q for q in found.due if q not in learning] == passed[: max(0, reviews - done)]
    assert learning <= set(found.due)
    assert found.held_back == len(everything.due) - len(found.due)


@given(states=STATES, order=st.sampled_from(ORDERS))
def test_the_order_moves_new_questions_among_the_others(states: dict[str, State], order: str) -> None:
    found = planned(states, Settings(order=order))
    assert [q for q in found.queue if q in states] == list(found.due)
    assert [q for q in found.queue if q not in states] == list(found.new)
    if order == "new-first":
        assert found.queue == [*found.new, *found.due]


def test_mixed_means_at_even_distances() -> None:
    assert Plan(due=tuple("abcdef"), new=tuple("xy"), order="mixed").queue == list("abxcdeyf")


def test_cards_take_turns_among_questions_of_one_day() -> None:
    states = {q: state(-1) for q in "abcdef"}
    assert planned(states).due == tuple("aebfcd")


@given(cards=st.lists(st.integers(0, 3), max_size=12))
def test_no_two_of_a_card_meet_while_another_card_has_any_left(cards: list[int]) -> None:
    names = [f"{n}" for n in range(len(cards))]
    of = dict(zip(names, map(str, cards), strict=True))
    mixed = interleaved(names, lambda _: 0.0, of.__getitem__)
    assert sorted(mixed) == sorted(names)
    for place, (one, next_) in enumerate(pairwise(mixed)):
        if of[one] == of[next_]:
            assert {of[q] for q in mixed[place:]} == {of[one]}


def test_what_is_held_is_left_out() -> None:
    holds = {
        "a": Hold(suspended=True),
        "b": Hold(buried=TODAY + timedelta(days=1)),
        "c": Hold(buried=TODAY),
        "e": Hold(suspended=True),
    }
    states = {"e": replace(state(-1), suspended=True), "f": state(-1)}
    found = planned(states, holds=holds)
    assert (found.due, found.new) == (("f",), tuple("cdgh"))


def test_buried_siblings_wait_until_tomorrow() -> None:
    settings = Settings(bury_siblings=True)
    assert planned({}, settings).queue == ["a", "e"]
    assert planned({"b": state(-1)}, settings).queue == ["b", "e"]  # what is due comes before what is new
    assert planned({"a": state(5)}, settings, done=Done(new=1, cards=frozenset({"one"}))).queue == ["e"]
    failed = planned({"a": state(0, Rating.AGAIN)}, settings, done=Done(new=1, cards=frozenset({"one"})))
    assert failed.queue == ["a", "e"]


def test_a_card_waits_for_those_it_requires() -> None:
    assert planned({}, requires="one").new == tuple("abcd")
    known = {q: state(5, stability=7.0) for q in "abcd"}
    assert planned(known, requires="one").new == tuple("efgh")
    assert planned({**known, "e": state(-1)} | {"a": state(5)}, requires="one").due == ("e",)  # begun is begun


@pytest.mark.parametrize(("days", "asked"), [(1, "c"), (3, "ca"), (30, "cab")])
def test_study_ahead_takes_in_what_comes_next(days: int, asked: str) -> None:
    states = {"a": state(2), "b": state(9), "c": state(1), "d": state(-1)}
    assert "".join(ahead(library(), Day(TODAY, States(states)), Scope(mode="ahead", days=days))) == asked


def test_practice_takes_in_all_that_was_seen_the_least_known_first() -> None:
    states = {
        "a": replace(state(2), day=TODAY - timedelta(days=3), stability=30.0),
        "b": replace(state(9), day=TODAY - timedelta(days=9)),
        "e": state(-1),
        "f": replace(state(-1), suspended=True),
    }
    assert practice(library(), Day(TODAY, States(states)), Scope(mode="cram")) == ["b", "a", "e"]
    assert practice(library(), Day(TODAY, States(states)), Scope("seas", mode="cram")) == ["e"]
