"""The first card, in which there is nothing to mend, to be spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

BUNDLED = Path(__file__).parents[3] / "decks" / "optimization"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A deck of its own with a copy of the first card."""
    deck = tmp_path / "decks" / "knobs"
    deck.mkdir(parents=True)
    shutil.copy(BUNDLED / "learning-rate.md", deck)
    return deck / "learning-rate.md"
