"""What is not clear comes sooner, until it is known; and the log tells it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import RIGHT, WRONG, answer, asked, finish, study
from tutor.config import Settings
from tutor.memory.model import Rating
from tutor.memory.schedule import DEFAULT
from tutor.study.history import events, summary, toggle
from tutor.study.steps import Asking, Reading
from tutor.study.unclear import mark, questions_of, unclear_paragraphs

if TYPE_CHECKING:
    from tests.desk import Desk


def two_paragraphs(desk: Desk, card: str = "slopes") -> None:
    """A card with a question on its first paragraph, and two on its second."""
    path = desk.write(card, f"{card}1", f"{card}2", f"{card}3")
    text = path.read_text(encoding="utf-8").replace("Paragraph 2 of", "The second paragraph, of")
    head, first, rest = text.partition("\n> a slope points uphill.")
    rest = rest.replace("> a slope points uphill.", f"> The second paragraph, of {card}")
    path.write_text(head + first + rest, encoding="utf-8")


def marked(desk: Desk, card: str = "slopes") -> frozenset[int]:
    return unclear_paragraphs(desk.store(), desk.library().card(card))


def test_new_questions_of_the_paragraph_come_before_other_new_ones(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    two_paragraphs(empty_desk, "valleys")
    card = empty_desk.library().card("valleys")
    assert questions_of(card, 0) == ["valleys1"]
    assert mark(empty_desk.store(), card, 1)
    assert marked(empty_desk, "valleys") == {1}
    queue = study(empty_desk.session(), *[RIGHT] * 6)
    assert queue == ["valleys2", "valleys3", "slopes1", "slopes2", "slopes3", "valleys1"]


def test_they_come_within_the_daily_limit_too(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    two_paragraphs(empty_desk, "valleys")
    empty_desk.settings = Settings(new_per_day=2)
    mark(empty_desk.store(), empty_desk.library().card("valleys"), 1)
    assert study(empty_desk.session(), RIGHT, RIGHT) == ["valleys2", "valleys3"]


def test_what_was_learned_is_due_at_once_and_fsrs_knows_how_early(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    finish(empty_desk.session())
    empty_desk.wait(days=1)
    store = empty_desk.store()
    before = store.states()
    assert store.due(store.today()) == []
    mark(store, empty_desk.library().card("slopes"), 1)
    assert sorted(store.due(store.today())) == ["slopes2", "slopes3"]
    assert store.state("slopes1") == before["slopes1"]
    after = store.state("slopes2")
    assert after is not None
    assert (after.stability, after.day, after.due) == (
        before["slopes2"].stability,
        before["slopes2"].day,
        store.today(),
    )
    session = empty_desk.session()
    study(session, RIGHT)
    expected = DEFAULT.advance("slopes2", before["slopes2"], "", Rating.GOOD, store.today())
    found = store.state("slopes2")
    assert found is not None
    assert found.stability == expected.stability


def test_the_mark_goes_once_its_questions_were_answered_rightly(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    mark(empty_desk.store(), empty_desk.library().card("slopes"), 1)
    session = empty_desk.session()
    study(session, WRONG)
    assert marked(empty_desk) == {1}
    assert study(session, RIGHT) == ["slopes3"]
    assert marked(empty_desk) == {1}  # slopes2 was failed
    while marked(empty_desk):
        study(session, RIGHT)
    session.undo()
    assert marked(empty_desk) == {1}


def test_again_takes_it_back_and_the_history_tells_both(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    finish(empty_desk.session())
    empty_desk.wait(days=1)
    store, card = empty_desk.store(), empty_desk.library().card("slopes")
    states = store.states()
    assert mark(store, card, 1)
    told = events(store, "slopes2")[-1]
    assert (told.what, told.holds) == ("Not clear", True)
    assert "due today" in summary(store, "slopes2")
    assert not mark(store, card, 1)
    assert (store.states(), marked(empty_desk)) == (states, frozenset())
    assert not events(store, "slopes2")[-1].holds
    mark(store, card, 1)
    toggle(store, events(store, "slopes2")[-1])
    toggle(store, events(store, "slopes3")[-1])  # one by one, from the histories
    assert (store.states(), marked(empty_desk)) == (states, frozenset())


def test_a_rebuild_gives_the_same_states_to_the_bit(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    store, card = empty_desk.store(), empty_desk.library().card("slopes")
    for days in (0, 2, -1, 30):
        empty_desk.wait(days=days)
        mark(store, card, 1)
        session = empty_desk.session_on(store)
        while isinstance(session.step, Reading | Asking) and store.unclear():
            study(session, RIGHT)
        mark(store, card, 1)
        states, unclear = store.states(), store.unclear()
        store.rebuild()
        assert (store.states(), store.unclear()) == (states, unclear)
        assert store.check() == []


def test_a_paragraph_marked_while_it_is_read(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    session = empty_desk.session()
    session.read(1)
    session.unclear(1)
    assert isinstance(session.step, Reading)
    assert session.step.paragraph == 1
    assert marked(empty_desk) == {1}
    session.read(2)
    assert asked(session) == "slopes2"
    answer(session)
    session.next()
    assert asked(session) == "slopes3"


def test_a_question_on_the_screen_stays_there(empty_desk: Desk) -> None:
    two_paragraphs(empty_desk)
    session = empty_desk.session()
    assert asked(session) == "slopes1"
    mark(empty_desk.store(), empty_desk.library().card("slopes"), 1)
    assert asked(empty_desk.session()) == "slopes1"
    assert study(empty_desk.session(), RIGHT, RIGHT) == ["slopes1", "slopes2"]


def test_a_paragraph_without_questions_cannot_be_marked(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1", paragraphs=2)
    assert not mark(empty_desk.store(), empty_desk.library().card("slopes"), 1)
    assert marked(empty_desk) == frozenset()
    assert empty_desk.store().acts() == []
