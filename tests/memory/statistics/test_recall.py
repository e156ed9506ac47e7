"""Whether the statistics find what the simulated learner is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from tutor.memory.fsrs6 import DEFAULTS
from tutor.memory.statistics import recall
from tutor.memory.statistics.replay import replay
from tutor.memory.statistics.shares import Z

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.memory.statistics.log import Log


def found(log: Log, options: int = 4) -> recall.Tests:
    return recall.tests(log, replay(log), recall.chances(log, dict.fromkeys(log.questions, options)))


def test_the_predictions_come_true_for_a_learner_like_the_model(simulated: Callable[..., Any]) -> None:
    _, log = simulated()
    whole = recall.by_period(found(log), date(2025, 2, 4))[-1].share
    assert whole.total > 1500
    assert whole.low < whole.expected < whole.high
    for each in recall.by_prediction(found(log)):
        if each.share.total > 30:
            off = abs(each.share.share - each.mean)
            assert off < 4 * np.sqrt(each.mean * (1 - each.mean) / each.share.total)


def test_a_learner_who_remembers_more_is_found_out(simulated: Callable[..., Any]) -> None:
    _, log = simulated(unlike=True)
    whole = recall.by_period(found(log), date(2025, 2, 4))[-1].share
    assert whole.low > whole.expected


def test_guesses_are_taken_off(simulated: Callable[..., Any]) -> None:
    reviews, log = simulated(options=4)
    tested = found(log)
    whole = recall.by_period(tested, date(2025, 2, 4))[-1].share
    order = np.argsort(reviews.question, kind="stable")
    truth = reviews.remembered[order][replay(log).tested].mean()
    assert whole.share > truth + 0.01
    error = Z * np.sqrt(truth * (1 - truth) / whole.total)
    assert abs(whole.known - truth) < error


def test_what_is_counted_is_the_first_answer_of_a_later_day(simulated: Callable[..., Any]) -> None:
    _, log = simulated()
    tested = found(log)
    assert (tested.elapsed > 0).all()
    assert sum(kept.share.total for kept in recall.by_month(tested)) == len(tested.day)
    assert sum(each.share.total for each in recall.by_prediction(tested)) == len(tested.day)
    assert [kept.period for kept in recall.by_month(tested)][:2] == ["2024-01", "2024-02"]


def test_periods_end_today(simulated: Callable[..., Any]) -> None:
    _, log = simulated()
    tested = found(log)
    today = date.fromordinal(int(tested.day.max()))
    week = recall.by_period(tested, today)[0].share
    assert week.total == np.sum(tested.day > tested.day.max() - 7)
    assert recall.by_period(tested, date(2030, 1, 1))[0].share.total == 0


def test_the_log_loss_is_near_that_of_fsrs_rs(simulated: Callable[..., Any]) -> None:
    _, log = simulated()
    items: list[FSRSItem] = []
    past: list[FSRSReview] = []
    elapsed = np.where(log.fresh, 0, np.diff(log.day, prepend=0)).tolist()
    for fresh, rating, days in zip(log.fresh.tolist(), log.rating.tolist(), elapsed, strict=True):
        past = [] if fresh else past
        past = [*past, FSRSReview(rating, days)]
        if days:
            items.append(FSRSItem(past))
    theirs = FSRS(list(DEFAULTS)).evaluate(items).log_loss  # it weighs the answers, so that it is but near
    assert found(log).log_loss == pytest.approx(theirs, rel=0.02)


def test_sureness_is_by_what_was_said(simulated: Callable[..., Any]) -> None:
    _, log = simulated(options=4)
    levels = recall.by_confidence(log, replay(log), recall.chances(log, {}))
    assert [level.words for level in levels] == ["a guess", "maybe", "sure"]
    assert sum(level.share.total for level in levels) == len(log.day)
    shares = [level.share.known for level in levels]
    assert shares[0] < shares[2]
