"""A card written as the Markdown file that reads back as it: ``parse(write(card))`` is the card again.

Its lines may be others, and it lies where it is put. A setting stands on one line, as authors write it, since
TOML's own writers spread lists and tables over many.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import yaml

from tutor.decks.body import reads_as_paragraph
from tutor.decks.fences import EXPERIMENT, PREDICT
from tutor.decks.front_matter import FENCE, KEYS
from tutor.decks.model import Option
from tutor.decks.numbers import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor.decks.model import Block, Card, Question

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_GUARD = "\N{NO-BREAK SPACE}"
"""Stands before a text that Markdown would take for a list or a heading; reading a text strips it."""


def write(card: Card) -> str:
    """Return the card as the text of a file."""
    blocks = [_front_matter(card)]
    for paragraph in card.paragraphs:
        blocks += _texts(paragraph.text)
        blocks += _fence(EXPERIMENT, paragraph.experiment)
    blocks.append("## Tasks")
    for number, question in enumerate(card.questions, start=1):
        blocks += _question(number, question)
    return "\n\n".join(blocks) + "\n"


def _front_matter(card: Card) -> str:
    values = {key: getattr(card, key) for key in KEYS} | {"created": None}
    for key in ("approvals", "sources", "videos"):
        values[key] = [asdict(each) for each in values[key]]
    lines = [_yaml(key, list(value) if isinstance(value, tuple) else value) for key, value in values.items()]
    lines[KEYS.index("created")] = f"created: {card.created.isoformat().replace('+00:00', 'Z')}\n"
    return f"{FENCE}\n{''.join(lines)}{FENCE}"


def _yaml(key: str, value: object) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"), sort_keys=False)


def _question(number: int, question: Question) -> Iterator[str]:
    kind = "" if question.kind == "choice" else f" .{question.kind}"
    yield f"### Question {number} {{#{question.id}{kind}}}"
    yield from _texts(question.text)
    for option in _options(question):
        yield f"- [{'x' if option.right else ' '}] {option.text}"
        yield from _indented(2, _texts(option.explanation))
    yield from _fence(PREDICT, question.template)
    if question.hints:
        yield "\n".join(f"{place}. {_item(hint)}" for place, hint in enumerate(question.hints, start=1))
    yield f"> {_texts(question.passage)[0]}"
    yield from _fence(EXPERIMENT, question.experiment)


def _options(question: Question) -> Sequence[Option]:
    """Return the entries of the question's task list: a number that is asked for is one of them."""
    if not question.number:
        return question.options
    number = Option(write_number(question.number), right=True, explanation=question.number.explanation)
    return [number, *question.options]


def _item(hint: str) -> str:
    first, *others = _texts(hint)
    return "\n\n".join([first, *_indented(3, others)])


def _texts(text: str) -> list[str]:
    """Return the paragraphs in ``text``, each so that Markdown reads it as one."""
    return [each if reads_as_paragraph(each) else f"{_GUARD}{each}" for each in text.split("\n\n")]


def _indented(blanks: int, paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield f"{' ' * blanks}{paragraph}"


def _fence(name: str, block: Block | None) -> Iterator[str]:
    if block:
        lines = [f"{_key(name)} = {_toml(value)}" for name, value in block.settings.items()]
        yield "\n".join([f"```{name}", *lines, "```"])


def _toml(value: object) -> str:
    """Return a setting's value on one line."""
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)  # TOML's strings have the escapes of JSON's
        case bool():
            return str(value).lower()
        case dict():
            entries = ", ".join(f"{_key(key)} = {_toml(entry)}" for key, entry in value.items())
            return f"{{ {entries} }}" if entries else "{}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return str(value)  # numbers, and TOML's dates, which read back as they are shown


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
