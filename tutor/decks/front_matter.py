"""The YAML between the first two ``---`` of a card's file.

YAML is only composed into nodes, never constructed into objects: no tag can do anything, and every value
keeps its line. Anchors, aliases and repeated keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import yaml

from tutor.decks.clean import one_line, shorten
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.decks.model import Problems

FENCE = "---"
MAX_CHARACTERS = 16_384
IDENTIFIER = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_TEXT = "tag:yaml.org,2002:str"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class FrontMatter:
    """The keys of a card's front matter; those without a default are required."""

    id: str
    title: str
    topic: str
    difficulty: str
    author: str
    created: datetime
    approvals: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()


KEYS = [field.name for field in fields(FrontMatter)]
REQUIRED = [field.name for field in fields(FrontMatter) if field.default is MISSING]


def extent(lines: Sequence[str], problems: Problems) -> int:
    """Count the lines of the file that are front matter, fences included; 0, and a problem, if none are.

    Raises DeckFileError if it does not end, since nothing can be told of the rest then.
    """
    if lines[0].rstrip() != FENCE:
        problems.add(1, f"no front matter; begin with '---', the keys {', '.join(REQUIRED)} and '---'")
        return 0
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            return number
    problems.add(1, "the front matter does not end; add a line '---' below its last key")
    raise problems.error()


def front_matter(lines: Sequence[str], problems: Problems) -> FrontMatter | None:
    """Return the values in ``lines``, which are the front matter, noting what is wrong with them."""
    root = _root("\n".join(lines[1:-1]), problems)
    if root is None:
        return None
    keys = _Keys(_entries(root, problems), problems)
    return FrontMatter(
        id=keys.identifier("id"),
        title=keys.text("title"),
        topic=keys.text("topic"),
        difficulty=keys.text("difficulty"),
        author=keys.text("author"),
        created=keys.time("created"),
        approvals=keys.texts("approvals"),
        requires=keys.texts("requires"),
        related=keys.texts("related"),
        videos=keys.texts("videos"),
    )


class _Loader(yaml.SafeLoader):
    """Composes plain trees only: an alias could make a small file a huge one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="anchors are not allowed", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _line(node: yaml.Node) -> int:
    """Return the node's line in the file, whose first line is the fence."""
    return int(node.start_mark.line) + 2


def _word(node: yaml.Node) -> str:
    """Return a scalar as it is written, whatever its type; nothing for a list or a mapping."""
    return one_line(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _root(source: str, problems: Problems) -> yaml.MappingNode | None:
    """Return the YAML in ``source``; None, and a problem, if it is broken or holds no keys."""
    if len(source) > MAX_CHARACTERS:
        problems.add(1, f"the front matter is longer than {MAX_CHARACTERS} characters; shorten it")
        return None
    try:
        root = yaml.compose(source, Loader=_Loader)
    except RecursionError:
        problems.add(1, "the front matter is nested too deeply; its values are texts and lists of texts")
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the latter two: escapes beyond Unicode
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "a character that YAML does not know"
        mend = "write 'key: value', and put a text that holds : # & or * in quotes"
        problems.add(mark.line + 2 if mark else 1, f"broken YAML ({what}); {mend}")
        return None
    if not isinstance(root, yaml.MappingNode):
        problems.add(1, "the front matter holds no keys; write one 'key: value' a line")
        return None
    return root


def _entries(root: yaml.MappingNode, problems: Problems) -> dict[str, yaml.Node]:
    """Return the values of the known keys."""
    entries: dict[str, yaml.Node] = {}
    for key, value in root.value:
        name = shorten(_word(key))
        if name not in KEYS:
            problems.add(_line(key), f"{unknown('key', name, KEYS)}; mend or remove it")
        elif name in entries:
            problems.add(_line(key), f"key '{name}' is given twice; remove one of them")
        else:
            entries[name] = value
    return entries


class _Keys:
    """Reads values by key and type; what is missing or wrong is noted, and read as an empty value."""

    def __init__(self, entries: dict[str, yaml.Node], problems: Problems):
        self._entries = entries
        self._problems = problems

    def text(self, key: str) -> str:
        node = self._required(key, f'"some {key}"')
        return self._scalar(key, node) if node else ""

    def identifier(self, key: str) -> str:
        node = self._required(key, "some-id")
        text = self._scalar(key, node) if node else ""
        if node and text and not re.fullmatch(IDENTIFIER, text):
            mend = "use lower-case letters and digits, with single hyphens between"
            self._problems.add(_line(node), f"{key} '{shorten(text)}' is no id; {mend}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        node = self._entries.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._problems.add(_line(node), f'{key} should be a list; write {key}: ["…", "…"], or [] for none')
            return ()
        return tuple(self._scalar(f"an entry of {key}", entry) for entry in node.value)

    def time(self, key: str) -> datetime:
        node = self._required(key, "2026-06-01T06:20:00Z")
        if node is None:
            return _NEVER
        try:
            time = datetime.fromisoformat(_word(node))
            return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):  # OverflowError: before the year 1 or after 9999 in UTC
            self._problems.add(_line(node), f"{key} is no date and time; write it as 2026-06-01T06:20:00Z")
            return _NEVER

    def _required(self, key: str, example: str) -> yaml.Node | None:
        node = self._entries.get(key)
        if node is None:
            self._problems.add(1, f"the front matter has no {key}; add a line '{key}: {example}'")
        return node

    def _scalar(self, what: str, node: yaml.Node) -> str:
        text = _word(node) if node.tag == _TEXT else ""
        if not text:
            self._problems.add(_line(node), f'{what} should be text; put it in quotes: "…"')
        return text
