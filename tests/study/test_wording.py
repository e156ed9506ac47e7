from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, WRONG, answer, asked
from tutor.memory.model import Rating
from tutor.study.steps import Asking
from tutor.study.telling import judged
from tutor.study.wording import (
    RATINGS,
    comes_back,
    counted,
    facts,
    help_taken,
    span,
    weekday,
)

if TYPE_CHECKING:
    from tests.desk import Desk

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "long", "short"),
    [
        (-3, "in this session", "now"),
        (0, "in this session", "now"),
        (1, "tomorrow", "1 d"),
        (2, "in 2 days", "2 d"),
        (99, "in 99 days", "99 d"),
        (100, "in 100 days", "3 mo"),
        (497, "in 497 days", "16 mo"),
        (729, "in 729 days", "24 mo"),
        (730, "in 730 days", "2 y"),
        (36_500, "in 36,500 days", "100 y"),
    ],
)
def test_when_a_question_comes_back(days: int, long: str, short: str) -> None:
    day = TODAY + timedelta(days=days)
    assert (comes_back(day, TODAY), span(day, TODAY)) == (long, short)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 questions"), (1, "1 question"), (2, "2 questions"), (1234, "1,234 questions")],
)
def test_numbers_with_nouns(number: int, words: str) -> None:
    assert counted(number, "question") == words


def test_days_and_ratings() -> None:
    assert weekday(TODAY) == "Mon 23 November"
    assert weekday(date(2026, 12, 1)) == "Tue 1 December"
    assert list(RATINGS) == list(Rating)


@pytest.mark.parametrize(("given", "word"), [(RIGHT, "Right."), (WRONG, "Not right."), (None, "Not answered.")])
def test_judgements(desk: Desk, given: str | None, word: str) -> None:
    assert judged(answer(desk.session(), given)) == word


def test_help(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    said = []
    for action in (session.hint, session.look_up):
        assert isinstance(session.step, Asking)
        said.append(help_taken(session.step))
        action()
    assert isinstance(session.step, Asking)
    assert [*said, help_taken(session.step)] == ["no hint yet", "1 hint", "2 hints"]


def test_the_facts_of_a_card(desk: Desk) -> None:
    assert facts(desk.library().card("slopes")) == [
        "Beginner · Hills",
        "Created by Ada, 1 June 2026 06:20 UTC",
        "University approvals: 0",
        "Related cards: 0",
        "Videos: 0",
    ]
    desk.write("related", "r1")
    path = desk.folder / "decks/hills/related.md"
    path.write_text(path.read_text().replace("topic:", "related: [slopes, valleys]\ntopic:"))
    assert "Related cards: 2" in facts(desk.library().card("related"))
