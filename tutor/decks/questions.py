"""A question: its text, options or template, hints, passage and experiment, in Markdown's own blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.decks.body import Section, misplaced, text_of
from tutor.decks.clean import shorten
from tutor.decks.fences import EXPERIMENT, PREDICT, block, name_of
from tutor.decks.keys import IDENTIFIER
from tutor.decks.kinds import KINDS, Written, number_in
from tutor.decks.model import Check, Option, Paragraph, Problems, Question
from tutor.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.decks.body import Node

MAX_ENTRIES = 9
"""Of options and of hints: an option is chosen with one digit."""

_ATTRIBUTES = re.compile(rf"\{{#(?P<id>{IDENTIFIER})(?:\s+\.(?P<kind>{IDENTIFIER}))?\s*\}}")
_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")


def question(section: Section, paragraphs: Sequence[Paragraph], check: Check, problems: Problems) -> Question:
    """Return the question in ``section``, as far as it can be read, noting what is wrong with it."""
    parts = _parts(section, problems)
    identifier, kind = _attributes(section, problems)
    options = [_option(item, problems) for part in parts["bullet_list"] for item in part.children]
    hints = [_text(item, problems) for part in parts["ordered_list"] for item in part.children]
    passage = "".join(_text(part, problems) for part in parts["blockquote"][:1])
    paragraph = next((index for index, candidate in enumerate(paragraphs) if passage in candidate.text), None)
    blocks = [block(part, (EXPERIMENT, PREDICT), check, problems) for part in parts["fence"]]
    fences = [name_of(part) for part in parts["fence"]]
    of = dict(zip(reversed(fences), reversed(blocks), strict=True))

    def note(what: str, line: int = section.line) -> None:
        problems.add(line, f"question '{section.title}' {what}")

    if not parts["paragraph"]:
        note("has no text; write it below the heading")
    text = "\n\n".join(map(text_of, parts["paragraph"]))
    for what in KINDS[kind](Written(text, options, fences)) if kind in KINDS else ():
        note(what)
    if not hints:
        note("has no hints; add a numbered list: 1. …")
    if not all(hints):
        note("has an empty hint; write it or remove it")
    if max(len(options), len(hints)) > MAX_ENTRIES:
        note(f"has more than {MAX_ENTRIES} options or hints; remove some")
    if not passage:
        note("has no passage; quote the words of the card that it comes from: > …")
    elif paragraph is None:
        what = f"quotes '{shorten(passage)}', which no paragraph of the card holds; copy it word for word"
        note(what, parts["blockquote"][0].line)
    repeated = [part for n, part in enumerate(parts["fence"]) if fences[n] in fences[:n]]
    for extra in parts["blockquote"][1:] + repeated:
        note("has a second passage or block; leave one of each", extra.line)

    number = number_in(kind, options)
    return Question(
        id=identifier,
        kind=kind,
        text=text,
        options=tuple(option for option in options if not (number and option.right)),
        hints=tuple(hints),
        passage=passage,
        paragraph=paragraph or 0,
        experiment=of.get(EXPERIMENT),
        line=section.line,
        template=of.get(PREDICT),
        number=number,
    )


def _parts(section: Section, problems: Problems) -> dict[str, list[Node]]:
    """Sort the section's blocks by type."""
    parts: dict[str, list[Node]] = {
        "paragraph": [],
        "bullet_list": [],
        "ordered_list": [],
        "blockquote": [],
        "fence": [],
    }
    for node in section.blocks:
        if node.type not in parts:
            misplaced(node, "in a question", "remove it", problems)
        elif node.type == "paragraph" and parts["bullet_list"]:
            misplaced(node, "below the options", "indent an explanation as far as its option's text", problems)
        else:
            parts[node.type].append(node)
    return parts


def _attributes(section: Section, problems: Problems) -> tuple[str, str]:
    """Return the question's id and kind, from its heading's attributes."""
    match = _ATTRIBUTES.fullmatch(section.attributes)
    if not match:
        what = (
            f"attributes '{shorten(section.attributes)}' that cannot be read" if section.attributes else "no id"
        )
        mend = f"### {section.title} {{#some-id}}"
        message = f"question '{section.title}' has {what}; add one to its heading: {mend}"
        problems.add(section.line, message, section.column)
        return "", "choice"
    kind = match["kind"] or "choice"
    if kind not in KINDS:
        what = f"question '{section.title}': {unknown('kind', shorten(kind), KINDS)}"
        problems.add(section.line, what, section.column + match.start("kind"))
    return match["id"], kind


def _text(parent: Node, problems: Problems) -> str:
    """Return the paragraphs of a list item or a quotation."""
    for node in parent.children:
        if node.type != "paragraph":
            misplaced(node, "in a list or quotation", "write plain paragraphs", problems)
    return "\n\n".join(text_of(node) for node in parent.children if node.type == "paragraph")


def _option(item: Node, problems: Problems) -> Option:
    """``[x] text``, with its explanation in the paragraphs below."""
    text, _, explanation = _text(item, problems).partition("\n\n")
    box = _BOX.match(text)
    if not box:
        problems.add(item.line, f"option '{shorten(text)}' has no box; begin it with [ ], or [x] if right")
        return Option(text, False, explanation)
    text = text[box.end() :]
    if not text:
        problems.add(item.line, "an option has no text; write it behind its box")
    if not explanation:
        mend = "add one below it: an empty line, then a line indented by two blanks"
        problems.add(item.line, f"option '{shorten(text)}' has no explanation; {mend}")
    return Option(text, box[1] != " ", explanation)
