"""Other sessions on the same store, and decks that change in the middle of one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import RIGHT, WRONG, answer, ask_all, asked, card_text, finish, study
from tutor.errors import ChangedMeanwhile, UsageError
from tutor.memory.acts import Act
from tutor.memory.model import Rating
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from tests.desk import Desk


def test_an_answer_to_a_question_passed_elsewhere_is_refused_and_the_next_one_asked(desk: Desk) -> None:
    here, there = desk.session(), desk.session()
    asked(here)
    study(there, RIGHT)
    with pytest.raises(ChangedMeanwhile, match="'s1' was answered in another session") as refused:
        here.answer(WRONG)
    assert str(refused.value).endswith("this answer was not kept")
    assert asked(here) == "s2"
    assert not here.begun
    assert len(desk.store().reviews()) == 1


def test_an_answer_to_a_question_failed_elsewhere_is_refused_and_it_is_asked_anew(desk: Desk) -> None:
    here, there = desk.session(), desk.session()
    asked(here)
    here.hint()
    study(there, WRONG)
    with pytest.raises(ChangedMeanwhile, match="this answer was not kept"):
        here.answer(RIGHT)
    assert isinstance(here.step, Asking)
    assert (here.step.question.id, here.step.repeated, here.step.help_taken) == ("s1", True, 1)
    study(here, RIGHT)
    assert [review.correct for review in desk.store().reviews()] == [False, True]


def test_an_answer_undone_elsewhere_is_refused_too(desk: Desk) -> None:
    there = desk.session(deck="seas")
    study(there, WRONG, RIGHT)
    here = desk.session(deck="seas")
    assert asked(here) == "w1"
    there.undo()
    there.undo()
    with pytest.raises(ChangedMeanwhile):
        here.answer(RIGHT)
    assert isinstance(here.step, Asking)
    assert (here.step.question.id, here.step.state) == ("w1", None)


def test_two_sessions_at_once_lose_nothing(desk: Desk) -> None:
    here, there = desk.session(), desk.session()
    for turn in range(40):
        session = (here, there)[turn % 3 % 2]
        desk.wait(ms=1)
        if isinstance(session.step, Reading):
            session.read(9)
        elif isinstance(session.step, Asking):
            before = len(desk.stores[0].reviews())
            try:
                session.answer(RIGHT if turn % 5 else WRONG)
            except ChangedMeanwhile:
                assert len(desk.stores[0].reviews()) == before
            else:
                assert len(desk.stores[0].reviews()) == before + 1
        elif isinstance(session.step, Feedback):
            session.next()
    finish(desk.session())
    assert all(state.rating is not Rating.AGAIN for state in desk.stores[0].states().values())
    assert len(desk.stores[0].states()) == 8


def test_a_review_undone_elsewhere_is_asked_again_after_coming_back(desk: Desk) -> None:
    here = desk.session(deck="seas")
    study(here, RIGHT)
    (review,) = desk.store().reviews()
    desk.store().amend(review.id, None)
    assert asked(desk.session(deck="seas")) == "w1"


def test_a_card_that_breaks_before_it_is_read_is_left_out(desk: Desk) -> None:
    library = desk.library()
    session = desk.session(library=library)
    (desk.folder / "decks/hills/valleys.md").write_text("nonsense", encoding="utf-8")
    assert study(session, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT) == ["s1", "s2", "s3", "w1", "w2"]
    assert isinstance(session.step, Finished)
    assert session.problems  # told once, not for each of its questions
    assert len(set(session.problems)) == len(session.problems)
    assert all(problem.startswith("hills/valleys.md:") for problem in session.problems)


def test_a_card_that_is_removed_at_its_feedback(desk: Desk) -> None:
    answer(desk.session(), WRONG)
    (desk.folder / "decks/hills/slopes.md").unlink()
    session = desk.session()
    assert isinstance(session.step, Reading)
    assert session.step.card.id == "valleys"
    assert session.problems == []  # it is known to be gone
    assert not session.begun


def test_a_card_that_breaks_at_its_feedback(desk: Desk) -> None:
    answer(desk.session(), WRONG)
    library = desk.library()
    (desk.folder / "decks/hills/slopes.md").write_text("nonsense", encoding="utf-8")
    session = desk.session(library=library)
    assert isinstance(session.step, Reading)
    assert session.step.card.id == "valleys"
    assert session.problems


def test_a_card_that_breaks_before_the_end_is_not_in_the_results(desk: Desk) -> None:
    study(desk.session(deck="hills"), *[RIGHT] * 3)
    library = desk.library()
    back = desk.session(deck="hills", library=library)
    (desk.folder / "decks/hills/slopes.md").write_text("nonsense", encoding="utf-8")
    step = finish(back)
    assert [result.question.id for result in step.results] == ["v1", "v2", "v3"]
    back.undo()
    assert asked(back) == "v3"


def test_undoing_the_answer_to_a_question_that_broke(desk: Desk) -> None:
    study(desk.session(deck="hills"), *[RIGHT] * 3)
    library = desk.library()
    back = desk.session(deck="hills", library=library)
    (desk.folder / "decks/hills/slopes.md").write_text("nonsense", encoding="utf-8")
    while back.begun:
        back.undo()
    assert asked(back) == "v1"
    assert back.problems
    assert desk.store().states() == {}


def test_a_question_removed_from_its_card_is_passed_over(desk: Desk) -> None:
    study(desk.session(), WRONG)
    path = desk.folder / "decks/hills/slopes.md"
    path.write_text(card_text("slopes", "s3"), encoding="utf-8")
    session = desk.session()
    assert asked(session) == "s3"
    assert isinstance(session.step, Asking)
    assert session.step.total == 6
    assert desk.store().state("s1") is not None  # its history is kept


def test_new_paragraphs_are_read_before_a_new_question(desk: Desk) -> None:
    study(desk.session(), RIGHT)
    desk.write("slopes", "s1", "s2", "s3", paragraphs=3)
    session = desk.session()
    assert isinstance(session.step, Reading)
    assert session.step.paragraph == 2


def test_a_question_seen_before_is_asked_without_reading_more(desk: Desk) -> None:
    study(desk.session(), WRONG)
    desk.write("slopes", "s1", "s2", "s3", paragraphs=9)
    session = desk.session(limit=1)
    assert isinstance(session.step, Asking)
    assert session.step.question.id == "s1"


def test_fewer_hints_than_were_given(desk: Desk) -> None:
    session = desk.session()
    asked(session)
    for _ in range(4):
        session.hint()
    path = desk.folder / "decks/hills/slopes.md"
    path.write_text(card_text("slopes", "s1", experiment=""), encoding="utf-8")
    back = desk.session()
    assert isinstance(back.step, Asking)
    assert [hint.kind for hint in back.step.hints] == ["words", "passage", "strike"]
    with pytest.raises(UsageError):
        back.hint()
    back.answer(RIGHT)
    (review,) = desk.store().reviews()
    assert review.rating is Rating.HARD


def test_a_store_that_cannot_be_written_leaves_the_question_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = desk.session()
    asked(session)
    before = session.step
    with monkeypatch.context() as patch:
        patch.setattr(session._store, "record", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="full"):
            session.answer(RIGHT)
    assert session.step == before
    answer(session)


def test_a_question_suspended_or_buried_meanwhile_is_passed_over(desk: Desk) -> None:
    session = desk.session()
    assert asked(session) == "s1"
    act = desk.store().act("s1", Act.SUSPEND)
    session.refresh()
    assert asked(session) == "s2"
    desk.store().act("s2", Act.BURY, desk.store().today() + timedelta(days=1))
    session.refresh()
    assert asked(session) == "s3"
    desk.store().revoke(act)
    session.refresh()
    assert asked(session) == "s3"
    assert "s1" in [entry.question for entry in session._place.queue]
    desk.wait(days=1)
    assert study(desk.session(), RIGHT, RIGHT) == ["s1", "s2"]


def test_a_question_reset_at_its_feedback_is_new_again(desk: Desk) -> None:
    session = desk.session()
    answer(session, RIGHT)
    desk.wait(ms=1)
    desk.store().act("s1", Act.RESET)
    session.refresh()
    session.next()
    assert asked(session) == "s2"
    assert asked(desk.session()) == "s2"
    assert "s1" in ask_all(desk.session())


def test_a_question_moved_to_another_file_in_the_middle_keeps_its_history(desk: Desk) -> None:
    session = desk.session()
    study(session, WRONG)
    desk.write("slopes", "s2", "s3")
    desk.write("peaks", "s1", deck="seas")
    back = desk.session()
    assert study(back, RIGHT, RIGHT) == ["s2", "s3"]
    asked_then = study(back, *[RIGHT] * 2)
    assert "s1" in asked_then
    state = desk.store().state("s1")
    assert state is not None
    assert state.reps == 2


def test_the_other_session_goes_on_with_the_deck_it_has_read(desk: Desk) -> None:
    session = desk.session(library=desk.library())
    assert asked(session) == "s1"
    (desk.folder / "decks/hills/slopes.md").unlink()
    desk.write("peaks", "s1")
    assert study(session, RIGHT, RIGHT) == ["s1", "s2"]
