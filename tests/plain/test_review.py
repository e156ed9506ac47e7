"""The session by lines of text, as through a pipe."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk, study
from tutor.memory.model import Rating
from tutor.plain.help import HELP
from tutor.plain.review import review
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from tests.plain.conftest import Talk

RIGHT, WRONG = "2", "1"


def log(desk: Desk) -> list[tuple[str, bool, Rating, int, bool]]:
    return [(r.question, r.correct, r.rating, r.hints, r.undone) for r in desk.store().reviews()]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def ratings(desk: Desk) -> list[Rating]:
    return [review.rating for review in desk.store().reviews() if not review.undone]


def test_the_answers_alone_are_enough(desk: Desk, talk: Talk) -> None:
    said = talk(RIGHT, WRONG, "B", "b")
    assert log(desk) == [
        ("s1", True, Rating.GOOD, 0, False),
        ("s2", False, Rating.AGAIN, 0, False),
        ("s3", True, Rating.GOOD, 0, False),
        ("s2", True, Rating.GOOD, 0, False),
    ]
    expected = [
        "The card slopes",
        "Paragraph 1 of slopes says that a slope points uphill.",
        "Paragraph 2 of slopes",
        "\nQuestion 1 of 3\nWhat does s1 ask?\n  1  wrong one\n  2  right one\n  3  other wrong one\n",
        "Right. Good: back in 2 days.\n",
        "  2, right, your answer: right one\n     It is what the card says.\n",
        "  3, wrong: other wrong one\n     It leads elsewhere.\n",
        "To let it count otherwise, type again (in this session), hard\n(tomorrow), easy (in ",
        "Question 2 of 3\n",
        "Not right. Again: back in this session.\n  1, wrong, your answer: wrong one\n",
        "Question 3 of 3\n",
        "Question 2 of 3, again\n",
        "Done: 3 questions.",
        "  What does s3 ask?\n     Good, back in 2 days.\n",
    ]
    for words in expected:
        _, found, said = said.partition(words)
        assert found, words
    assert "Left" not in said
    assert ">" not in said  # a prompt is for people


def test_a_card_is_read_out_once(talk: Talk) -> None:
    assert talk().count("Paragraph 1") == 1
    assert talk().count("Paragraph 1") == 0


LINES = [
    "",
    "h",
    "zz",
    WRONG,
    "hard",
    "u",
    WRONG,
    "e",
    RIGHT,
    "h",
    "h",
    "x",
    "u",
    RIGHT,
    "r",
    RIGHT,
    "u",
    RIGHT,
]


@pytest.mark.parametrize("end", range(len(LINES) + 1))
def test_the_input_may_end_anywhere_and_the_session_goes_on(desk: Desk, talk: Talk, end: int) -> None:
    said = talk(*LINES[:end])
    finished = end in {16, 18}
    assert said.count("Left; the same command goes on from here.") == (not finished)
    again = talk(*LINES[end:], RIGHT)
    assert "Done: 3 questions." in again
    assert log(desk) == [
        ("s1", False, Rating.AGAIN, 1, True),
        ("s1", False, Rating.AGAIN, 1, False),
        ("s2", True, Rating.HARD, 1, False),
        ("s3", False, Rating.AGAIN, 2, True),
        ("s3", True, Rating.HARD, 2, False),
        ("s1", True, Rating.GOOD, 0, True),
        ("s1", True, Rating.GOOD, 0, False),
    ]


@pytest.mark.parametrize("word", ["q", "Q", " quit "])
def test_leaving(desk: Desk, talk: Talk, word: str) -> None:
    assert "Left" in talk(RIGHT, word, WRONG)
    assert len(log(desk)) == 1


def test_a_blank_line_says_the_question_again_and_leaves_when_finished(talk: Talk) -> None:
    said = talk("", "  ", RIGHT, RIGHT, RIGHT, "", WRONG)
    assert said.count("Question 1 of 3\n") == 3
    assert said.count("Done: 3 questions.") == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("7", "'7' is not one of the options: answer 1 to 3."),
        ("zz", "'zz' is not one of the options: answer 1 to 3."),
        ("2 3", "type one word at a time; ? lists them."),
        ("good dog", "type one word at a time; ? lists them."),
        ("u", "there is no answer to take back."),
        ("good", "there is no answer of this session to change."),
        ("r", "there is no experiment to run yet"),
        ("\x1b[2J\ufffd", "'\\x1b[2J\ufffd' is not one of the options"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_changes_nothing(
    desk: Desk, talk: Talk, line: str, complaint: str
) -> None:
    said = talk(line)
    assert said.count(complaint) == 1
    assert said.count("Question 1 of 3") == 1
    assert log(desk) == []


@pytest.mark.parametrize("word", ["1", "h", "e", "x"])
def test_when_finished_there_is_no_question(talk: Talk, word: str) -> None:
    assert "there is no question to answer: u undoes the last answer" in talk(RIGHT, RIGHT, RIGHT, word)


def test_help_names_every_word(talk: Talk) -> None:
    said = on_one_line(talk("?"))
    assert all(on_one_line(line) in said for line in HELP)
    assert talk("help").count("leave; everything is kept") == 1


def test_hints_to_the_last_and_one_more(desk: Desk, talk: Talk) -> None:
    said = talk("h", "h", "h", "h", "h", RIGHT)
    for words in (
        "  Hint: Think of s1.\n",
        "  The card says: a slope points uphill.\n",
        "  Not 1, wrong one:\n     It leads nowhere.\n",
        "  Figure: ",
        "  Values: ",
        "that was the last hint.\n",
        "Right. Hard: back tomorrow.",
    ):
        _, found, said = said.partition(words)
        assert found, words
    assert log(desk) == [("s1", True, Rating.HARD, 4, False)]


def test_reading_the_card_again_counts_as_a_hint(desk: Desk, talk: Talk) -> None:
    said = talk("e", "e", RIGHT)
    assert said.count("Paragraph 1") == 3
    assert said.count("Question 1 of 3") == 3
    assert log(desk) == [("s1", True, Rating.HARD, 1, False)]


def test_giving_up_shows_the_answer(desk: Desk, talk: Talk) -> None:
    said = talk("x")
    assert "Not answered. Again: back in this session." in said
    assert "your answer" not in said.partition("Not answered")[2]
    assert log(desk) == [("s1", False, Rating.AGAIN, 0, False)]


@pytest.mark.parametrize("word", ["again", "HARD", "good", "Easy"])
def test_a_rating_is_one_word(desk: Desk, talk: Talk, word: str) -> None:
    said = talk(RIGHT, word)
    assert f"The last answer counts as {word.capitalize()}, back " in said
    assert ratings(desk) == [Rating[word.upper()]]
    state = desk.store().state("s1")
    assert state is not None
    assert state.rating is Rating[word.upper()]


def test_a_rating_of_again_brings_the_question_back(desk: Desk, talk: Talk) -> None:
    said = talk(RIGHT, RIGHT, RIGHT, "again")
    assert "Question 3 of 3, again" in said
    assert "Left" in said
    assert "Question 3 of 3, again" in talk("good")  # on the finished screen of another process
    assert ratings(desk) == [Rating.GOOD, Rating.GOOD, Rating.GOOD]


def test_undo_on_the_finished_screen(desk: Desk, talk: Talk) -> None:
    said = talk(RIGHT, RIGHT, "h", RIGHT, "u", "u", RIGHT, RIGHT)
    assert said.count("Undone.") == 2
    assert said.count("Done: 3 questions.") == 2
    assert [entry[0] for entry in log(desk) if entry[-1]] == ["s2", "s3"]
    assert ratings(desk) == [Rating.GOOD, Rating.GOOD, Rating.HARD]  # the hint was not undone


def test_undo_in_another_process(desk: Desk, talk: Talk) -> None:
    talk(RIGHT, RIGHT, RIGHT)
    assert "Question 3 of 3\n" in talk("u")
    assert len(ratings(desk)) == 2


def test_the_experiment_is_that_of_the_question_just_answered(talk: Talk) -> None:
    said = talk(RIGHT, "r", "R 0.2", "r 0.2 3", "r x", "r nan", "r -1", "r 1e999")
    assert said.count("  Figure: ") == 2
    assert "η = 0.05" in said
    assert "η = 0.2" in said
    assert "'x' is not a rate: write r 0.2, for example." in said
    assert said.count("a rate is a ") == 3
    assert "Figure" not in talk(RIGHT, "u", "r", "u", "r").partition("Undone.")[2]  # it would be a hint


def test_the_experiment_that_a_hint_gave_can_be_turned(talk: Talk) -> None:
    said = talk("h", "h", "h", "h", "r 0.5")
    assert said.count("  Figure: ") == 2
    assert "η = 0.5" in said


def test_a_limit_and_a_deck(desk: Desk, talk: Talk) -> None:
    desk.write("waves", "w1", "w2", deck="seas")
    assert "Done: 1 question." in talk(RIGHT, scope=Scope("seas", 1))
    assert [entry[0] for entry in log(desk)] == ["w1"]


def test_nothing_to_ask_is_said_and_nothing_asked(talk: Talk) -> None:
    talk(RIGHT, RIGHT, RIGHT)
    said = talk(RIGHT, scope=Scope("hills"))
    assert said == "\nNothing to ask now. 'tutor due' tells when something is.\n"


def test_a_broken_card_is_named_and_the_others_are_asked(desk: Desk, talk: Talk) -> None:
    (desk.folder / "decks/hills/valleys.md").write_text("nonsense", encoding="utf-8")
    said = talk(RIGHT, RIGHT, RIGHT)
    assert said.startswith("hills/valleys.md:1:1: ")
    assert "Done: 3 questions." in said


def test_an_answer_given_in_another_session_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.StringIO(f"{WRONG}\n{RIGHT}\n")

    def late() -> bool:
        study(desk.session(), RIGHT)
        return False

    monkeypatch.setattr(typed, "isatty", late)  # asked for after the first question was shown
    monkeypatch.setattr(sys, "stdin", typed)
    assert review(desk.library(), desk.store(), Scope()) == 0
    said = capsys.readouterr().out
    assert "was answered in another session meanwhile; this answer was not kept" in on_one_line(said)
    assert said.count("Question 1 of 2\nWhat does s2 ask?") == 1  # of those that are left
    assert [entry[:2] for entry in log(desk)] == [("s1", True), ("s2", True)]


def test_a_person_is_prompted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.StringIO(f"{RIGHT}\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    assert review(desk.library(), desk.store(), Scope()) == 0
    said = capsys.readouterr().out
    assert said.count("> ") == 2
    assert "\n> \n\nLeft;" in said


def test_no_input_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert review(desk.library(), desk.store(), Scope()) == 0


@pytest.mark.parametrize("columns", [20, 40, 72, 80, 300])
def test_no_line_is_wider_than_the_terminal(talk: Talk, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = talk("?", "h", "h", "h", "h", "zz" * 50, "nonsense and more", WRONG, "easy", RIGHT, "r 0.2", RIGHT)
    assert "Done" in said
    assert max(map(len, said.splitlines())) <= min(columns, 72)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("fuzzed"))
    desk.write("slopes", "s1", "s2")
    desk.write("waves", "w1", deck="seas")
    return desk


WORDS = ["1", "2", "b", "h", "e", "x", "u", "r", "r 0.2", "r nan", "again", "good", "easy", "", "?", "q"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=25))
def test_whatever_is_typed_the_session_ends_well(
    fuzzed: Desk, monkeypatch: pytest.MonkeyPatch, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (fuzzed.folder / "store.db").unlink(missing_ok=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    assert review(fuzzed.library_again(), fuzzed.store(), Scope()) == 0
    fuzzed.close()
    said = capsys.readouterr().out
    assert said.endswith("\nLeft; the same command goes on from here.\n") or "Done: " in said
