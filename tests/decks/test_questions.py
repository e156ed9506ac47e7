"""What is wrong with a question, and the ones that are drawn."""

from __future__ import annotations

import pytest

from tests.decks.told import PATH, Check, ProblemsOf, told
from tutor.decks.model import Block
from tutor.decks.parse import parse

# Each case spoils the good card: what is replaced, by what, and the problems' lines, as ``told`` takes them.
CASES = {
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
