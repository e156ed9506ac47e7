"""Decks damaged, or meant to do harm, with the real lab: no traceback, nothing that a terminal obeys."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.decks.test_fuzz import SOURCE, is_safe, mutant

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FILES = 60


@pytest.fixture
def mutants(home: Path) -> list[Path]:
    """The learner's own decks, of cards spoilt in many ways, each in a folder of its own."""
    chance = random.Random(6)
    paths = []
    for number in range(FILES):
        content = SOURCE.replace(b"learning-rate\n", b"m%d\n" % number).replace(b"{#", b"{#m%d-" % number)
        # Half of the card, so that the lab has less to try out.
        content = content[: content.index(b"### Question 5")]
        path = home / "decks" / f"deck-{number}" / "card.md"
        path.parent.mkdir(parents=True)
        path.write_bytes(mutant(content, chance))
        paths.append(path)
    return paths


def test_mutated_decks_are_listed_and_shown(tutor: Run, mutants: list[Path]) -> None:
    said = tutor("cards")
    assert said.status == 1
    assert is_safe(said.out + said.err)
    assert all(line.startswith("tutor: ") for line in said.err.splitlines())
    listed = tutor("cards", "--json")
    assert is_safe(listed.out)
    mine = [card["id"] for card in listed.json if card["deck"].startswith("deck-")]
    assert 0 < len(mine) < FILES
    for card in mine[:10]:
        shown = tutor("show", card)
        assert (shown.status, shown.err) == (0, "")
        assert is_safe(shown.out)


def test_markup_is_shown_as_it_is_written(tutor: Run, home: Path) -> None:
    path = home / "decks" / "mine" / "card.md"
    path.parent.mkdir(parents=True)
    source = SOURCE.decode().replace("learning-rate\n", "mine\n").replace("{#", "{#mine-")
    markup = "[bold red]Practitioners[/] \\[link=https://evil.org]x[/link] [@click=app.quit]"
    path.write_text(source.replace("Practitioners rarely", f"{markup} rarely"), "utf-8")
    shown = " ".join(tutor("show", "mine").out.split())
    assert f"{markup} rarely" in shown
