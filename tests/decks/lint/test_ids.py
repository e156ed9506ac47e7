from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest

from tutor.decks.lint import lint, write_ids
from tutor.decks.load import load_card
from tutor.errors import DeckError

if TYPE_CHECKING:
    from pathlib import Path


def without_ids(path: Path, end: str = "\n") -> bytes:
    source = re.sub(r" \{#[a-z-]+\}$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    content = source.replace("\n", end).encode()
    path.write_bytes(content)
    return content


def test_ids_are_made_of_the_questions_words(good: Path) -> None:
    without_ids(good)
    assert write_ids(good) == 4
    assert [question.id for question in load_card(good, lambda *_: None).questions[:5]] == [
        "using-large-learning-rate",
        "line-search-methods-choose",
        "learning-rate-warmup-gradually",
        "might-learning-rate-behave",
        "narrow-valley-fate",
    ]
    assert lint([good], lambda *_: None) == []
    before = good.read_bytes()
    assert write_ids(good) == 0
    assert good.read_bytes() == before


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_nothing_else_changes(good: Path, end: str) -> None:
    content = b"\xef\xbb\xbf" + without_ids(good, end) + b"\n \t\n  "
    good.write_bytes(content)
    good.chmod(0o640)
    assert write_ids(good) == 4
    written = good.read_bytes()
    assert re.sub(rb"(### Question [1-4]) \{#[a-z-]+\}", rb"\1", written) == content
    assert len(written) > len(content)
    assert stat.S_IMODE(good.stat().st_mode) == 0o640
    assert [each.name for each in good.parent.iterdir()] == [good.name]


CARD = """\
---
id: a
title: A
topic: B
difficulty: C
author: D
created: 2026-06-01
---

A paragraph.

## Tasks

{}
"""


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("### Why does it bounce?", "### Why does it bounce? {#bounce}"),
        ("### Why does it bounce?   ", "### Why does it bounce? {#bounce}   "),
        ("### Große Schritte ###", "### Große Schritte ### {#groe-schritte}"),
        ("### Question 1\n\nThe $\\eta$ of 3 runs", "### Question 1 {#runs}\n\nThe $\\eta$ of 3 runs"),
        ("### Question 1\n\n什么", "### Question 1 {#question}\n\n什么"),
        ("### Question 1", "### Question 1 {#question}"),
        (
            "### Bounce\n\n### Bounce\n\n### B {#bounce}",
            "### Bounce {#bounce-2}\n\n### Bounce {#bounce-3}\n\n### B {#bounce}",
        ),
        ("### Taken", "### Taken {#taken-2}"),
        ("### A {#Not An Id}", "### A {#Not An Id}"),
        ("### A \x1b[", "### A \x1b["),
        ("#### Deeper\n\n## Else\n\n### Lost", "#### Deeper\n\n## Else\n\n### Lost"),
    ],
)
def test_headings(tmp_path: Path, heading: str, written: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(CARD.format(heading), "utf-8")
    assert write_ids(path, {"taken"}) == written.count("{#") - heading.count("{#")
    assert path.read_text("utf-8") == CARD.format(written)


def test_a_file_that_cannot_be_written(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = without_ids(good)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(DeckError, match=r"cannot be written \(No space left on device\)"):
        write_ids(good)
    assert good.read_bytes() == content
    assert [each.name for each in good.parent.iterdir()] == [good.name]


def test_a_file_that_is_no_card(tmp_path: Path) -> None:
    for content in (b"\xff", b"---\nid: a"):
        (tmp_path / "a.md").write_bytes(content)
        with pytest.raises(DeckError):
            write_ids(tmp_path / "a.md")
