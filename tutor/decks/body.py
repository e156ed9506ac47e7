"""The Markdown of a card as blocks with their lines: a lesson, then questions below ``## Tasks``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from tutor.decks.clean import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from tutor.decks.model import Problems

# Only blocks are parsed, so that texts stay as they are written, with their $maths$ and [links].
_MARKDOWN = MarkdownIt("commonmark").disable(["inline", "text_join", "reference", "lheading"])
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_NAMES = {
    "paragraph": "a paragraph",
    "bullet_list": "a list",
    "ordered_list": "a numbered list",
    "blockquote": "a quotation",
    "fence": "a code block",
    "code_block": "an indented code block",
    "html_block": "HTML",
    "hr": "a rule",
}


class Node(NamedTuple):  # there are hundreds to a card, and a dataclass takes twice as long to make
    """A block of Markdown, with the blocks in it."""

    type: str
    tag: str
    line: int
    """Of the file, on which it begins."""
    info: str
    content: str
    children: list[Node]


@dataclass(frozen=True)
class Section:
    """A question's heading, with its Pandoc attributes (``### Title {#id .kind}``), and the blocks below it."""

    title: str
    attributes: str
    line: int
    column: int
    """Where the attributes begin, or could."""
    blocks: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """A card's blocks, sorted by what they are part of."""

    lesson: list[Node] = field(default_factory=list)
    questions: list[Section] = field(default_factory=list)


def text_of(node: Node) -> str:
    """Return the source of a paragraph or heading, its lines joined by blanks."""
    return " ".join(line.strip() for child in node.children for line in child.content.split("\n"))


def reads_as_paragraph(text: str) -> bool:
    """Whether a line of Markdown is a plain paragraph, rather than a list, a heading or the like."""
    return [node.type for node in _tree(_MARKDOWN.parse(text))] == ["paragraph"]


def misplaced(node: Node, where: str, mend: str, problems: Problems) -> None:
    """Note a block that cannot stand ``where`` it does."""
    problems.add(node.line, f"{_NAMES.get(node.type, node.type)} has no place {where}; {mend}")


def outline(lines: Sequence[str], problems: Problems) -> Outline:
    """Sort the blocks in the file's ``lines``, those of its front matter being empty."""
    card = Outline()
    preamble: list[Node] = []
    in_tasks = False
    below = card.lesson
    for node in _tree(_MARKDOWN.parse("\n".join(lines))):
        if node.type != "heading":
            below.append(node)
            continue
        section = _section(node, lines)
        if node.tag == "h2" and section.title == "Tasks":
            in_tasks, below = True, preamble
        elif node.tag == "h3" and in_tasks:
            card.questions.append(section)
            below = section.blocks
        else:
            mend = "move it below '## Tasks'" if node.tag == "h3" else "remove it"
            problems.add(section.line, f"heading '{section.title}' has no place here; {mend}")
            in_tasks, below = in_tasks and node.tag != "h2", []
    for node in preamble:
        misplaced(node, "above the first question", "move it below the heading of a question", problems)
    return card


def _tree(tokens: Iterable[Token]) -> list[Node]:
    """Return the outermost blocks; markdown-it's own tree is slower, and its cycles wait to be collected."""
    top: list[Node] = []
    open_ = [top]
    for token in tokens:
        if token.nesting < 0:
            open_.pop()
            continue
        line = token.map[0] + 1 if token.map else 1
        node = Node(token.type.removesuffix("_open"), token.tag, line, token.info, token.content, [])
        open_[-1].append(node)
        if token.nesting > 0:
            open_.append(node.children)
    return top


def _section(heading: Node, lines: Sequence[str]) -> Section:
    text, line = text_of(heading), heading.line
    attributes = _ATTRIBUTES.search(text)
    title = text[: attributes.start()].rstrip() if attributes else text
    found = attributes[0] if attributes else ""
    written = lines[line - 1].rstrip()
    return Section(shorten(title), found, line, (written.rfind(found) if found else len(written)) + 1)
