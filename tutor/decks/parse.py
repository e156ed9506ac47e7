"""One Markdown file to one card, or to every problem in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.decks.body import misplaced, outline, text_of
from tutor.decks.clean import clean, one_line
from tutor.decks.fences import EXPERIMENT, block
from tutor.decks.front_matter import extent, front_matter
from tutor.decks.model import Card, Check, Paragraph, Problems, Question
from tutor.decks.questions import question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tutor.decks.body import Node

MAX_LINES = 10_000
MAX_PARAGRAPHS = 99
MAX_QUESTIONS = 99


def parse(source: str, path: Path, check: Check) -> Card:
    """Return the card in ``source``, the text of the file at ``path``, whose folder is the deck.

    ``check`` judges the settings in its fences. Raises DeckFileError with all that is wrong.
    """
    problems = Problems(path)
    lines = clean(source).split("\n")
    if len(lines) > MAX_LINES:
        problems.add(MAX_LINES, f"the card has more than {MAX_LINES} lines; split it")
        raise problems.error()

    end = extent(lines, problems)
    front = front_matter(lines[:end], problems) if end else None
    contents = outline([""] * end + lines[end:], problems)
    paragraphs = _lesson(contents.lesson, check, problems)
    questions = [question(section, paragraphs, check, problems) for section in contents.questions]

    if not 0 < len(paragraphs) <= MAX_PARAGRAPHS:
        mend = f"write 1 to {MAX_PARAGRAPHS} above '## Tasks'"
        problems.add(end + 1, f"the card has {len(paragraphs)} paragraphs; {mend}")
    if not 0 < len(questions) <= MAX_QUESTIONS:
        mend = f"write 1 to {MAX_QUESTIONS} below '## Tasks', each with a heading: ### Question 1 {{#some-id}}"
        problems.add(len(lines), f"the card has {len(questions)} questions; {mend}")
    _refuse_repeated_ids(questions, problems)

    if front is None or problems.found:
        raise problems.error()
    return Card(
        **vars(front),
        deck=one_line(path.parent.name),
        paragraphs=tuple(paragraphs),
        questions=tuple(questions),
        path=path,
    )


def _lesson(blocks: Sequence[Node], check: Check, problems: Problems) -> list[Paragraph]:
    """Return the paragraphs, each with the experiment below it."""
    paragraphs: list[Paragraph] = []
    for node in blocks:
        if node.type == "paragraph":
            paragraphs.append(Paragraph(text_of(node)))
        elif node.type != "fence":
            misplaced(node, "in a lesson", "write plain paragraphs and ```experiment blocks", problems)
        elif not paragraphs or paragraphs[-1].experiment:
            problems.add(node.line, "the experiment has no paragraph of its own; move it below one")
        else:
            paragraphs[-1] = replace(paragraphs[-1], experiment=block(node, [EXPERIMENT], check, problems))
    return paragraphs


def _refuse_repeated_ids(questions: Sequence[Question], problems: Problems) -> None:
    first: dict[str, Question] = {}
    for each in questions:
        other = first.setdefault(each.id, each)
        if other is not each and each.id:
            what = f"question id '{each.id}' is already used on line {other.line}"
            problems.add(each.line, f"{what}; give this question another")
