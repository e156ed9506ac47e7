from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.desk import finish
from tutor.config import WEEKDAYS, Settings
from tutor.study.balance import EASY, balanced

if TYPE_CHECKING:
    from tests.desk import Desk

MONDAY = date(2026, 11, 23)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_the_day_with_the_least_to_do_is_taken() -> None:
    load = {day(0): 3, day(1): 2, day(2): 1, day(3): 4}
    assert balanced(day(0), day(0), day(3), load, ()) == day(2)


def test_of_equal_days_the_nearest_to_the_one_drawn() -> None:
    assert balanced(day(2), day(0), day(5), {}, ()) == day(2)
    assert balanced(day(2), day(0), day(5), {day(2): 1}, ()) == day(1)


def test_an_easy_day_is_taken_only_where_the_others_are_full() -> None:
    assert balanced(day(6), day(5), day(7), {day(5): 3, day(7): 3}, ("sun",)) == day(5)
    assert balanced(day(6), day(5), day(7), {day(5): EASY, day(7): EASY}, ("sun",)) == day(6)
    assert balanced(day(6), day(6), day(6), {}, ("sun",)) == day(6)


@given(
    drawn=st.integers(0, 9),
    load=st.dictionaries(st.builds(day, st.integers(0, 9)), st.integers(0, 9)),
    easy=st.sets(st.sampled_from(WEEKDAYS)),
)
def test_it_is_a_day_of_the_range_and_always_the_same(
    drawn: int, load: dict[date, int], easy: set[str]
) -> None:
    chosen = balanced(day(drawn), day(0), day(9), load, easy)
    assert day(0) <= chosen <= day(9)
    assert balanced(day(drawn), day(0), day(9), dict(reversed(load.items())), sorted(easy)) == chosen


# In a session


def spread_of(desk: Desk, easy: tuple[str, ...]) -> list[date]:
    """When forty questions come back that are learned and reviewed on the same days."""
    desk.settings = Settings(shuffle=False, new_per_day=99, easy_days=easy)
    for n in range(8):
        desk.write(f"card{n}", *(f"c{n}q{m}" for m in range(5)))
    for _ in range(2):
        finish(desk.session())
        desk.wait(days=2)
    return sorted(state.due for state in desk.store().states().values())


def test_what_was_learned_together_is_dealt_out_evenly_over_the_days_there_are(empty_desk: Desk) -> None:
    dues = spread_of(empty_desk, ())
    counts = [dues.count(day) for day in sorted(set(dues))]
    assert len(counts) == 5  # 11 days, give or take 2
    assert max(counts) - min(counts) <= 1


def test_an_easy_day_is_spared(empty_desk: Desk) -> None:
    dues = spread_of(empty_desk, ("sat", "sun"))
    assert {WEEKDAYS[day.weekday()] for day in dues}.isdisjoint({"sat", "sun"})


def test_a_rebuild_gives_the_same_days(empty_desk: Desk) -> None:
    spread_of(empty_desk, ("wed",))
    store = empty_desk.store()
    before = store.states()
    store.rebuild()
    assert store.states() == before
