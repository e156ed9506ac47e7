from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tutor.decks.model import Approval, Block, Card, DeckFileError, Link, Option, Paragraph, Question
from tutor.decks.parse import parse
from tutor.errors import UsageError

Check = Callable[[str, Mapping[str, object]], None]
ProblemsOf = Callable[[str], list[str]]
PATH = Path("knobs/step-size.md")


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
    ("written", "time"),
    [
        ("2026-06-01", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2026-06-01 06:20", datetime(2026, 6, 1, 6, 20, tzinfo=UTC)),
        ('"2026-06-01T08:20:00+02:00"', datetime(2026, 6, 1, 6, 20, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc(card: str, checker: Check, written: str, time: datetime) -> None:
    parsed = parse(card.replace("2026-06-01T06:20:00Z", written), PATH, checker)
    assert parsed.created == time
    assert parsed.created.utcoffset() == time.utcoffset()


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


def test_toml_and_yaml_escapes_cannot_smuggle_control_characters(card: str, checker: Check) -> None:
    spoilt = card.replace("rate = 0.1", '"na\\u0007me" = ["\\u001b[31mred", {x = "\\u202eabc"}]')
    spoilt = spoilt.replace('"Step size: a knob"', '"\\e[31mStep\\x07 \\u202Esize\\n\\n"')
    parsed = parse(spoilt, PATH, checker)
    assert parsed.title == "Step size"
    assert parsed.paragraphs[0].experiment == Block({"kind": "descent", "name": ["red", {"x": "abc"}]}, line=14)


def told(line: str) -> str:
    """A problem as it is told, from one without the file's name, and without a column if that is the first."""
    return "knobs/step-size.md:" + re.sub(r"^(\d+): ", r"\1:1: ", line)


# Each case spoils the good card: what is replaced, by what, and the problems' lines, as ``told`` takes them.
CASES = {
    "no front matter": (
        "---\nid: step-size\n",
        "id: step-size\n",
        [
            (
                "1: no front matter; "
                "begin with '---', the keys id, title, topic, difficulty, author, created and '---'"
            ),
            "8: a rule has no place in a lesson; write plain paragraphs and ```experiment blocks",
        ],
    ),
    "front matter without end": (
        "requires: [slopes]\n---\n",
        "requires: [slopes]\n",
        ["1: the front matter does not end; add a line '---' below its last key"],
    ),
    "a required key is missing": (
        "topic: Optimisation\n",
        "",
        ["1: the front matter has no topic; add a line 'topic: \"some topic\"'"],
    ),
    "an unknown key": (
        "topic: Optimisation\n",
        "topic: Optimisation\nrequire: [x]\n",
        [
            (
                "5: unknown key 'require': did you mean 'requires'? "
                "known are approvals, author, created, difficulty, id, related, requires, sources, "
                "tags, title, topic, videos; mend or remove it"
            )
        ],
    ),
    "a key twice": (
        "author: Ada\n",
        "author: Ada\nauthor: Bo\n",
        ["7: key 'author' is given twice; remove one of them"],
    ),
    "a number for a text": (
        "author: Ada",
        "author: 1815",
        ['6:9: author should be text; put it in quotes: "…"'],
    ),
    "a list for a text": (
        "author: Ada",
        "author: [Ada]",
        ['6:9: author should be text; put it in quotes: "…"'],
    ),
    "an empty text": ("author: Ada", "author:", ['6:8: author should be text; put it in quotes: "…"']),
    "a text for a list": (
        "[slopes]",
        "slopes",
        ['8:11: requires should be a list; write requires: ["…", "…"], or [] for none'],
    ),
    "a number in a list": (
        "[slopes]",
        "[slopes, 2]",
        ['8:20: an entry of requires should be text; put it in quotes: "…"'],
    ),
    "no time": (
        "2026-06-01T06:20:00Z",
        "yesterday",
        ["7:10: created is no date and time; write it as 2026-06-01T06:20:00Z"],
    ),
    "an impossible time": (
        "2026-06-01T06:20:00Z",
        "0001-01-01T00:00:00+14:00",
        ["7:10: created is no date and time; write it as 2026-06-01T06:20:00Z"],
    ),
    "a card id that is none": (
        "id: step-size",
        "id: Step Size",
        ["2:5: id 'Step Size' is no id; use lower-case letters and digits, with single hyphens between"],
    ),
    "broken YAML": (
        '"Step size: a knob"',
        "Step size: a knob",
        [
            (
                "3:17: broken YAML (mapping values are not allowed in this context); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "YAML anchors": (
        "[slopes]",
        "&a [*a]",
        [
            (
                "8:11: broken YAML (anchors are not allowed); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "YAML in documents": (
        "author: Ada",
        "author: Ada\n...\nauthor: Bo",
        [
            (
                "8:1: broken YAML (did not find expected <document start>); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "a text for a link": (
        "[slopes]",
        '[slopes]\nvideos: ["https://a.org"]',
        ['9:10: an entry of videos should have title and link; write { title: "…", link: "https://…" }'],
    ),
    "a link that runs a program": (
        "[slopes]",
        '[slopes]\nsources: [{ title: A, link: "javascript:alert(1)" }]',
        [
            (
                "9:29: 'link' in an entry of sources 'javascript:alert(1)' is no address of a page; "
                "write http:// or https://, a host and a path, in ASCII, at most 500 characters"
            )
        ],
    ),
    "a link without title": (
        "[slopes]",
        '[slopes]\nsources: [{ link: "https://a.org" }]',
        ['9:11: an entry of sources has no title; add title: "some title"'],
    ),
    "an approval without date": (
        "[slopes]",
        '[slopes]\napprovals: [{ by: ETH, on: soon, link: "https://a.org" }]',
        ["9:28: 'on' in an entry of approvals is no date; write it as 2026-06-01"],
    ),
    "something else in an approval": (
        "[slopes]",
        '[slopes]\napprovals: [{ by: ETH, on: 2026-06-01, link: "https://a.org", for: x, by: Bo }]',
        [
            "9:63: unknown key 'for': known are by, link, on; mend or remove it",
            "9:71: key 'by' is given twice; remove one of them",
        ],
    ),
    "front matter without keys": (
        "---\nid: step-size\n",
        "---\njust words\n---\n\nid: step-size\n",
        [
            "1: the front matter holds no keys; write one 'key: value' a line",
            "12: a rule has no place in a lesson; write plain paragraphs and ```experiment blocks",
        ],
    ),
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
    "no id": (
        " {#too-small .choice}",
        "",
        ["46:15: question 'Question 2' has no id; add one to its heading: ### Question 2 {#some-id}"],
    ),
    "no proper id": (
        "{#too-small .choice}",
        "{#Too_small}",
        [
            (
                "46:16: question 'Question 2' has attributes '{#Too_small}' that cannot be read; "
                "add one to its heading: ### Question 2 {#some-id}"
            )
        ],
    ),
    "two equal ids": (
        "{#too-small .choice}",
        "{#too-large}",
        ["46: question id 'too-large' is already used on line 23; give this question another"],
    ),
    "an unknown kind": (
        ".choice",
        ".choise",
        [
            (
                "46:29: question 'Question 2': unknown kind 'choise': did you mean 'choice'? "
                "known are choice, cloze, multi, number, predict, recall"
            )
        ],
    ),
    "no text": (
        "And a small one?\n",
        "",
        ["46: question 'Question 2' has no text; write it below the heading"],
    ),
    "no right option": (
        "- [x] bounce",
        "- [ ] bounce",
        ["23: question 'Question 1' has no right option; mark it with [x]"],
    ),
    "two right options": (
        "- [ ] bounce",
        "- [X] bounce",
        [
            (
                "46: question 'Question 2' has 2 right options; leave [x] at one, "
                "or write {#some-id .multi} where several are to be chosen"
            )
        ],
    ),
    "one option": (
        "- [ ] bounce\n\n  Long steps do.\n",
        "",
        ["46: question 'Question 2' has fewer than two options; add some: - [ ] …"],
    ),
    "no options": (
        "- [x] crawl\n\n  Short steps.\n\n- [ ] bounce\n\n  Long steps do.\n",
        "",
        ["46: question 'Question 2' has fewer than two options; add some: - [ ] …"],
    ),
    "too many options": (
        "- [ ] crawl\n",
        "- [ ] crawl\n\n  Why.\n\n" * 8 + "- [ ] crawl\n",
        ["23: question 'Question 1' has more than 9 options or hints; remove some"],
    ),
    "an option without box": (
        "- [ ] bounce",
        "- bounce",
        ["54: option 'bounce' has no box; begin it with [ ], or [x] if right"],
    ),
    "an option without text": ("- [ ] bounce", "- [ ]", ["54: an option has no text; write it behind its box"]),
    "an option without explanation": (
        "\n  Short steps.\n\n",
        "",
        [
            (
                "50: option 'crawl' has no explanation; "
                "add one below it: an empty line, then a line indented by two blanks"
            )
        ],
    ),
    "an explanation that is not indented": (
        "  Long steps do.",
        "Long steps do.",
        [
            (
                "54: option 'bounce' has no explanation; "
                "add one below it: an empty line, then a line indented by two blanks"
            ),
            "56: a paragraph has no place below the options; indent an explanation as far as its option's text",
        ],
    ),
    "no hints": ("1. Compare.\n", "", ["46: question 'Question 2' has no hints; add a numbered list: 1. …"]),
    "an empty hint": (
        "1. Compare.",
        "1. Compare.\n2.",
        ["46: question 'Question 2' has an empty hint; write it or remove it"],
    ),
    "a hint of something else": (
        "1. Compare.",
        "1. Compare.\n\n   > a quotation",
        ["60: a quotation has no place in a list or quotation; write plain paragraphs"],
    ),
    "no passage": (
        "> scales the step.\n",
        "",
        ["46: question 'Question 2' has no passage; quote the words of the card that it comes from: > …"],
    ),
    "a passage that the card does not hold": (
        "> scales the step.",
        "> Scales the step.",
        [
            (
                "60: question 'Question 2' quotes 'Scales the step.', which no paragraph of the card holds; "
                "copy it word for word"
            )
        ],
    ),
    "a second experiment": (
        "> scales the step.",
        '> scales the step.\n\n```experiment\nkind = "descent"\n```\n\n```experiment\nkind = "descent"\n```',
        ["66: question 'Question 2' has a second passage or block; leave one of each"],
    ),
    "a template of a question to choose": (
        "> scales the step.",
        '> scales the step.\n\n```predict\nkind = "verdict"\n```',
        [
            (
                "46: question 'Question 2' has a ```predict block, which is for a question of that kind; "
                "write {#some-id .predict}"
            )
        ],
    ),
    "a template in the lesson": (
        "```experiment",
        "```predict",
        ["14: a code block has no place in a card; remove it, or begin it with ```experiment"],
    ),
    "a prediction of nothing": (
        ".choice}",
        ".predict}",
        [
            "46: question 'Question 2' has no template; add a ```predict block",
            "46: question 'Question 2' has options, but draws its own; remove them",
        ],
    ),
    "two passages": (
        "1. Compare.",
        "> A second\n\n1. Compare.",
        ["62: question 'Question 2' has a second passage or block; leave one of each"],
    ),
    "a rule in a question": (
        "1. Compare.",
        "1. Compare.\n\n***\n",
        ["60: a rule has no place in a question; remove it"],
    ),
}


@pytest.mark.parametrize(("old", "new", "lines"), CASES.values(), ids=CASES.keys())
def test_problems(card: str, problems_of: ProblemsOf, old: str, new: str, lines: list[str]) -> None:
    assert old in card
    assert problems_of(card.replace(old, new, 1)) == [told(line) for line in lines]


PREDICTION = """\
### Question 3 {#guess .predict}

Guess.

1. Look.

> It is fragile .

```predict
kind = "verdict"
kappas = [1, 2.5]
```
"""


def test_a_prediction(card: str, checker: Check) -> None:
    question = parse(f"{card}\n{PREDICTION}", PATH, checker).questions[2]
    template = Block({"kind": "verdict", "kappas": [1, 2.5]}, line=70)
    assert (question.id, question.kind, question.text) == ("guess", "predict", "Guess.")
    assert (question.template, question.experiment, question.options) == (template, None, ())
    assert question.number is None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "verdict",
            "fate",
            "70: the question cannot be drawn: unknown kind 'fate': known are verdict",
        ),
        (
            '```predict\nkind = "verdict"',
            '```experiment\nkind = "descent"\n```\n\n```predict\nkind = "verdict"',
            "62: question 'Question 3' has an experiment, but is settled by the run that it draws; remove it",
        ),
        (
            "```predict",
            "```",
            "70: a code block has no place in a card; remove it, or begin it with ```experiment or ```predict",
        ),
    ],
)
def test_problems_of_a_prediction(card: str, problems_of: ProblemsOf, old: str, new: str, line: str) -> None:
    source = f"{card}\n{PREDICTION}"
    assert problems_of(source) == []
    assert told(line) in problems_of(source.replace(old, new))


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


def test_long_front_matter_is_refused(card: str, problems_of: ProblemsOf) -> None:
    long = card.replace("author: Ada", f"author: {'A' * 20_000}")
    assert "the front matter is longer than 16384 characters; shorten it" in problems_of(long)[0]


LINKED = """\
tags: [knob, "step size"]
approvals:
  - by: ETH Zürich
    on: 2026-06-01
    link: https://ethz.ch/approved?card=1#top
sources: [{ title: "A \\e[31mpaper", link: "http://arxiv.org:80/abs/1" }]
videos: []
requires: ["""


def test_tags_approvals_and_links(card: str, checker: Check) -> None:
    parsed = parse(card.replace("requires: [", LINKED), PATH, checker)
    assert parsed.tags == ("knob", "step size")
    assert parsed.approvals == (
        Approval("ETH Zürich", date(2026, 6, 1), "https://ethz.ch/approved?card=1#top"),
    )
    assert parsed.sources == (Link("A paper", "http://arxiv.org:80/abs/1"),)
    assert (parsed.videos, parsed.requires) == ((), ("slopes",))


@pytest.mark.parametrize(
    "link",
    [
        "ftp://a.org",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://good.org@evil.org",
        "https://a.org/ b",
        "https://bücher.de",
        "HTTPS://a.org",
        "https://a.org:x",
        "https://a.org/" + "a" * 500,
    ],
)
def test_links_that_are_refused(card: str, problems_of: ProblemsOf, link: str) -> None:
    (problem,) = problems_of(card.replace("requires:", f'videos: [{{ title: A, link: "{link}" }}]\nrequires:'))
    assert "is no address of a page; write http:// or https://" in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    "value",
    [
        "[" * 8000,
        "[[[[[[[a]]]]]]]",
        "&a [*a]\nx: *a",
        "{a: " * 3000,
        "!!python/object/apply:os.system [ls]",
        '"\\UFFFFFFFF"',
        '"\\U00110000"',
        "!!int x",
        "? x",
        "'",
    ],
)
def test_hostile_yaml_is_a_problem(card: str, problems_of: ProblemsOf, value: str) -> None:
    problems = problems_of(card.replace("Ada", value))
    assert problems
    assert all(len(problem) < 500 and "\n" not in problem for problem in problems)


def test_a_problem_is_one_safe_line_whatever_it_quotes(checker: Check) -> None:
    with pytest.raises(DeckFileError) as caught:
        parse("\x1b[31m# \u202e" + "x" * 100_000, Path("a\x1b[2J\nb/\udcffc.md"), checker)
    for line in str(caught.value).split("\n"):
        assert line.startswith("a b/c.md:1:1: ")
        assert line.isprintable()
        assert len(line) < 500
