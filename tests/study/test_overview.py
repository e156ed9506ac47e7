from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import MINUTE, RIGHT, WRONG, answer, asked, study
from tutor.decks.index import CardSummary
from tutor.memory.outlook import retrievability
from tutor.study.overview import Overview, Rows, overview
from tutor.study.standing import SIGNS, CardStanding

if TYPE_CHECKING:
    from tests.desk import Desk


def look(desk: Desk) -> Overview:
    return overview(desk.library(), desk.store(), desk.settings)


def standing(desk: Desk, card: str) -> CardStanding:
    return next(row for _, rows in look(desk).decks for row in rows if row.card.id == card)


def test_all_is_new(desk: Desk) -> None:
    found = look(desk)
    assert (found.today, found.due, found.new) == (desk.store().today(), 0, 8)
    assert [(title, [row.card.id for row in rows]) for title, rows in found.decks] == [
        ("Hills", ["slopes", "valleys"]),
        ("Seas", ["waves"]),
    ]
    row = standing(desk, "slopes")
    assert (row.standing, row.questions, row.detail, row.recall) == ("new", ("new",) * 3, "0 of 3", None)
    assert found.minutes == 3 + 4  # three cards to read, eight questions
    assert found.coming == tuple((found.today + timedelta(days=n), 0) for n in range(7))


def test_a_card_from_new_to_learned_and_due(desk: Desk) -> None:
    session = desk.session(deck="hills")
    session.read(1)
    assert standing(desk, "slopes").standing == "reading"
    study(session, RIGHT, WRONG)
    row = standing(desk, "slopes")
    assert (row.standing, row.detail) == ("due", "1 due")
    assert row.questions == ("learned", "due", "new")
    study(session, RIGHT)
    study(desk.session(limit=1), RIGHT)  # the failed one
    row = standing(desk, "slopes")
    assert (row.standing, row.detail, row.questions) == ("learned", "3 of 3", ("learned",) * 3)
    assert row.recall == 1.0
    desk.wait(days=2)
    row = standing(desk, "slopes")
    states = desk.store().states()
    assert row.standing == "due"
    assert row.recall == pytest.approx(
        sum(retrievability(states[question], desk.store().today()) for question in ("s1", "s2", "s3")) / 3
    )
    found = look(desk)
    assert found.due == row.due
    assert found.coming[0] == (found.today, found.due)
    assert (found.due, found.new) == (len(states), 8 - len(states))


def test_a_card_learned_in_part(desk: Desk) -> None:
    study(desk.session(), RIGHT)
    row = standing(desk, "slopes")
    assert (row.standing, row.detail, row.learned, row.due) == ("reading", "1 of 3", 1, 0)


def test_the_minutes_follow_the_learner(desk: Desk) -> None:
    session = desk.session(deck="seas")
    for _ in range(2):
        asked(session)
        desk.wait(ms=2 * MINUTE)
        answer(session)
        session.next()
    assert look(desk).minutes == 2 + 6 * 2  # two cards to read, six questions of two minutes


def test_questions_that_left_the_decks_are_not_counted(desk: Desk) -> None:
    study(desk.session(), WRONG)
    desk.write("slopes", "s2", "s3")
    found = look(desk)
    assert (found.due, found.new) == (0, 7)
    assert sum(count for _, count in found.coming) == 0


def test_nothing_at_all(empty_desk: Desk) -> None:
    found = look(empty_desk)
    assert (found.due, found.new, found.minutes, found.decks) == (0, 0, 0, ())


def test_each_standing_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS) == 6


def test_a_card_is_looked_at_when_it_is_asked_for_and_once() -> None:
    cards = [CardSummary(card, "hills", card, "", "", [], [], "") for card in "abcd"]
    looked: list[str] = []

    def look(card: CardSummary) -> CardStanding:
        looked.append(card.id)
        return CardStanding(card, (), read=False, recall=None)

    rows = Rows(cards, look, lambda: looked.append("all"))
    assert (len(rows), looked) == (4, [])
    assert rows[1].card.id == rows[-3].card.id == "b"
    assert [row.card.id for row in rows[1:3]] == ["b", "c"]
    assert looked == ["b", "c"]
    assert [row.card.id for row in rows] == [*"abcd"] == [row.card.id for row in rows]
    assert looked == [*"bc", "all", *"ad"]
    with pytest.raises(IndexError):
        rows[4]
