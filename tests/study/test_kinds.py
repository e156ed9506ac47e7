"""Questions of several kinds in a session: how they are judged, logged, explained, hinted at, and matured."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk import asking, finish, study
from tests.kinds import RIGHT, WRONG, feedback, write_kinds
from tests.study.test_plan import state
from tutor.config import Settings
from tutor.decks.model import Number, Option, Question
from tutor.errors import UsageError
from tutor.memory.model import Rating, as_json
from tutor.study.grading import grade, near, options_of
from tutor.study.hints import ladder
from tutor.study.maturing import form_of
from tutor.study.predict import drawn
from tutor.study.stock import answers
from tutor.study.telling import entries, judged, key, number_asked, number_told

if TYPE_CHECKING:
    from tests.desk import Desk


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk with nothing on it."""
    return empty_desk


OPTIONS = tuple(Option(f"option {n}", n in {1, 3, 4}, "why") for n in range(1, 6))
MULTI = Question("q", "multi", "Which?", OPTIONS, (), "", 0, None, 1)
NUMBER = replace(
    MULTI,
    kind="number",
    options=(Option("10 m", False, "half"), Option("11", False, "more"), Option("0", False, "none")),
    number=Number(20.0, "m", "why", 0.05),
)
CLOZE = replace(
    MULTI,
    kind="cloze",
    text="It points ___.",
    options=(Option("uphill | up", True, "why"), Option("down", False, "no")),
)


@given(st.sets(st.integers(1, 5), min_size=1), st.sampled_from(["", " ", ",", ", "]), st.booleans())
def test_exactly_the_right_set_is_right(chosen: set[int], between: str, letters: bool) -> None:
    typed = between.join("abcde"[n - 1] if letters else str(n) for n in chosen)
    assert grade(MULTI, typed) == ([f"option {n}" for n in sorted(chosen)], chosen == {1, 3, 4})


@pytest.mark.parametrize("typed", ["", " ", "6", "16", "1f", "1 and 3", "²", "\x1b[2J", "9" * 9000])
def test_all_else_is_no_choice(typed: str) -> None:
    with pytest.raises(UsageError, match=r"choose from 1 to 5, all at once, such as 13$") as error:
        grade(MULTI, typed)
    assert len(str(error.value)) < 120
    assert str(error.value).isprintable()


@given(st.floats(-1e6, 1e6))
def test_a_number_is_right_within_its_own_tolerance(value: float) -> None:
    assert grade(NUMBER, repr(value)) == (value, abs(value - 20) <= 1 + 1e-8)
    zero = replace(NUMBER, number=Number(0.0, "", "", 0.01, absolute=True))
    assert grade(zero, repr(value))[1] == (abs(value) <= 0.01 + 1e-10)


@pytest.mark.parametrize(
    ("typed", "slip"), [("10", "10 m"), ("9.6", "10 m"), ("10.4", "10 m"), ("10.6", "11"), ("0", "0")]
)
def test_a_slip_is_recognised_the_nearest_first(typed: str, slip: str) -> None:
    told, right = grade(NUMBER, typed)
    assert not right
    assert [option.text for option in options_of(NUMBER, told)] == [slip]


@pytest.mark.parametrize("typed", ["20", "20.9 m", "3", "-10"])
def test_other_numbers_are_no_slips(typed: str) -> None:
    assert options_of(NUMBER, grade(NUMBER, typed)[0]) == ()


def test_near_is_a_factor_of_two_or_twice_the_tolerance() -> None:
    assert near(NUMBER, 39.0)
    assert not near(NUMBER, 41.0)
    zero = replace(NUMBER, number=Number(0.0, "", "", 0.01, absolute=True))
    assert near(zero, -0.02)
    assert not near(zero, 0.03)


@pytest.mark.parametrize(
    ("typed", "right", "option"),
    [("Up.", True, 0), (" UPHILL ", True, 0), ("Down", False, 1), ("sideways", False, None)],
)
def test_words_fill_a_gap(typed: str, right: bool, option: int | None) -> None:
    told, correct = grade(CLOZE, typed)
    assert correct is right
    assert options_of(CLOZE, told) == (() if option is None else (CLOZE.options[option],))


def test_an_empty_gap_is_no_answer() -> None:
    with pytest.raises(UsageError, match="the gap is empty: type what fills it"):
        grade(CLOZE, " \x1b ")


def test_what_is_asked_for_is_said() -> None:
    assert number_asked(Number(20.0, "m", "", 0.05)) == "a number of m: within 5 % is right"
    assert number_asked(Number(0.0, "", "", 0.01, absolute=True)) == "a number: within 0.01 is right"
    assert number_asked(Number(4.0, "", "", 0.0)) == "a number: only the exact one is right"


def test_the_key_of_a_question_is_explained() -> None:
    assert [(entry.right, entry.text, entry.number) for entry in key(NUMBER)] == [
        (True, "20 m ± 5 %", ""),
        (False, "10 m", ""),
        (False, "11", ""),
        (False, "0", ""),
    ]
    assert [entry.text for entry in key(CLOZE)] == ["uphill, or up", "down"]
    assert [entry.number for entry in key(MULTI)] == list("12345")


def test_of_many_words_for_a_gap_the_first_are_named() -> None:
    many = replace(CLOZE, options=(Option("up | uphill | higher | aloft | skyward", True, "why"),))
    assert [entry.text for entry in key(many)] == ["up, or uphill, or higher, or the like"]


@pytest.mark.parametrize(("kind", "guesses"), [("choice", 5), ("multi", 31), ("number", 0), ("cloze", 0)])
def test_among_how_many_answers_one_is_guessed(kind: str, guesses: int) -> None:
    question = replace(MULTI, kind=kind)
    if question.choices:
        assert answers(question) == guesses
        every = [set(c) for n in range(1, 6) for c in combinations(range(5), n)]
        assert guesses == (len(every) if kind == "multi" else len(OPTIONS))
    else:
        assert guesses == 0


