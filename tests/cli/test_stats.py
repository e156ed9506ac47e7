"""``tutor stats`` and ``tutor fit``."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.desk import card_text
from tests.learner import OTHERS, Learner, simulate, write
from tutor.memory.clock import study_day, system_clock
from tutor.memory.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def learned(home: Path) -> Path:
    """A data folder with a year of reviews, the last of them yesterday."""
    begin = study_day(system_clock()) - timedelta(days=365)
    home.mkdir()
    write(simulate(Learner(OTHERS), questions=400, days=365, begin=begin, seed=2), str(home / "store.db"))
    return home


def test_everything_in_words_and_plots(tutor: Run, learned: Path) -> None:
    said = tutor("stats")
    assert (said.status, said.err) == (0, "")
    for title in ("The year", "The days to come", "What you keep", "How you forget", "What retention costs"):
        assert title in said.out.splitlines()
    assert "You studied on" in said.out
    assert any("⠀" < glyph <= "⣿" for glyph in said.out)
    assert "█" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_plain_is_words_alone(tutor: Run, learned: Path) -> None:
    said = tutor("stats", "--plain")
    assert not any("⠀" < glyph <= "⣿" or glyph in "░▒▓█" for glyph in said.out)
    assert "remembered (95 %)" in said.out
    assert "in a row" in said.out


def test_one_table(tutor: Run, learned: Path) -> None:
    assert tutor("stats", "retention").out.splitlines()[0] == "What you keep"
    assert tutor("stats", "streak", "--plain").out.splitlines()[0] == "The year"


def test_json_has_all_tables_and_all_answers(tutor: Run, learned: Path) -> None:
    found = tutor("stats", "--json").json
    log = tutor("log").out.splitlines()
    assert sum(day["answers"] for day in found["days"]) == len(log)
    assert found["streak"][0]["studied"] <= 365
    assert {"period", "passed", "total", "share", "low", "high", "predicted", "known"} == found["retention"][
        0
    ].keys()
    assert found["workload"][0]["retention"] == 0.7
    assert found["decks"] == []  # the simulated questions are in no deck


def test_csv_is_the_table_of_the_json(tutor: Run, learned: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(tutor("stats", "months", "--csv").out)))
    json_rows = tutor("stats", "months", "--json").json
    assert [row["period"] for row in rows] == [row["period"] for row in json_rows]
    assert [float(row["share"]) for row in rows if row["share"]] == [
        row["share"] for row in json_rows if row["share"] is not None
    ]


def test_one_question(tutor: Run, learned: Path) -> None:
    rows = tutor("stats", "--question", "card00003-q2", "--json").json
    with Store(str(learned / "store.db")) as store:
        assert [row["rating"] for row in rows] == [review.rating for review in store.reviews("card00003-q2")]
    assert rows[0]["recall"] is None
    assert "One question: card00003-q2" in tutor("stats", "--question", "card00003-q2").out


def test_your_own_forgetting_at_a_rate(tutor: Run, learned: Path) -> None:
    crawling = tutor("stats", "own", "--rate", "0.001").out
    assert "η = 0.001" in crawling
    assert "rawling" in crawling
    assert any("⠀" < glyph <= "⣿" for glyph in crawling)
    arrived = tutor("stats", "own", "--by", "lbfgs", "--json").json
    assert "onverging" in arrived["verdict"]
    assert arrived["answers"] > 1000


def test_nothing_learned_yet(tutor: Run) -> None:
    said = tutor("stats")
    assert said.status == 0
    assert "Nothing to show yet" in said.out
    assert tutor("stats", "--json").json["days"] == []
    assert tutor("stats", "cards", "--csv").out == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("stats retenton", "did you mean 'retention'?"),
        ("stats retenton --json", "did you mean 'retention'?"),
        ("stats --csv", "--csv prints one table: say which"),
        ("stats --question nobody", "'nobody' was never answered"),
        ("stats question", "nothing was answered yet"),
        ("stats days --question a", "--question goes with the table 'question' only"),
        ("stats own", "no forgetting curve to fit yet"),
        ("stats own --rate 0", "a rate is a positive number"),
        ("fit", "too little to fit to: 0 answers"),
        ("fit --deck optimisation", "did you mean 'optimization'?"),
        ("fit --deck optimization", "has 0 answers to learn from"),
        ("fit --undo", "nothing was adopted that could be undone"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor(*words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1


def test_a_fit_is_shown_adopted_and_undone(tutor: Run, learned: Path) -> None:
    with Store(str(learned / "store.db")) as store:
        before = store.states()
    shown = tutor("fit")
    assert "fitted to your log" in shown.out
    assert "Nothing is changed yet" in shown.out
    with Store(str(learned / "store.db")) as store:
        assert store.states() == before
    found = tutor("fit", "--adopt", "--json").json
    (fit,) = found["fits"]
    assert fit["improves"]
    assert fit["loss_after"] < fit["loss_before"]
    assert len(fit["after"]) == 21
    with Store(str(learned / "store.db")) as store:
        assert store.scheduler_for("card00003-q2").parameters == tuple(fit["after"])
        after = store.states()
    moved = {row["question"]: (row["due"], row["then"]) for row in found["moves"]}
    for question, state in before.items():
        now, then = moved.get(question, (state.due.isoformat(),) * 2)
        assert state.due.isoformat() == now
        assert after[question].due.isoformat() == then
    assert "undone" in tutor("fit", "--undo").out
    with Store(str(learned / "store.db")) as store:
        assert store.states() == before


def test_a_deck_gets_parameters_of_its_own_if_they_predict_better(tutor: Run, home: Path) -> None:
    begin = study_day(system_clock()) - timedelta(days=365)
    home.mkdir()
    for deck, learner in (("first", Learner()), ("second", Learner(OTHERS))):
        (home / "decks" / deck).mkdir(parents=True)
        for card in range(5):
            ids = (f"{deck}-{n}" for n in range(40 * card, 40 * card + 40))
            text = card_text(f"card-{deck}-{card}", *ids)
            (home / "decks" / deck / f"card{card}.md").write_text(text, encoding="utf-8")
        reviews = simulate(learner, questions=200, days=365, begin=begin, seed=5)
        write(reviews, str(home / "store.db"), seed=len(deck), named=f"{deck}-{{}}".format)
    found = tutor("fit", "--adopt", "--json").json
    assert [fit["deck"] for fit in found["fits"]] == [None, "first", "second"]
    with Store(str(home / "store.db")) as store:
        for fit in found["fits"][1:]:
            held = tuple(fit["after"] if fit["improves"] else fit["before"])
            assert store.scheduler_for(f"{fit['deck']}-3").parameters in {held, None}
    assert found["fits"][2]["improves"]
    assert [fit["deck"] for fit in tutor("fit", "--deck", "second", "--json").json["fits"]] == ["second"]
    decks = tutor("stats", "decks", "--json").json
    assert [(deck["name"], deck["questions"]) for deck in decks] == [("First", 200), ("Second", 200)]
    assert decks[1]["share"] > decks[0]["share"]


def test_another_retention_is_adopted_with_the_parameters_that_hold(tutor: Run, learned: Path) -> None:
    assert "Adopted" in tutor("fit", "--adopt").out
    again = tutor("fit", "--retention", "0.8", "--adopt", "--json").json
    with Store(str(learned / "store.db")) as store:
        scheduler = store.scheduler_for("card00003-q2")
    assert scheduler.desired_retention == 0.8
    kept = "after" if again["fits"][0]["improves"] else "before"
    assert scheduler.parameters == tuple(again["fits"][0][kept])
    said = tutor("fit", "--retention", "0.5")
    assert (said.status, said.out) == (2, "")
    assert "0.7 to 0.99" in said.err
