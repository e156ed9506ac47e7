"""YAML as a tree of nodes with their places in the file.

YAML is never constructed into objects: no tag can do anything, and every value keeps its line and column. The
tree is put together from the parser's events (of libyaml, where PyYAML has it), so that neither deep nesting
nor an alias can make a small file a large one. Anchors, aliases and repeated keys are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from tutor.decks.clean import one_line, shorten
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Collection

    from tutor.decks.model import Problems

_MAX_CHARACTERS = 16_384
_MAX_NESTING = 5
_FIRST_LINE = 2
"""Of the YAML in its file: the line behind the fence."""

_TEXT = "tag:yaml.org,2002:str"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """A value and where it begins in the file."""

    line: int
    column: int
    word: str = ""
    """A scalar as it is written, whatever its type; nothing for a list or a mapping."""
    is_text: bool = False
    is_list: bool = False
    is_mapping: bool = False
    held: list[Node] = field(default_factory=list)
    """The entries of a list; the keys and values of a mapping, in turn."""


def entries(mapping: Node, known: Collection[str], problems: Problems) -> dict[str, Node] | None:
    """Return the values of a mapping's ``known`` keys, noting others and repeated ones; None if it is none."""
    if not mapping.is_mapping:
        return None
    found: dict[str, Node] = {}
    for key, value in zip(mapping.held[::2], mapping.held[1::2], strict=True):
        name = shorten(key.word)
        if name not in known:
            problems.add(key.line, f"{unknown('key', name, known)}; mend or remove it", key.column)
        elif name in found:
            problems.add(key.line, f"key '{name}' is given twice; remove one of them", key.column)
        else:
            found[name] = value
    return found


def compose(source: str, problems: Problems) -> Node | None:
    """Return the mapping in a front matter's ``source``; None, and a problem, if there is no whole one."""
    if len(source) > _MAX_CHARACTERS:
        problems.add(1, f"the front matter is longer than {_MAX_CHARACTERS} characters; shorten it")
        return None
    try:
        root = _tree(source)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the latter two: escapes beyond Unicode
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "a character that YAML does not know"
        mend = "write 'key: value', and put a text that holds : # & or * in quotes"
        line, column = (mark.line + _FIRST_LINE, mark.column + 1) if mark else (1, 1)
        problems.add(line, f"broken YAML ({what}); {mend}", column)
        return None
    if root is None or not root.is_mapping:
        problems.add(1, "the front matter holds no keys; write one 'key: value' a line")
        return None
    return root


def _tree(source: str) -> Node | None:
    """Return the document's root."""
    loader = _Loader(source)
    root: Node | None = None
    open_: list[Node] = []
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            if getattr(event, "anchor", None) is not None:
                raise _fault("anchors are not allowed", event)
            if isinstance(event, yaml.CollectionStartEvent):
                if len(open_) == _MAX_NESTING:
                    raise _fault("nested too deeply", event)
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                open_.append(Node(*_place(event), is_list=not is_mapping, is_mapping=is_mapping))
            elif isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent):
                node = _scalar(loader, event) if isinstance(event, yaml.ScalarEvent) else open_.pop()
                if open_:
                    open_[-1].held.append(node)
                elif root:
                    raise _fault("a second document", event)
                else:
                    root = node
    finally:
        loader.dispose()
    return root


def _scalar(loader: Any, event: Any) -> Node:
    tag = event.tag or loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    return Node(*_place(event), one_line(event.value), tag == _TEXT)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + _FIRST_LINE, event.start_mark.column + 1


def _fault(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
