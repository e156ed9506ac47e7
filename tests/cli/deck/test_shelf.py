"""``tutor deck add``, ``list`` and ``remove``, and what all parts share."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

from tests.cli.deck.conftest import broken
from tests.desk import card_text
from tutor.cli.deck import PARTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_adding_changing_and_bringing_back(tutor: Run, home: Path, dales: Path) -> None:
    (dales / "notes.txt").touch()
    said = tutor("deck", "add", str(dales))
    assert said.status == 0
    assert "dales is added: 2 cards, 2 questions\n" in said.out
    assert "  left out, as no part of a deck: notes.txt\n" in said.out
    assert tutor("deck", "add", str(dales)).out.startswith(
        "dales is here already, just as it is there: 2 cards"
    )
    (dales / "low.md").unlink()
    (dales / "high.md").write_text(card_text("high", "other-q"))
    (dales / "third.md").write_text(card_text("third", "third-q"))
    said = tutor("deck", "add", str(dales))
    assert said.out.startswith(
        "dales is brought up to date: 2 cards, 2 questions\n"
        "  1 card new: third\n"
        "  1 card changed: high\n"
        "  1 card removed: low\n"
        "  2 questions gone: high-q, low-q; what you answered is kept\n"
    )
    back = said.out.partition("to bring the one before back: tutor ")[2].splitlines()[0].split()
    assert tutor(*back).status == 0
    assert sorted(path.name for path in (home / "decks" / "dales").iterdir()) == ["high.md", "low.md"]


def test_adding_a_zip_file_and_a_link(tutor: Run, home: Path, dales: Path, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "Moor.zip", "w") as archive:
        archive.writestr("moor-main/wet.md", card_text("wet", "wet-q"))
    assert "moor is added: 1 card, 1 question\n" in tutor("deck", "add", str(tmp_path / "Moor.zip")).out
    said = tutor("deck", "add", str(dales), "--link", "--name", "mine")
    assert f"mine is linked: 2 cards, 2 questions; what you change in {dales} counts at once\n" in said.out
    assert (home / "decks" / "mine").is_symlink()
    assert {"wet", "high", "low"} <= {card["id"] for card in tutor("cards", "--json").json}


def test_adding_nothing_is_not_adding_the_folder_one_stands_in(tutor: Run, home: Path, dales: Path) -> None:
    assert tutor("deck", "add", "") == (2, "", "tutor: give the deck's folder, or a zip file that holds it\n")


def test_an_update_that_was_killed_is_finished_by_the_next_start(tutor: Run, hills: Path) -> None:
    hills.rename(hills.with_name(".ready-hills"))
    assert "hills-first-card" in tutor("cards").out
    assert hills.is_dir()


def test_adding_what_is_wrong(tutor: Run, home: Path, dales: Path) -> None:
    broken(dales / "low.md")
    said = tutor("deck", "add", str(dales))
    assert (said.status, said.out) == (1, "")
    assert "has no right option" in said.err
    assert "nothing was added: mend this, or leave these cards out with --force" in said.err
    assert not (home / "decks" / "dales").exists()
    assert "dales is added: 1 card, 1 question\n" in tutor("deck", "add", str(dales), "--force").out


def test_listing(tutor: Run, hills: Path, dales: Path) -> None:
    tutor("deck", "add", "--link", str(dales))
    broken(dales / "low.md")
    said = tutor("deck", "list")
    assert "hills: Hills & dales\n  1 card · 6 questions · 0 approvals · yours\n" in said.out
    assert f"dales: Dales\n  1 card · 1 question · 0 approvals · linked to {dales}\n" in said.out
    assert "  1 problem: 'tutor deck lint dales' tells them\n" in said.out
    rows = {row["name"]: row for row in tutor("deck", "list", "--json").json}
    assert rows["optimization"]["where"] == "bundled"
    assert rows["hills"]["questions"] == 6
    assert rows["dales"] == {
        "name": "dales",
        "title": "Dales",
        "cards": 1,
        "questions": 1,
        "approvals": 0,
        "where": "linked",
        "folder": str(dales),
        "problems": 1,
    }


def test_removing_keeps_history_and_comes_back(tutor: Run, hills: Path) -> None:
    tutor("review", "--plain", "--deck", "hills", typed="2\nq\n")
    log = tutor("log").out
    assert log
    said = tutor("deck", "remove", "hills")
    assert said.status == 0
    assert said.out.startswith("hills is removed; what you answered is kept\n")
    assert not hills.exists()
    assert tutor("log").out == log
    back = said.out.partition("to bring it back: tutor ")[2].split()
    assert tutor(*back).status == 0
    assert (hills / "first-card.md").exists()
    due = tutor("due", "--json").json
    assert due["new"] > 0


def test_removing_a_link_or_what_cannot_be_removed(tutor: Run, home: Path, dales: Path) -> None:
    tutor("deck", "add", "--link", str(dales))
    said = tutor("deck", "remove", "dales")
    assert f"  to bring it back: tutor deck add --link {dales}\n" in said.out
    assert (dales / "low.md").exists()
    said = tutor("deck", "remove", "optimization")
    assert said.status == 2
    assert "comes with the tutor and can't be removed" in said.err


def test_every_part_has_help_and_completion(tutor: Run, home: Path) -> None:
    for part in PARTS:
        said = tutor("deck", part, "--help")
        assert said.status == 0
        assert max(map(len, said.out.splitlines())) <= 80
    script = tutor("completion", "bash").out
    for part in PARTS:
        assert f"_shtab_tutor_deck_{part}" in script
    assert "_shtab_tutor_deck_add_pos_0_COMPGEN=_shtab_compgen_files" in script
    said = tutor("deck")
    assert said.status == 2
    assert "the following arguments are required: PART" in said.err
