"""The first card, in which there is nothing to mend, to be spoilt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BUNDLED = Path(__file__).parents[3] / "decks" / "optimization"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A deck of its own with a copy of the first card."""
    deck = tmp_path / "decks" / "knobs"
    deck.mkdir(parents=True)
    path = deck / "learning-rate.md"
    source = (BUNDLED / path.name).read_text("utf-8")
    # Without what the course adds to it: there is no other card, and its lines stay where the tests say.
    source = re.sub(r"(?ms)^related: .*?^(?=videos:)", "related: []\n", source)
    path.write_text(source, "utf-8")
    return path
