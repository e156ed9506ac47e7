"""Decks damaged, or meant to do harm, with the real lab: no traceback, nothing that a terminal obeys."""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

from tests.decks.test_fuzz import SOURCE, is_safe, mutant
from tests.desk import card_text

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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow fewer names")
@pytest.mark.parametrize(
    "name", ["\x1b[31mred", "new\nline", "\u202eback", os.fsdecode(b"bad\xff"), "[b]x[@click=app.quit]"]
)
def test_names_of_folders_and_files(tutor: Run, home: Path, name: str) -> None:
    folder = home / "decks" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.md").write_text(card_text("slopes", "s1"), "utf-8")
    (folder / f"{name}-2.md").write_text("broken", "utf-8")
    for arguments in (
        ["cards"],
        ["find", "slope"],
        ["find", "--topic", "hills"],
        ["deck", "list"],
        ["deck", "lint"],
        ["deck", "preview", "slopes"],
        ["deck", "remove", name],
    ):
        said = tutor(*arguments)
        assert said.status in {0, 1}, arguments
        assert is_safe(said.out + said.err), arguments


def test_an_editor_with_an_escape_in_its_name(tutor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "\x1b[31mvim\u202e")
    said = tutor("deck", "edit", "learning-rate")
    assert said.status == 2
    assert "the editor 'vim' of $EDITOR is not on this machine" in said.err
    assert is_safe(said.err)
