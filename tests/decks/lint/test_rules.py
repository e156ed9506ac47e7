"""Each rule finds what it is for, in the first card spoilt, and says where it is and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.decks.lint import lint
from tutor.decks.lint.rules import OF_CARDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLAIN = "The idea is a plain one, and it is told in plain words. "
HARD = (
    "Hyperparameter sensitivity notwithstanding, practitioners systematically underestimate regularisation "
    "interactions whenever architectures incorporate normalisation alongside adaptive preconditioning methods. "
)


def ruled(fence: str, settings: Mapping[str, object]) -> None:
    """Every experiment can run."""


def findings(path: Path, spoil: Mapping[str, str]) -> list[str]:
    source = path.read_text("utf-8")
    for old, new in spoil.items():
        assert old in source, old
        source = source.replace(old, new)
    path.write_text(source, "utf-8")
    return [str(finding) for finding in lint([path], ruled)]


def test_there_is_nothing_to_mend_in_the_first_card(good: Path) -> None:
    assert findings(good, {}) == []


JUMP, SLIDE = (
    "jump from wall to wall, oscillating or diverging",
    "slide along the valley floor as before, only faster",
)

CASES: Mapping[str, tuple[Mapping[str, str], str]] = {
    "reading-level": (
        {"Practitioners rarely keep": f"{HARD * 7}Practitioners rarely keep"},
        (
            "38:1: the lesson is hard to read (LIX 68, at most 50); "
            "write shorter sentences and words, first in "
            "'Hyperparameter sensitivity notwithstand…'"
        ),
    ),
    "card-length": (
        {
            f"{word} ": f"{PLAIN * 12}{word} "
            for word in ["The learning", "Picture", "Practitioners", "On MNIST-scale"]
        },
        "1:1: the lesson has 824 words; split the card, at most 700 to one",
    ),
    "paragraph-length": (
        {"Practitioners rarely": f"{PLAIN * 6}Practitioners rarely"},
        "38:1: the paragraph has 131 words, more than 110; split it, or leave out what no question needs",
    ),
    "option-length": (
        {JUMP: f"{JUMP}, or else {JUMP}, or else {JUMP}", SLIDE: f"{SLIDE}, or else {SLIDE}"},
        "71:7: the option has 164 characters; keep it to 140, and put the rest into its explanation",
    ),
    "explanation-length": (
        {"That is a schedule.": f"{PLAIN * 6}That is a schedule."},
        "100:3: the explanation has 96 words, more than 70; say why in two or three sentences",
    ),
    "hint-length": (
        {"Think of the very first step": f"{PLAIN * 4}Think of the very first step"},
        "151:4: the hint has 71 words, more than 50; split it into two hints",
    ),
    "few-hints": (
        {"2. Which of these looks at the loss ahead before it moves, and which only look": "And look"},
        "94:1: the question has 1 hint; write 2 or more, the mildest first",
    ),
    "hint-answers": (
        {"2. On a steep wall": f"2. They {JUMP}, or not? On a steep wall"},
        (
            "80:4: the hint gives the answer 'jump from wall to wall, oscillating or …'; "
            "ask what leads to it instead"
        ),
    ),
    "longest-option": (
        {JUMP: f"{JUMP} in a way that grows and grows"},
        (
            "71:7: the right option is much the longest (78 characters, the next 51); "
            "shorten it, or say as much in the others"
        ),
    ),
    "of-the-above": (
        {"stop early, at a poor point on the valley floor": "none of the above"},
        "67:7: an option says 'none of the above'; write one that stands alone, or make the question .multi",
    ),
    "always-never": (
        {SLIDE: f"always {SLIDE}", "stop early, at": "never stop early, at"},
        "63:7: 2 wrong options say always or never, and the right one does not; tone them down",
    ),
    "only-precise": (
        {JUMP: "jump from wall to wall above $2/L$"},
        (
            "71:7: only the right option holds a number or a formula; "
            "give the others one as well, or say it in words"
        ),
    ),
    "same-option": (
        {"stop early, at a poor point on the valley floor": SLIDE.upper() + "."},
        "67:7: two options say 'SLIDE ALONG THE VALLEY FLOOR AS BEFORE,…'; change or remove one",
    ),
    "no-source": (
        {"Practitioners rarely keep": "With it 93.6 % are right. Practitioners rarely keep"},
        (
            "38:1: the card says '93.6 %', but names no source; "
            'add it: sources: [{ title: "…", link: "https://…" }]'
        ),
    ),
    "not-asked": (
        {"## Tasks": "One more.\n\n## Tasks"},
        "57:1: no question quotes the paragraph 'One more.'; ask about it, or leave it out",
    ),
    "passage-twice": (
        {"Practitioners rarely": "Learning-rate schedules decay or warm up the step size; They rarely"},
        (
            "153:3: the passage 'Learning-rate schedules decay or warm u…' stands in the card 2 times; "
            "quote more of it"
        ),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule(good: Path, rule: str) -> None:
    spoil, finding = CASES[rule]
    assert f"knobs/learning-rate.md:{finding} [{rule}]" in findings(good, spoil)


def test_every_rule_is_tested() -> None:
    assert CASES.keys() | {"same-position"} == OF_CARDS.keys()


def test_a_card_without_experiment_where_the_others_have_one(good: Path) -> None:
    source = good.read_text("utf-8")
    head, *parts = source.split("```experiment")
    plain = head + "".join(part.partition("```\n")[2] for part in parts)

    def another(name: str, text: str) -> None:
        named = text.replace("id: learning-rate", f"id: {name}").replace("{#", f"{{#{name}-")
        good.with_name(f"{name}.md").write_text(named, "utf-8")

    def found() -> list[str]:
        return [str(each) for each in lint([good.parent], ruled) if each.rule == "no-experiment"]

    another("plain", plain[: plain.index("### Question 5")])
    assert found() == []  # a deck on another subject has few or none
    another("third", source)
    assert found() == [
        (
            "decks/knobs:1:1: most cards have an experiment, but not plain; "
            "add an ```experiment block below a paragraph that it shows [no-experiment]"
        )
    ]


def test_among_short_options_none_stands_out(good: Path) -> None:
    short = {JUMP: "16 steps", SLIDE: "5 steps", "stop moving altogether": "4"}
    source = good.read_text("utf-8")
    assert "longest-option" not in "".join(findings(good, {k: v for k, v in short.items() if k in source}))


def test_the_right_option_always_in_the_same_place(good: Path) -> None:
    source = good.read_text("utf-8")
    start = source.index("### Question 2")
    first = source[source.index("### Question 1") : start]
    source = (
        source[:start] + "".join(first.replace("narrow-valley", f"other-{n}") for n in "ab") + source[start:]
    )
    good.write_text(source[: source.index("### Question 2")].replace("{#batch", "{#x"), "utf-8")
    assert "the right option is number 3 in all 3 questions; move some of them [same-position]" in "\n".join(
        map(str, lint([good], ruled))
    )


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("{#q .number}\n\nHow many?\n\n- [x] 69 steps\n\n  Counted.\n", "It is a little more than 68."),
        ("{#q .cloze}\n\nThe ___ is.\n\n- [x] step size | η\n\n  So.\n", "Think of the Step Size again."),
        (
            "{#q .recall}\n\nWhy?\n\n- [x] noise limits small batches\n\n  So.\n",
            "Small batches: the noise limits them.",
        ),
    ],
)
def test_hints_that_answer_other_kinds(good: Path, question: str, hint: str) -> None:
    passage = "> Learning-rate schedules decay or warm up the step size;\n"
    source = good.read_text("utf-8")
    harmless = f"{source}\n### Last {question}\n1. Look.\n2. Think of 12 things.\n\n{passage}"
    assert findings(good, {source: harmless}) == []
    (finding,) = findings(good, {"Think of 12 things.": hint})
    assert "the hint gives the answer" in finding
