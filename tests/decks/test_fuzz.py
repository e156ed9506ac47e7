"""Spoilt card files: read, or refused with problems; never a traceback or a control character."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.decks.export import card_json
from tutor.decks.load import load_card
from tutor.decks.maths import typeset
from tutor.decks.model import DeckFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = (Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md").read_bytes()
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


def is_safe(text: str) -> bool:
    return not any(
        (unicodedata.category(character) == "Cc" and character not in "\n\t")
        or unicodedata.bidirectional(character)
        in {"LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for character in text
    )


def check_reading(path: Path) -> bool:
    """Read the file; whether there is a card in it."""
    problems: tuple[Problem, ...] = ()
    texts: list[str] = []
    try:
        card = load_card(path, lambda *_: None)
        texts = list(texts_in([card, card_json(card)]))
    except DeckFileError as error:
        problems = error.problems
    assert bool(texts) != bool(problems)
    assert all(is_safe(text) and is_safe(typeset(text)) for text in texts)
    assert all(str(problem).isprintable() and problem.line >= 1 for problem in problems)
    return bool(texts)


def test_mutated_cards(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    path = tmp_path / "card.md"
    outcomes = set()
    for _ in range(300):
        content = SOURCE
        for _ in range(chance.randint(1, 3)):
            content = chance.choice(MUTATIONS)(content or b"-", chance)
        path.write_bytes(content)
        outcomes.add(check_reading(path))
    assert outcomes == {True, False}  # the mutations are neither too mild nor too wild


PIECES = st.lists(
    st.sampled_from(ALARMING + MARKS + ["text ", "id: a\n", "1. ", "\n\n", "a = 1\n", "["]), max_size=40
).map("".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
