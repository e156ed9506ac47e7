"""The routine of many days: limits, the time box, leeches, study ahead, practice, and what matures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import MINUTE, RIGHT, WRONG, Desk, answer, asked, finish, study
from tests.guesses import asking, write_guesses
from tutor.config import WEEKDAYS, Settings
from tutor.errors import UsageError
from tutor.memory.acts import Act
from tutor.memory.model import Rating
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from tutor.study.session import Session


def questions(session: Session) -> list[str]:
    """What the session asks, all of it answered rightly."""
    return [result.question.id for result in finish(session).results]


def make_known(desk: Desk, question: str, stability: float) -> None:
    """Let a question be known so well, by good answers on the days it was due, and let it be due."""
    while True:
        state = desk.store().state(question)
        if state is not None and state.stability >= stability:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
            return
        if state is not None:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
        finish(desk.session())


# Limits


def test_new_questions_have_a_daily_limit(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, new_per_day=3)
    session = desk.session()
    assert questions(session) == ["s1", "s2", "s3"]
    assert isinstance(desk.session().step, Finished)
    session.undo()  # then there is room for one again
    assert study(desk.session(), RIGHT) == ["s3"]
    desk.wait(days=1)
    assert questions(desk.session()) == ["v1", "v2", "v3"]


def test_a_failed_new_question_is_asked_until_it_is_passed_and_counts_once(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, new_per_day=2)
    assert study(desk.session(), WRONG, RIGHT, WRONG, RIGHT) == ["s1", "s2", "s1", "s1"]
    assert isinstance(desk.session().step, Finished)


def test_reviews_have_a_daily_limit_and_the_rest_is_told(desk: Desk) -> None:
    finish(desk.session())
    desk.wait(days=30)
    desk.settings = Settings(shuffle=False, reviews_per_day=5)
    study(desk.session(), RIGHT, RIGHT)
    assert len(questions(desk.session())) == 5
    assert isinstance(desk.session().step, Finished)
    desk.wait(days=1)
    assert len(questions(desk.session())) == 3


def test_the_time_box_ends_a_sitting_and_can_be_opened_again(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, minutes=2)
    session = desk.session(deck="hills")
    for _ in range(2):
        asked(session)
        desk.wait(ms=MINUTE)
        study(session, RIGHT)
    assert isinstance(session.step, Finished)
    assert session.step.left == 4
    assert isinstance(desk.session(deck="hills").step, Finished)
    session.undo()  # an answer taken back gives its time back
    assert asked(session) == "s2"
    desk.wait(ms=MINUTE)
    study(session, RIGHT)
    session.go_on()
    assert asked(desk.session(deck="hills")) == "s3"
    session = desk.session(deck="hills")
    for _ in range(2):
        asked(session)
        desk.wait(ms=MINUTE)
        study(session, RIGHT)
    assert isinstance(session.step, Finished)
    assert session.step.left == 2


def test_going_on_is_for_the_end(desk: Desk) -> None:
    with pytest.raises(TypeError, match="Finished expected"):
        desk.session().go_on()


# Leeches


def test_a_question_forgotten_again_and_again_is_shown_its_paragraph_first(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, leech_lapses=2)
    study(desk.session(limit=1), RIGHT)
    for lapses in (1, 2):
        desk.wait(days=10)
        session = desk.session(limit=1)
        step = answer(session, WRONG)
        assert (step.lapses, step.leech) == (lapses, lapses == 2)
        session.next()
        if lapses == 1:
            study(session, RIGHT)
    assert isinstance(session.step, Reading)
    assert session.step.leech is not None
    assert session.step.paragraph == session.step.card.questions[0].paragraph
    assert isinstance(desk.session(limit=1).step, Reading)
    session.read(1)
    assert isinstance(session.step, Asking)
    assert session.step.help_taken == 0
    assert isinstance(desk.session(limit=1).step, Asking)  # it was read
    answer(session, WRONG)
    session.next()
    assert isinstance(session.step, Reading)  # failed once more, read once more
    session.read(0)
    study(session, RIGHT)
    assert isinstance(session.step, Finished)


def test_on_another_day_a_leech_is_asked_before_anything_is_shown(desk: Desk) -> None:
    desk.settings = Settings(shuffle=False, leech_lapses=1)
    study(desk.session(limit=1), RIGHT)
    desk.wait(days=10)
    session = desk.session(limit=1)
    study(session, WRONG)
    session.read(1)
    study(session, RIGHT)
    desk.wait(days=10)
    assert isinstance(desk.session(limit=1).step, Asking)


# Ahead of time, and practice


def test_study_ahead_counts_as_an_early_review(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    before = desk.store().states()
    session = desk.session("seas", mode="ahead", days=2)
    desk.wait(days=1)
    session = desk.session("seas", mode="ahead", days=1)
    assert questions(session) == ["w1", "w2"]
    after = desk.store().states()
    assert all(after[q].reps == before[q].reps + 1 for q in after)
    assert all(after[q].stability > before[q].stability for q in after)
    assert all(after[q].due > before[q].due for q in after)
    assert isinstance(desk.session("seas", mode="ahead", days=1).step, Finished)


def test_practice_is_logged_and_changes_no_schedule(desk: Desk) -> None:
    study(desk.session(), *[RIGHT] * 5)
    before = desk.store().states()
    session = desk.session(mode="cram")
    step = session.step
    assert isinstance(step, Asking)
    assert (step.practice, step.total, step.repeated) == (True, 5, False)
    first = step.question.id
    desk.tick = 1  # so that the log has an order
    feedback = answer(session, WRONG)
    assert (feedback.returns, feedback.leech, feedback.review.practice) == ({}, False, True)
    session.next()
    assert len(questions(session)) == 5
    assert desk.store().states() == before
    log = desk.store().reviews()
    assert [review.practice for review in log] == [False] * 5 + [True] * 6
    assert log[5].question == first
    desk.store().rebuild()
    assert desk.store().states() == before


def test_practice_can_be_left_and_undone_and_begins_anew_when_it_is_over(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    session = desk.session("seas", mode="cram")
    study(session, RIGHT)
    back = desk.session("seas", mode="cram")
    assert asked(back) == "w2"
    back.undo()
    assert asked(back) == "w1"
    assert questions(back) == ["w1", "w2"]
    assert asked(desk.session("seas", mode="cram")) == "w1"


def test_there_is_nothing_to_practise_before_anything_was_seen(desk: Desk) -> None:
    assert isinstance(desk.session(mode="cram").step, Finished)
    assert isinstance(desk.session(mode="ahead", days=9, deck="seas").step, Reading)  # today's routine first


# What matures


def test_options_are_hidden_until_the_learner_has_an_answer(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 21.0)
    session = empty_desk.session()
    step = asking(session)
    assert (step.form, step.waits, step.options) == ("hidden", True, ())
    assert [step.next_hint and step.next_hint.kind] == ["words"]
    with pytest.raises(UsageError, match="find an answer first"):
        session.answer(RIGHT)
    session.feel(3)
    session.commit("because it does")
    step = asking(empty_desk.session())
    assert (step.waits, len(step.options), step.written) == (False, 3, "because it does")
    with pytest.raises(UsageError, match="nothing is hidden"):
        session.commit()
    kinds = []
    while asking(session).next_hint:
        kinds.append(asking(session).next_hint)
        session.hint()
    assert [hint.kind for hint in kinds if hint] == ["words", "passage", "experiment"]  # none strikes one out
    review = answer(session, RIGHT).review
    assert (review.kind, review.answer, review.confidence) == ("hidden", "right one", 3)


def test_later_it_is_recalled_and_judged_by_the_learner(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 60.0)
    session = empty_desk.session()
    with pytest.raises(UsageError, match="have the answer shown"):
        session.judge(Rating.GOOD)
    session.commit("the right one")
    step = asking(session)
    assert (step.options, [option.text for option in step.model]) == ((), ["right one"])
    assert step.next_hint is None
    with pytest.raises(UsageError, match="how well you knew it"):
        session.answer(RIGHT)
    with pytest.raises(UsageError, match="before the answer is shown"):
        session.feel(1)
    session.judge(Rating.HARD)
    assert isinstance(session.step, Finished)
    review = empty_desk.store().reviews()[-1]
    assert (review.kind, review.answer, review.correct) == ("recall", "the right one", True)
    state = empty_desk.store().state("s1")
    assert state is not None
    assert (state.rating, state.due) == (Rating.HARD, step.returns[Rating.HARD])
    session.undo()
    assert asking(session) == step
    session.judge(Rating.AGAIN)
    assert asking(session).repeated
    assert empty_desk.store().reviews()[-1].correct is False


def test_giving_up_a_recall_shows_the_answer(empty_desk: Desk) -> None:
    empty_desk.write("slopes", "s1")
    make_known(empty_desk, "s1", 60.0)
    step = answer_nothing(empty_desk.session())
    assert (step.review.kind, step.review.answer, step.review.rating) == ("recall", None, Rating.AGAIN)


def answer_nothing(session: Session) -> Feedback:
    session.answer(None)
    assert isinstance(session.step, Feedback)
    return session.step


def test_at_last_it_is_asked_as_a_prediction_of_the_same_idea(tmp_path: object, empty_desk: Desk) -> None:
    write_guesses(empty_desk)
    make_plain_known(empty_desk)
    session = empty_desk.session()
    while asking(session).question.id != "plain":
        session.answer(None)
        session.rate(Rating.EASY)
        session.next()
    step = asking(session)
    assert (step.form, step.kind, step.question.kind) == ("predict", "predict", "predict")
    assert step.question.number is not None
    assert step.seed is not None
    assert asking(empty_desk.session()).question == step.question
    feedback = answer_nothing(session)
    assert feedback.question == step.question
    assert (feedback.review.question, feedback.review.kind) == ("plain", "predict")
    assert feedback.review.seed == step.seed


def make_plain_known(desk: Desk) -> None:
    """Let the ordinary question among the predictions be known for ten years."""
    while True:
        state = desk.store().state("plain")
        if state is not None:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
            if state.stability >= 240.0:
                return
        session = desk.session()
        while not isinstance(session.step, Finished):
            if isinstance(session.step, Asking) and session.step.waits:
                session.commit()
            elif isinstance(session.step, Asking) and session.step.self_rated:
                session.judge(Rating.EASY)
            elif isinstance(session.step, Asking):
                session.answer(None)
                session.rate(Rating.EASY)
                session.next()
            else:
                asking(session)


@pytest.mark.parametrize("confidence", [1, 2, 3])
def test_confidence_is_noted_before_the_answer_and_can_be_taken_back(desk: Desk, confidence: int) -> None:
    session = desk.session()
    asked(session)
    session.feel(2)
    session.feel(confidence)
    expected = None if confidence == 2 else confidence
    assert asking(desk.session()).confidence == expected
    assert answer(session).review.confidence == expected


# When it comes back


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


# Undo and redo over days, and changes from beside


def test_undo_goes_on_into_earlier_days_and_redo_comes_back(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT, RIGHT)
    states = desk.store().states()
    desk.wait(days=1)
    session = desk.session(deck="seas")
    assert isinstance(session.step, Finished)
    assert (session.can_undo, session.can_redo) == (True, False)
    session.undo()
    assert asked(session) == "w2"
    session.undo()
    assert asked(session) == "w1"
    assert (session.can_undo, session.can_redo) == (False, True)
    assert desk.store().states() == {}
    session = desk.session(deck="seas")
    session.redo()
    assert isinstance(session.step, Feedback)
    assert session.step.question.id == "w1"
    session.redo()
    assert desk.store().states() == states
    assert not session.can_redo
    with pytest.raises(UsageError, match="no undone answer"):
        session.redo()
    session.next()
    assert isinstance(session.step, Finished)


def test_a_new_answer_leaves_nothing_to_redo(desk: Desk) -> None:
    session = desk.session()
    study(session, RIGHT)
    session.undo()
    study(session, WRONG)
    assert not session.can_redo
    with pytest.raises(UsageError, match="no undone answer"):
        session.redo()


def test_redo_gives_back_the_rating_that_held(desk: Desk) -> None:
    session = desk.session()
    answer(session, RIGHT)
    session.rate(Rating.EASY)
    session.undo()
    session.redo()
    assert isinstance(session.step, Feedback)
    assert session.step.review.rating is Rating.EASY


def test_undoing_an_answer_whose_question_is_gone_is_told(desk: Desk) -> None:
    study(desk.session(deck="seas"), RIGHT)
    (desk.folder / "decks/seas/waves.md").unlink()
    session = desk.session()
    before = session.step
    session.undo()
    assert session.step == before
    assert session.problems == ["the answer to 'w1' was taken back; the question is in no deck any more"]
    session.problems.clear()
    session.redo()
    assert session.problems == ["the answer to 'w1' holds again; the question is in no deck any more"]


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
    assert "s1" in questions(desk.session())


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
