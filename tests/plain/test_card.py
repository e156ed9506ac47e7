"""Cards as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.digits.fake import STEPS, Fake
from tutor.decks.model import Block
from tutor.errors import UsageError
from tutor.lab.digits.table import EXPERIMENTS
from tutor.plain.card import card_lines, figure_lines, text_lines
from tutor.plain.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk import Desk


def test_a_whole_card(desk: Desk) -> None:
    card = desk.library().card("slopes")
    lines = card_lines(card)
    assert lines[: len(text_lines(card))] == text_lines(card)
    assert text_lines(card) == [
        "The card slopes",
        "Beginner · Hills",
        "Created by Ada, 1 June 2026 06:20 UTC",
        "University approvals: 0",
        "Related cards: 0",
        "Videos: 0",
        "",
        "Paragraph 1 of slopes says that a slope points uphill.",
        "",
        "Paragraph 2 of slopes says that a slope points uphill.",
    ]
    assert lines[lines.index("Question 2") :][:8] == [
        "Question 2",
        "What does s2 ask?",
        "  1, wrong: wrong one",
        "     It leads nowhere.",
        "  2, right: right one",
        "     It is what the card says.",
        "  3, wrong: other wrong one",
        "     It leads elsewhere.",
    ]
    assert lines[-1] == "  Hint: Think of s3."


def test_a_figure_in_words(desk: Desk) -> None:
    block = desk.library().card("slopes").questions[0].experiment
    assert block is not None
    figure, values, verdict = figure_lines(block)
    assert figure.startswith("  Figure: ")
    assert values.startswith("  Values: η = 0.05; ")
    assert verdict.strip()
    assert "η = 0.2" in figure_lines(block, 0.2)[1]
    with pytest.raises(UsageError, match="rate"):
        figure_lines(block, float("nan"))


def test_what_an_indented_line_goes_on_with_is_indented_a_little(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    say(
        "",
        "A plain line that is too wide",
        "  Figure: a curve that is step-wise falling",
        "     Because it is so wide",
    )
    assert capsys.readouterr().out == (
        "\n"
        "A plain line that is too\n"
        "wide\n"
        "  Figure: a curve that\n"
        "     is step-wise\n"
        "     falling\n"
        "     Because it is so\n"
        "     wide\n"
    )


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    """A kind of experiment that takes its time."""
    fake = Fake()
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    assert isinstance(EXPERIMENTS, dict)
    monkeypatch.setitem(EXPERIMENTS, "fake", fake.table["fake"])
    return fake


def test_a_long_figure_is_not_run_while_a_card_is_read(long: Fake) -> None:
    block = Block({"kind": "fake"}, 1)
    (line,) = figure_lines(block)
    assert line == "  Figure: not run yet. 'tutor fake --batch 32 --init he' runs it: about 2 s."
    long.kept[32, "he"] = STEPS
    assert figure_lines(block) == [
        "  Figure: Losses by rate.",
        f"  Values: rates: {STEPS}.",
        "  The best rate is 0.3.",
    ]


def test_a_long_figure_is_run_when_asked_for(long: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    long.go(STEPS)
    assert figure_lines(Block({"kind": "fake"}, 1), run=True)[-1] == "  The best rate is 0.3."
    assert "It runs, which takes about 2 s." in capsys.readouterr().out
    with pytest.raises(UsageError, match="no rate to turn"):
        figure_lines(Block({"kind": "fake"}, 1), 0.1, run=True)


def test_an_address_is_never_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    address = "https://example.org/" + "x" * 90
    say("  A paper with a title of more than forty characters", f"  {address}")
    assert address in capsys.readouterr().out
