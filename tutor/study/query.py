"""The line that a learner types to find something: words, "phrases", and filters such as ``is:due``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILTERS = ("topic", "difficulty", "tag", "is", "deck")

_PART = re.compile(
    rf"(?P<filter>{'|'.join(FILTERS)}):(?:\"(?P<quoted>[^\"]*)\"?|(?P<value>\S*))"
    r"|\"(?P<phrase>[^\"]*)(?P<closed>\"?)|(?P<word>\S+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """What is looked for; without terms, every card that the filters let through."""

    terms: tuple[str, ...] = ()
    """Words and phrases, all of which have to be there."""
    prefix: bool = True
    """Whether the last term may go on: a phrase that was closed may not."""
    filters: tuple[tuple[str, str], ...] = ()
    """Names of filters, each with the beginning of a value; of several with one name any will do."""


class Choice(NamedTuple):
    """A value that the filter at the end of the line can take, and the line with it."""

    value: str
    line: str


def parse(line: str) -> Query:
    """Read a line; any line makes sense. A filter that has no value yet is passed over."""
    terms: list[str] = []
    filters: list[tuple[str, str]] = []
    prefix = True
    for part in _PART.finditer(line):
        if part["filter"]:
            value = part["value"] if part["quoted"] is None else part["quoted"]
            if value:
                filters.append((part["filter"].lower(), value))
        elif part["word"] or part["phrase"]:
            terms.append(part["word"] or part["phrase"])
            prefix = not part["closed"]
    return Query(tuple(terms), prefix, tuple(filters))


def choices(line: str, values: Mapping[str, Sequence[str]]) -> list[Choice]:
    """Return how the filter at the end of the line may go on, if there is one; ``values`` are all there are."""
    parts = list(_PART.finditer(line))
    if not parts or parts[-1].end() < len(line):
        return []
    last = parts[-1]
    before = line[: last.start()]
    if not last["filter"]:
        names = [name for name in FILTERS if last["word"] and name.startswith(last["word"].lower())]
        return [Choice(f"{name}:", f"{before}{name}:") for name in names]
    name = last["filter"].lower()
    typed = last["value"] if last["quoted"] is None else last["quoted"]
    return [Choice(value, f"{before}{written(name, value)} ") for value in fitting(typed, values[name])]


def fitting(typed: str, values: Sequence[str]) -> list[str]:
    """Return the values that begin as ``typed``, whatever the case; if there is one that is just so, that."""
    folded = typed.casefold()
    same = [value for value in values if value.casefold() == folded]
    return same or [value for value in values if value.casefold().startswith(folded)]


def written(name: str, value: str) -> str:
    """Return a filter as it is typed."""
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
