"""A whole card, and what is wrong with its lesson and with how its parts are put together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.decks.told import PATH, Check, ProblemsOf, told
from tutor.decks.model import Block, Card, DeckFileError, Option, Paragraph, Question
from tutor.decks.parse import parse
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def test_a_whole_card(card: str, checker: Check) -> None:
    assert parse(card, PATH, checker) == Card(
        id="step-size",
        deck="knobs",
        title="Step size: a knob",
        topic="Optimisation",
        difficulty="Beginner",
        author="Ada",
        created=datetime(2026, 6, 1, 6, 20, tzinfo=UTC),
        tags=(),
        approvals=(),
        requires=("slopes",),
        related=(),
        sources=(),
        videos=(),
        paragraphs=(
            Paragraph(
                "The rate $\\eta$ scales the step. It is fragile .",
                Block({"kind": "descent", "rate": 0.1}, line=14),
            ),
            Paragraph("A second paragraph.", None),
        ),
        questions=(
            Question(
                id="too-large",
                kind="choice",
                text="What does a large rate do?",
                options=(
                    Option("crawl", right=False, explanation="That is a tiny one."),
                    Option("bounce", right=True, explanation="The step carries past the floor."),
                ),
                hints=("Read the first paragraph.", "Think of a steep wall."),
                passage="It is fragile .",
                paragraph=0,
                experiment=Block({"kind": "descent", "rate": 1.0}, line=41),
                line=23,
            ),
            Question(
                id="too-small",
                kind="choice",
                text="And a small one?",
                options=(
                    Option("crawl", right=True, explanation="Short steps."),
                    Option("bounce", right=False, explanation="Long steps do."),
                ),
                hints=("Compare.",),
                passage="scales the step.",
                paragraph=0,
                experiment=None,
                line=46,
            ),
        ),
        path=PATH,
    )


def test_line_ends_and_byte_order_mark_do_not_matter(card: str, checker: Check) -> None:
    expected = parse(card, PATH, checker)
    assert parse("\ufeff" + card.replace("\n", "\r\n"), PATH, checker) == expected
    assert parse(card.replace("\n", "\r"), PATH, checker) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"*Not* a [link](x) &amp; \$5, `code` <b>x</b> and ![i](j) $a_1 * b * c_2$",
        "[note]: this-is-no-definition",
    ],
)
def test_markdown_in_texts_is_left_alone(card: str, checker: Check, text: str) -> None:
    parsed = parse(card.replace("A second paragraph.", text), PATH, checker)
    assert parsed.paragraphs[1].text == text


# Each case spoils the good card: what is replaced, by what, and the problems' lines, as ``told`` takes them.
CASES = {
    "an experiment above the paragraphs": (
        "The rate $\\eta$",
        "```experiment\n```\n\nThe rate $\\eta$",
        ["11: the experiment has no paragraph of its own; move it below one"],
    ),
    "code that is no experiment": (
        "A second paragraph.",
        "A second paragraph.\n\n```python\nimport os\n```",
        ["21: a code block has no place in a card; remove it, or begin it with ```experiment"],
    ),
    "a list in the lesson": (
        "A second paragraph.",
        "- A second paragraph.",
        ["19: a list has no place in a lesson; write plain paragraphs and ```experiment blocks"],
    ),
    "broken TOML": (
        "rate = 0.1",
        "rate = ",
        ["16:8: broken TOML (Invalid value); write 'name = value', with texts in quotes"],
    ),
    "deep TOML": (
        "rate = 0.1",
        "a.b.c.d.e = 1",
        ["15: broken TOML (nested too deeply); write 'name = value', with texts in quotes"],
    ),
    "a number of thousands of digits": (
        "rate = 0.1",
        f"rate = {'9' * 4301}",
        ["15: the settings are longer than 4096 characters; shorten them"],
    ),
    "an experiment that the lab refuses": (
        'kind = "descent"\nrate = 1.0',
        'kind = "ascent"',
        ["41: the experiment cannot run: unknown kind 'ascent': known are descent"],
    ),
    "no tasks": (
        "## Tasks\n",
        "",
        [
            "22: heading 'Question 1' has no place here; move it below '## Tasks'",
            "45: heading 'Question 2' has no place here; move it below '## Tasks'",
            (
                "60: the card has 0 questions; write 1 to 99 below '## Tasks', each with a heading: "
                "### Question 1 {#some-id}"
            ),
        ],
    ),
    "a question outside the tasks": (
        "A second paragraph.",
        "### Question 0 {#zero}\n\nText that goes with it.",
        ["19: heading 'Question 0' has no place here; move it below '## Tasks'"],
    ),
    "another heading": (
        "### Question 2",
        "## Sources\n\n### Question 2",
        [
            "46: heading 'Sources' has no place here; remove it",
            "48: heading 'Question 2' has no place here; move it below '## Tasks'",
        ],
    ),
    "text above the first question": (
        "## Tasks\n",
        "## Tasks\n\nTry these.\n",
        ["23: a paragraph has no place above the first question; move it below the heading of a question"],
    ),
    "a template in the lesson": (
        "```experiment",
        "```predict",
        ["14: a code block has no place in a card; remove it, or begin it with ```experiment"],
    ),
}


@pytest.mark.parametrize(("old", "new", "lines"), CASES.values(), ids=CASES.keys())
def test_problems(card: str, problems_of: ProblemsOf, old: str, new: str, lines: list[str]) -> None:
    assert old in card
    assert problems_of(card.replace(old, new, 1)) == [told(line) for line in lines]


def test_all_problems_are_told_in_the_order_of_the_file(card: str, problems_of: ProblemsOf) -> None:
    for old, new in [
        ("> scales", "> shrinks"),
        ("- [x] crawl", "- [ ] crawl"),
        ("topic:", "topics:"),
        ("rate = 0.1", "rate"),
    ]:
        card = card.replace(old, new)
    lines = [int(problem.split(":")[1]) for problem in problems_of(card)]
    assert lines == [1, 4, 16, 46, 60]


def test_a_card_needs_paragraphs_and_questions(problems_of: ProblemsOf) -> None:
    front = "---\nid: a\ntitle: A\ntopic: B\ndifficulty: C\nauthor: D\ncreated: 2026-06-01\n---\n"
    mend = "write 1 to 99 above '## Tasks'"
    assert problems_of(front) == [
        f"knobs/step-size.md:9:1: the card has 0 paragraphs; {mend}",
        (
            "knobs/step-size.md:9:1: the card has 0 questions; write 1 to 99 below '## Tasks', "
            "each with a heading: ### Question 1 {#some-id}"
        ),
    ]
    assert f"knobs/step-size.md:9:1: the card has 100 paragraphs; {mend}" in problems_of(
        front + "text\n\n" * 100
    )


def test_a_card_full_of_slow_experiments_is_given_up_soon(card: str) -> None:
    tried = 0

    def refuse(fence: str, settings: Mapping[str, object]) -> None:
        nonlocal tried
        tried += 1
        raise UsageError("no clear answer in 60 draws")

    many = "\n\nText.\n\n```experiment\nrate = 1\n```" * 90
    with pytest.raises(DeckFileError):
        parse(card.replace("A second paragraph.", many), PATH, refuse)
    assert tried == 10


def test_long_files_are_refused(card: str, problems_of: ProblemsOf) -> None:
    assert problems_of(card + "\n" * 10_000) == [
        "knobs/step-size.md:10000:1: the card has more than 10000 lines; split it"
    ]


def test_a_problem_is_one_safe_line_whatever_it_quotes(checker: Check) -> None:
    with pytest.raises(DeckFileError) as caught:
        parse("\x1b[31m# \u202e" + "x" * 100_000, Path("a\x1b[2J\nb/\udcffc.md"), checker)
    for line in str(caught.value).split("\n"):
        assert line.startswith("a b/c.md:1:1: ")
        assert line.isprintable()
        assert len(line) < 500
