from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.desk import any_experiment
from tutor.decks.index import CardSummary, Index
from tutor.memory.model import Rating, State
from tutor.study.library import Library
from tutor.study.plan import plan

TODAY = date(2026, 11, 23)
QUESTIONS = "abcdefgh"


def library() -> Library:
    cards = [
        CardSummary("one", "hills", "One", "", "", list("abcd"), [], ""),
        CardSummary("two", "seas", "Two", "", "", list("efgh"), [], ""),
    ]
    return Library(Index({"hills": "Hills", "seas": "Seas"}, cards, [], any_experiment))


def state(due: int, rating: Rating) -> State:
    """A state that is due so many days from today."""
    return State(
        last="r",
        reps=1,
        lapses=0,
        stability=1.0,
        difficulty=5.0,
        day=TODAY,
        due=TODAY + timedelta(days=due),
        rating=rating,
    )


STATES = st.dictionaries(
    st.sampled_from(QUESTIONS + "x"), st.builds(state, st.integers(-9, 9), st.sampled_from(Rating))
)


@given(states=STATES, deck=st.sampled_from([None, "hills", "seas"]))
def test_what_is_due_by_its_date_and_then_what_is_new_by_its_place(
    states: dict[str, State], deck: str | None
) -> None:
    asked = plan(library(), states, TODAY, deck)
    mine = {None: QUESTIONS, "hills": "abcd", "seas": "efgh"}[deck]
    assert set(asked) == {q for q in mine if q not in states or states[q].is_due(TODAY)}
    keys = [(q not in states, states[q].due if q in states else TODAY, q) for q in asked]
    assert keys == sorted(keys)
