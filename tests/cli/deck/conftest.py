"""A deck of one's own, one outside, an editor, and a way to break a card."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.desk import card_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

Script = Callable[[str], None]


@pytest.fixture
def hills(tutor: Run, home: Path) -> Path:
    """The folder of a deck of one's own, with the card that shows all kinds."""
    assert tutor("deck", "new", "hills", "--title", "Hills & dales").status == 0
    return home / "decks" / "hills"


@pytest.fixture
def dales(tmp_path: Path) -> Path:
    """A deck outside."""
    folder = tmp_path / "dales"
    folder.mkdir()
    for card in ("high", "low"):
        (folder / f"{card}.md").write_text(card_text(card, f"{card}-q"), encoding="utf-8")
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Let $EDITOR be a line of Python that has the arguments in ``words`` and the file in ``path``."""

    def editor(code: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(f"import pathlib, sys; path = pathlib.Path(sys.argv[-1]); {code}\n")
        program = tmp_path / "vim"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
        program.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(program))
        monkeypatch.delenv("VISUAL", raising=False)

    return editor


def broken(path: Path) -> int:
    """Take the right option away, and return the line of its question."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- [x] right one", "- [ ] right one"), encoding="utf-8")
    return text[: text.index("### Question 1")].count("\n") + 1