def test_options_are_struck_out_only_where_they_are_shown() -> None:
    assert [hint.kind for hint in ladder(MULTI)] == ["strike"]
    assert ladder(NUMBER) == ladder(replace(CLOZE, options=(*CLOZE.options, CLOZE.options[1]))) == ()


@pytest.mark.parametrize("kind", ["multi", "number", "cloze"])
def test_each_kind_is_asked_judged_and_logged(desk: Desk, kind: str) -> None:
    write_kinds(desk, kind)
    session = desk.session()
    assert asking(session).takes_words
    session.answer(WRONG[kind])
    told = {"multi": ["they point up"], "number": 10.0, "cloze": "downhill"}[kind]
    step = feedback(session)
    assert (step.review.kind, step.review.answer, step.review.correct) == (kind, told, False)
    assert json.loads(json.dumps(as_json(step.review)))["answer"] == told
    notes = {entry.text: entry.note for entry in entries(step) if entry.note}
    assert (
        notes
        == {
            "multi": {"they point up": "you chose it", "they vanish": "you left it out"},
            "number": {"10 degrees": "your answer"},
            "cloze": {"downhill": "your answer"},
        }[kind]
    )
    assert judged(step) == ("Not right: 1 left out." if kind == "multi" else "Not right.")
    session.undo()
    session.answer(RIGHT[kind])
    assert (judged(feedback(session)), feedback(session).review.rating) == ("Right.", Rating.GOOD)


def test_a_number_tells_its_value_its_tolerance_and_the_answer(desk: Desk) -> None:
    write_kinds(desk, "number")
    session = desk.session()
    asking(session)
    session.answer(RIGHT["number"])
    step = feedback(session)
    assert step.question.number
    assert number_told(step, step.question.number) == "20 degrees ± 5 %; your answer: 20.9 degrees"


def test_words_that_are_no_known_filling_are_shown(desk: Desk) -> None:
    write_kinds(desk, "cloze")
    session = desk.session()
    asking(session)
    session.answer("side\x1b[2Jways")
    assert [(entry.right, entry.text, entry.note) for entry in entries(feedback(session))] == [
        (False, "sideways", "your answer"),
        (True, "uphill, or up the hill", ""),
        (False, "downhill", ""),
    ]


def test_what_is_to_be_recalled_is_recalled_from_the_start(desk: Desk) -> None:
    write_kinds(desk, "recall")
    session = desk.session()
    assert asking(session).waits
    assert asking(session).options == ()
    session.commit("because")
    assert [option.text for option in asking(session).model] == ["It follows the slope."]
    session.judge(Rating.HARD)
    (review,) = desk.store().reviews("recall")
    assert (review.kind, review.answer, review.rating) == ("recall", "because", Rating.HARD)


@pytest.mark.parametrize(
    ("kind", "days", "form"),
    [
        ("multi", 20.0, "open"),
        ("multi", 21.0, "hidden"),
        ("multi", 240.0, "hidden"),  # never recalled without its options
        ("number", 999.0, "open"),
        ("cloze", 999.0, "open"),
        ("recall", 1.0, "recall"),
    ],
)
def test_each_kind_matures_in_its_own_way(desk: Desk, kind: str, days: float, form: str) -> None:
    write_kinds(desk, kind)
    card = desk.library().card("kinds")
    assert form_of(card, card.questions[0], state(stability=days)) == form


def test_options_change_places_when_they_come_back(desk: Desk) -> None:
    desk.settings = Settings(leech_lapses=99)
    desk.write("slopes", "s1", paragraphs=1)
    session = desk.session()
    orders = []
    for _ in range(12):
        options = asking(session).question.options
        orders.append([option.text for option in options])
        session.hint()
        assert asking(session).question.options == options
        session = desk.session()  # leaving changes nothing
        assert asking(session).question.options == options
        wrong = next(n for n, option in enumerate(options, 1) if not option.right)
        session.answer(str(wrong))
        assert feedback(session).question.options == options
        session.undo()
        assert asking(session).question.options == options
        session.answer(str(wrong))
        assert feedback(desk.session()).question.options == options
        session.next()
    assert orders[0] == ["wrong one", "right one", "other wrong one"]  # as its author put them
    assert {order.index("right one") for order in orders} == {0, 1, 2}
    assert {review.answer for review in desk.store().reviews()} <= {"wrong one", "other wrong one"}


def test_every_place_is_as_likely() -> None:
    places = [drawn(MULTI, seed).options.index(OPTIONS[0]) for seed in range(2000)]
    assert all(330 < places.count(place) < 470 for place in range(5))


def test_one_who_wants_them_in_place_has_them(desk: Desk) -> None:
    desk.write("slopes", "s1")
    assert desk.settings.shuffle is False
    study(desk.session(), "1", "1", "1")
    finish(desk.session())


def test_only_what_is_chosen_from_options_can_be_guessed(desk: Desk) -> None:
    from tutor.memory.statistics.log import read_log  # numpy, which the others do without

    write_kinds(desk)
    session = desk.session()
    for kind in ("multi", "number", "recall", "cloze"):
        assert asking(session).question.id == kind
        if kind == "recall":
            session.commit()
            session.judge(Rating.GOOD)
        else:
            session.answer(RIGHT[kind])
            session.next()
    log = read_log(desk.store().path)
    assert dict(zip(log.questions, log.guessable.tolist(), strict=True)) == {
        "multi": True,
        "number": False,
        "recall": False,
        "cloze": False,
    }
