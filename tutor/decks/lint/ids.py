"""Writing in the ids that questions lack."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from tutor.decks.body import outline, text_of
from tutor.decks.clean import clean
from tutor.decks.front_matter import extent
from tutor.decks.lint.words import COMMON, words
from tutor.decks.model import Problems
from tutor.decks.read import read
from tutor.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tutor.decks.body import Section

_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_NUMBERED = re.compile(r"\w*\s*\d*")
_WORDS = 4
"""At most so many make an id."""


def write_ids(path: Path, taken: Collection[str] = ()) -> int:
    """Write an id into each question's heading that has none, and return how many; the rest of the file stays.

    Ids are made from the heading, or from the question if that is only numbered, and differ from each other
    and from those ``taken``. Raises DeckError if the file cannot be read or written.
    """
    source = read(path)
    problems = Problems(path)
    lines = clean(source).split("\n")
    end = extent(lines, problems)
    questions = outline([""] * end + lines[end:], problems).questions
    ids = {*taken, *re.findall(r"\{#([a-z0-9-]+)", " ".join(each.attributes for each in questions))}
    written = _LINES.findall(source)
    missing = [each for each in questions if not each.attributes and _is_plain(written[each.line - 1])]
    for question in missing:
        ids.add(new := _id(question, ids))
        line = written[question.line - 1]
        heading = line.rstrip()
        written[question.line - 1] = f"{heading} {{#{new}}}{line[len(heading) :]}"
    if missing:
        _replace(path, "".join(written))
    return len(missing)


def _is_plain(line: str) -> bool:
    """Whether a line holds nothing that a terminal would obey: such a one might swallow what is added."""
    return clean(line) == line.replace("\r\n", "\n").replace("\r", "\n")


def _id(question: Section, ids: Collection[str]) -> str:
    """Make an id of the question's words."""
    text = question.title
    if _NUMBERED.fullmatch(text):
        text = next((text_of(node) for node in question.blocks if node.type == "paragraph"), text)
    plain = unicodedata.normalize("NFKD", " ".join(w for w in words(text) if w.lower() not in COMMON))
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    base = "-".join(found[:_WORDS])[:60].strip("-") or "question"
    return next(each for n in count(1) if (each := base if n == 1 else f"{base}-{n}") not in ids)


def _replace(path: Path, content: str) -> None:
    """Write the file at one stroke, with the permissions that it has."""
    target = os.path.realpath(path)
    temporary = f"{target}.{os.getpid()}"
    try:
        with open(temporary, "xb") as file:
            file.write(content.encode())
        shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as error:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise DeckError(f"{path}: it cannot be written ({error.strerror}); check its permissions") from None
