"""All that is made of a log, and that it can be carried as JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.learner import OTHERS
from tutor.memory.statistics.curve import curve
from tutor.memory.statistics.days import Day, streak
from tutor.memory.statistics.log import Log, read_log
from tutor.memory.statistics.replay import replay
from tutor.memory.statistics.summary import Known, Statistics, statistics
from tutor.memory.statistics.tables import TABLES, table
from tutor.memory.statistics.workload import USUAL_FIRST, USUAL_LATER, Habits, workload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2025, 2, 4)


def sum_up(log: Log) -> Statistics:
    cards = {name: name[:9] for name in log.questions}
    return statistics(log, TODAY, Known({}, cards, dict.fromkeys(log.questions, "hills")))


@pytest.fixture
def log(simulated: Callable[..., Any]) -> Log:
    _, log = simulated()
    assert isinstance(log, Log)
    return log


def test_every_answer_is_on_one_day(log: Log) -> None:
    found = sum_up(log)
    assert found.days[0].day == date(2024, 1, 1)
    assert found.days[-1].day == TODAY
    assert sum(day.answers for day in found.days) == len(log.day)
    assert sum(day.minutes for day in found.days) == pytest.approx(log.ms.sum() / 60_000)
    assert sum(pace.answers for pace in found.paces) == len(log.day)


@pytest.mark.parametrize(
    ("studied", "current", "longest"),
    [("", 0, 0), ("x", 1, 1), ("x.", 1, 1), ("x..", 0, 1), ("xx.xxx", 3, 3), ("xxxx.xx.", 2, 4)],
)
def test_streaks(studied: str, current: int, longest: int) -> None:
    """The last character is today."""
    begin = TODAY - timedelta(days=len(studied) - 1)
    days = [Day(begin + timedelta(days=n), int(sign == "x"), 1.0) for n, sign in enumerate(studied)]
    found = streak(days, TODAY)
    assert (found.current, found.longest, found.studied) == (current, longest, studied.count("x"))


def test_what_comes_is_what_the_states_say(log: Log) -> None:
    found = sum_up(log)
    within = log.due[log.due < TODAY.toordinal() + 90]
    assert sum(day.due for day in found.coming) == len(within)
    assert found.coming[0].due == np.sum(log.due <= TODAY.toordinal())


def test_cards_add_up_to_the_deck(log: Log) -> None:
    found = sum_up(log)
    (deck,) = found.decks
    assert (deck.name, deck.questions, deck.answers) == ("hills", 400, len(log.day))
    assert sum(card.answers for card in found.cards) == deck.answers
    assert sum(card.share.total for card in found.cards) == deck.share.total
    last = np.append(log.question[1:] != log.question[:-1], True)
    stability = replay(log).stability[last]
    assert deck.stability == pytest.approx(median(stability.tolist()))
    assert found.cards[3].stability == pytest.approx(median(stability[15:20].tolist()))
    assert sum(each.questions for each in found.stability) == 400
    assert sum(each.questions for each in found.difficulty) == 400


def test_cards_that_are_gone_are_left_out(log: Log) -> None:
    found = statistics(log, TODAY, Known({}, {log.questions[0]: "one"}, {}))
    assert [card.questions for card in found.cards] == [1]
    assert found.decks == ()


def test_the_curve_of_one_question_goes_through_its_reviews(log: Log) -> None:
    past = replay(log)
    drawn = curve(log, past, log.questions[5], TODAY)
    assert drawn is not None
    rows = np.nonzero(log.question == 5)[0]
    assert [review.rating for review in drawn.reviews] == log.rating[rows].tolist()
    assert drawn.days[0] == 0.0
    known = drawn.recall[np.isfinite(drawn.recall)]
    assert 0.0 < known.min() < known.max() == 1.0
    for review in drawn.reviews[1:]:
        day = (review.day - drawn.reviews[0].day).days
        assert np.isclose(drawn.recall[drawn.days == day], review.recall).any()
    assert curve(log, past, "never-asked", TODAY) is None


def test_every_table_is_json_with_the_same_columns_in_each_row(log: Log) -> None:
    found = sum_up(log)
    for name in TABLES:
        rows = table(found, name)
        assert rows, name
        assert len({tuple(row) for row in rows}) == 1, name
        json.dumps(rows, allow_nan=False)


def test_nothing_learned_yet(tmp_path: Path) -> None:
    found = statistics(read_log(str(tmp_path / "none.db")), TODAY, Known({}, {}, {}))
    for name in TABLES:
        json.dumps(table(found, name), allow_nan=False)
    assert found.streak.studied == 0


def test_a_higher_retention_costs_more_and_keeps_more() -> None:
    habits = Habits(USUAL_FIRST, USUAL_LATER, (30.0, 20.0, 15.0, 10.0))
    loads = workload(habits, 3000)
    minutes = [load.minutes_a_day for load in loads]
    assert minutes == sorted(minutes)
    assert minutes[-1] > 2 * minutes[0]
    kept = [load.remembered for load in loads]
    assert kept[0] < 0.85 < 0.95 < kept[-1]
    assert loads == workload(habits, 3000)
    assert workload(habits, 6000)[3].answers_a_day == pytest.approx(2 * loads[3].answers_a_day)
    assert workload(habits, 3000, OTHERS)[3].minutes_a_day < loads[3].minutes_a_day
