"""Cards of any content, as hypothesis draws them."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from tutor.decks.clean import one_line
from tutor.decks.gaps import fillings
from tutor.decks.model import Approval, Block, Card, Link, Number, Option, Paragraph, Question

PATH = Path("knobs/any.md")

# What Markdown reads as a block where it begins a line, and YAML and TOML as something else than text.
_MARKS = """
- |* |+ |1. |2) |# |### |> |---|***|___ |```|~~~|<div>|<!-- |{#a}|[x] |[a]: b|===|: |$\\eta$|$5|η|true|null|1e5
|2026-06-01|&a|*a|!!int |%|@|"|'|,|{ a: 1 }| #|  |\\|\t|\xa0|é|👩‍🔬|words |of a text
"""
_PIECES = st.sampled_from(_MARKS.replace("\n", "").split("|"))
TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map("".join).map(str.strip).filter(bool)
"""A paragraph: one line without blanks around it."""
LINES = TEXTS.map(one_line).filter(bool)
"""A text with single blanks, as front matter and settings hold it."""
LONGER = st.lists(TEXTS, min_size=1, max_size=3).map("\n\n".join)
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
LINKS = st.builds(Link, LINES, st.sampled_from(["https://a.org", "http://b.org:80/c?d=e&f#g:'\"{}"]))
APPROVALS = st.builds(Approval, LINES, st.dates(), st.just("https://a.org/x"))

_SCALARS = (
    LINES
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.datetimes()
    | st.dates()
    | st.times()
)
_VALUES = _SCALARS | st.lists(_SCALARS, max_size=3) | st.dictionaries(LINES, _SCALARS, max_size=3)
BLOCKS = st.builds(Block, st.dictionaries(LINES | st.just("kind"), _VALUES, max_size=4), st.just(1))


def _options(
    right: int, wrong: int, texts: st.SearchStrategy[str] = TEXTS
) -> st.SearchStrategy[tuple[Option, ...]]:
    """So many options, in any order."""
    made = [st.builds(Option, texts, st.just(value), LONGER) for value in [True] * right + [False] * wrong]
    return st.tuples(*made).flatmap(lambda options: st.permutations(options).map(tuple))


@st.composite
def questions(draw: st.DrawFn, id_: str, paragraphs: list[Paragraph]) -> Question:
    """A question of any kind, on some words of a paragraph."""
    said = draw(st.sampled_from(paragraphs)).text
    passage = draw(st.sampled_from([said, said[: len(said) // 2].strip() or said, said.split()[-1]]))
    kind = draw(st.sampled_from(["choice", "multi", "number", "recall", "cloze", "predict"]))
    asked = Question(
        id=id_,
        kind=kind,
        text=draw(LONGER),
        options=(),
        hints=tuple(draw(st.lists(LONGER, min_size=1, max_size=3))),
        passage=passage,
        paragraph=next(n for n, each in enumerate(paragraphs) if passage in each.text),
        experiment=draw(st.none() | BLOCKS) if kind != "predict" else None,
        line=1,
        template=draw(BLOCKS) if kind == "predict" else None,
    )
    if kind == "number":
        value = draw(st.integers(1, 999).map(float) | st.sampled_from([0.02, -1.5, 6e-11, 1e15]))
        unit = draw(st.sampled_from(["", "steps", "%", "bits per word"]))
        number = Number(
            value, unit, draw(LONGER), draw(st.sampled_from([0.1, 0.05, 0.125])), draw(st.booleans())
        )
        slip = Option(f"{number.value * 3 + 7:g}", right=False, explanation=draw(LONGER))
        return replace(asked, number=number, options=draw(st.sampled_from([(), (slip,)])))
    if kind == "cloze":
        words = st.text(string.ascii_lowercase, min_size=1, max_size=8)
        right, wrong = draw(st.tuples(words, words).filter(lambda pair: pair[0] != pair[1]))
        options = [Option(f"{right} | {right}s", True, draw(LONGER)), Option(f"x{wrong}", False, draw(LONGER))]
        if f"x{wrong}" in fillings(options[0].text):
            options.pop()
        return replace(asked, text="The ___ is.", options=tuple(draw(st.permutations(options))))
    counts = {"choice": (1, 2), "multi": (2, 1), "recall": (1, 0), "predict": (0, 0)}[kind]
    return replace(asked, options=draw(_options(*counts)))


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """A card as ``parse`` could return it, but for the lines on which its parts stand."""
    paragraphs = draw(st.lists(st.builds(Paragraph, TEXTS, st.none() | BLOCKS), min_size=1, max_size=3))
    ids = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    texts = st.lists(LINES, max_size=2).map(tuple)
    return Card(
        id=draw(IDS),
        deck="knobs",
        title=draw(LINES),
        topic=draw(LINES),
        difficulty=draw(LINES),
        author=draw(LINES),
        created=draw(st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        tags=draw(texts),
        approvals=draw(st.lists(APPROVALS, max_size=2).map(tuple)),
        requires=draw(texts),
        related=draw(texts),
        sources=draw(st.lists(LINKS, max_size=2).map(tuple)),
        videos=draw(st.lists(LINKS, max_size=2).map(tuple)),
        paragraphs=tuple(paragraphs),
        questions=tuple(draw(questions(each, paragraphs)) for each in ids),
        path=PATH,
    )
