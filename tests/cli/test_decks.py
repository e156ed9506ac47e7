from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tutor.cli.decks import open_index

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_told_that_many_files_are_read(
    terminal: bool, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tutor.decks.contents.MANY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert open_index().cards
    told = "tutor: reading 2 files of the decks; next time only those that changed\n" if terminal else ""
    assert capsys.readouterr().err == told
    open_index()
    assert not capsys.readouterr().err
