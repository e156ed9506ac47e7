"""Spoilt card files: read, or refused with problems; never a traceback or a control character."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.decks.export import card_json
from tutor.decks.lint import lint, write_ids
from tutor.decks.load import load_card
from tutor.decks.maths import typeset
from tutor.decks.model import DeckFileError, Problem
from tutor.decks.parse import parse
from tutor.decks.read import read
from tutor.decks.write import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = (Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md").read_bytes()
SMALL = """\
---
id: step-size
title: "Step size: a knob"
topic: Optimisation
difficulty: Beginner
author: Ada
created: 2026-06-01T06:20:00Z
tags: [knob, "step"]
approvals: [{ by: "ETH", on: 2026-06-01, link: "https://ethz.ch/x" }]
sources:
  - { title: A paper, link: "https://arxiv.org/abs/1" }
requires: [slopes]
---

The rate $\\eta$ scales the step.

```experiment
kind = "descent"
param = { kappa = 2 }
```

## Tasks

### One {#one}

What?

- [x] crawl

  So.

- [ ] bounce

  No.

1. Read.

> The rate

### Two {#two .number}

How much is $2^{-1}$?

- [x] 0.5 m ± 5 %

  So.

- [ ] 2

  No.

1. Halve.

> the step.

### Three {#three .cloze}

The ___ scales.

- [x] rate | $\\eta$

  So.

1. Read.

> scales

### Four {#four .predict}

Guess.

```predict
kind = "verdict"
rates = [0.1, 1.0]
```

1. Look.

> The rate
""".encode()
MUTANTS = 10_000
ALARMING = [
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\0",
    "\r",
    "\x0b",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\\u001b",
    "\\e",
]
MARKS = [
    "---",
    "- ",
    "> ",
    "```",
    "```experiment\n",
    "### ",
    "## Tasks\n",
    "[x]",
    "{#",
    "}",
    "$",
    ":",
    "&a ",
    "*a",
    "!!",
    '"',
    "\t",
    "    ",
    "\n",
]


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def delete_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    del lines[start : start + chance.randint(1, 8)]
    return b"".join(lines)


def repeat_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    lines[start:start] = lines[chance.randrange(len(lines)) :][: chance.randint(1, 40)]
    return b"".join(lines)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def insert(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(content))
        content = content[:place] + chance.choice(ALARMING + MARKS).encode() + content[place:]
    return content


MUTATIONS = [flip_bytes, delete_lines, repeat_lines, cut, insert, insert]


def texts_in(value: object) -> Iterator[str]:
    """Every text that a front end could show."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from texts_in(key)
            yield from texts_in(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from texts_in(entry)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


_DANGEROUS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and newline, and what turns the direction of writing."""


@lru_cache(maxsize=10_000)
def is_safe(text: str) -> bool:
    """Whether a text may be shown, as it is and typeset; most mutants of a card have most of its texts."""
    return not _DANGEROUS.search(text) and not _DANGEROUS.search(typeset(text))


def check_reading(path: Path, content: bytes | None = None) -> bool:
    """Read the file, or content that is quicker than one; whether there is a card in it."""
    problems: tuple[Problem, ...] = ()
    texts: list[str] = []
    try:
        text = read(path) if content is None else content.decode(errors="replace")
        card = parse(text, path, lambda *_: None)
        texts = list(texts_in([card, card_json(card)]))
    except DeckFileError as error:
        problems = error.problems
    assert bool(texts) != bool(problems)
    assert all(map(is_safe, texts))
    assert all(str(problem).isprintable() and problem.line >= 1 for problem in problems)
    return bool(texts)


def mutant(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 2)):
        content = chance.choice(MUTATIONS)(content or b"-", chance)
    return content


def test_many_mutated_cards() -> None:
    chance = random.Random(20261123)
    cards = sum(check_reading(Path("knobs/card.md"), mutant(SMALL, chance)) for _ in range(MUTANTS))
    assert MUTANTS / 20 < cards < MUTANTS * 19 / 20  # the mutations are neither too mild nor too wild


def test_mutated_files(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    path = tmp_path / "card.md"
    outcomes = set()
    for _ in range(300):
        path.write_bytes(mutant(SOURCE, chance))
        outcomes.add(check_reading(path))
    assert outcomes == {True, False}


def test_mutated_cards_are_linted_written_and_given_ids(tmp_path: Path) -> None:
    chance = random.Random(1)
    for number in range(150):
        (tmp_path / f"{number}.md").write_bytes(mutant(SMALL, chance))
    findings = lint([tmp_path], lambda *_: None)
    assert len(findings) > 150
    assert all(str(finding).isprintable() for finding in findings)
    for path in tmp_path.glob("*.md"):
        with suppress(DeckFileError):
            write_ids(path)
        with suppress(DeckFileError):
            card = load_card(path, lambda *_: None)
            assert parse(write(card), path, lambda *_: None).id == card.id


PIECES = st.lists(
    st.sampled_from(ALARMING + MARKS + ["text ", "id: a\n", "1. ", "\n\n", "a = 1\n", "["]), max_size=40
).map("".join)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(front=PIECES, body=PIECES, good=st.booleans())
def test_generated_cards(tmp_path: Path, card: str, front: str, body: str, good: bool) -> None:
    path = tmp_path / "card.md"
    head = card.split("---\n\n", 1)[0] if good else f"---\n{front}\n"
    path.write_bytes(f"{head}---\n\n{body}\n\n{card.split('---', 2)[2]}".encode("utf-8", "surrogatepass"))
    check_reading(path)


@pytest.mark.parametrize(
    "line",
    [
        "> ",
        "- ",
        "1. ",
        "# a",
        "    a",
        "```",
        "### a {#a}",
        "- [ ] a",
        "<div",
        "| a | b |",
        "a: [",
        "\\",
        "*_`[!",
    ],
)
def test_long_hostile_bodies_take_no_long_time(
    card: str, problems_of: Callable[[str], list[str]], line: str
) -> None:
    assert len(problems_of(f"{card}\n" + f"{line * 20}\n" * 5000)) <= 50  # quadratic time would be minutes
