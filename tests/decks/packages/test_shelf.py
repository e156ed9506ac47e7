"""Decks added, brought up to date, linked and removed: all of it or nothing, and all of it undone."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.decks.packages.conftest import NOW, write
from tests.desk import card_text
from tutor.decks import load
from tutor.decks.packages.unfinished import finish
from tutor.decks.read import read
from tutor.errors import DeckError, UsageError

if TYPE_CHECKING:
    from tests.decks.packages.conftest import Learner, Zipped


def refused(learner: Learner, source: Path, name: str | None = None) -> str:
    """Why a deck isn't added; it changes nothing."""
    before = learner.files() if learner.own.exists() else {}
    with pytest.raises((UsageError, DeckError)) as raised:
        learner.add(source, name)
    assert (learner.files() if learner.own.exists() else {}) == before
    assert not learner.own.exists() or not list(learner.own.glob(".*"))
    return str(raised.value)


def test_a_folder_is_copied(learner: Learner, outside: Path) -> None:
    added = learner.add(outside)
    assert (added.folder, list(added.cards), added.changes, added.kept) == (
        learner.own / "dales",
        ["high", "low"],
        None,
        None,
    )
    assert sorted(learner.files()) == ["dales/LICENSE", "dales/deck.toml", "dales/high.md", "dales/low.md"]
    (outside / "high.md").write_text("changed")
    assert learner.files()["dales/high.md"] == card_text("high", "high-q")
    assert {card.id for card in learner.cards} == {"given", "high", "low"}


def test_a_zip_file_is_unpacked(learner: Learner, zipped: Zipped) -> None:
    added = learner.add(zipped({"dales-main/high.md": card_text("high", "q"), "dales-main/x.py": ""}))
    assert sorted(learner.files()) == ["dales/high.md"]
    assert added.left_out == ("x.py",)


def test_only_the_folder_with_the_cards(learner: Learner, outside: Path) -> None:
    (outside / "notes.txt").touch()
    (outside / ".git").mkdir()
    (outside / "pictures").mkdir()
    assert learner.add(outside.parent).left_out == ("notes.txt", "pictures/")
    assert (learner.own / "dales" / "high.md").exists()
    write(outside.parent / "more", third="third-q")
    assert "holds several decks (dales, more)" in refused(learner, outside.parent, "all")


def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(learner: Learner, outside: Path) -> None:
    learner.add(outside)
    before = learner.files()
    write(outside, high="other-q", third="third-q")
    (outside / "low.md").unlink()
    added = learner.add(outside)
    assert added.changes is not None
    assert (added.changes.new, added.changes.changed, added.changes.removed) == (
        ("third",),
        ("high",),
        ("low",),
    )
    assert added.changes.lost_questions == ("high-q", "low-q")
    assert sorted(learner.files()) == ["dales/LICENSE", "dales/deck.toml", "dales/high.md", "dales/third.md"]
    assert added.kept == learner.folder / "removed" / "2026-11-23-181500" / "dales"
    undone = learner.add(added.kept)
    assert learner.files() == before
    assert undone.kept == learner.folder / "removed" / "2026-11-23-181500-2" / "dales"


def test_each_card_of_a_new_deck_is_read_once(
    learner: Learner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, and though none is right: then nothing else can be told of them."""
    seen: list[str] = []

    def noted(path: Path) -> str:
        seen.append(path.name)
        return read(path)

    monkeypatch.setattr(load, "read", noted)
    for n in range(30):
        (outside / f"empty{n}.md").touch()
    for name in ("high.md", "low.md"):
        (outside / name).unlink()
    assert "none of its cards can be read" in refused(learner, outside)
    assert sorted(seen) == sorted([*(f"empty{n}.md" for n in range(30)), "deck.toml"])


def test_the_same_version_changes_nothing(learner: Learner, outside: Path) -> None:
    learner.add(outside)
    added = learner.add(outside)
    assert added.changes is not None
    assert added.changes.none
    assert added.kept is None
    assert not (learner.folder / "removed").exists()
    (outside / "deck.toml").write_text('title = "Dales"\n')
    added = learner.add(outside)
    assert added.changes is not None
    assert added.changes.none
    assert added.kept is not None
    assert learner.files()["dales/deck.toml"] == 'title = "Dales"\n'


def test_another_deck_of_the_same_name_is_not_replaced(learner: Learner, outside: Path, tmp_path: Path) -> None:
    learner.add(outside)
    other = write(tmp_path / "other" / "dales", third="third-q")
    assert "another deck named 'dales', with other cards; give this one another" in refused(learner, other)
    learner.add(other, "other-dales")
    assert len(learner.cards) == 4


def test_names(learner: Learner, outside: Path) -> None:
    assert "comes with the tutor" in refused(learner, outside, "given")
    assert "is no name for a deck" in refused(learner, outside, "../dales")
    assert "makes no name for a deck" in refused(learner, outside.rename(outside.with_name("¿?")))
    assert "there is no such folder or zip file" in refused(learner, outside.with_name("nowhere"))


def test_a_deck_with_errors_is_refused_unless_forced(learner: Learner, outside: Path) -> None:
    (outside / "low.md").write_text("no card")
    message = refused(learner, outside)
    assert "dales/low.md:1:1: no front matter" in message
    assert message.endswith("nothing was added: mend this, or leave these cards out with --force")
    added = learner.add(outside, force=True)
    assert list(added.cards) == ["high"]
    assert {each.path.name for each in added.findings if each.level == "error"} == {"low.md"}
    (outside / "high.md").unlink()
    with pytest.raises(DeckError, match="none of its cards can be read"):
        learner.add(outside, "empty", force=True)


def test_ids_that_another_deck_has(learner: Learner, outside: Path) -> None:
    write(outside, given="given-q")
    message = refused(learner, outside)
    assert "card id 'given' is already used in given/given.md; give this card another" in message


def test_links_out_of_a_folder_stay_behind(learner: Learner, outside: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(card_text("secret", "secret-q"))
    (outside / "secret.md").symlink_to(tmp_path / "secret.md")
    (outside / "twin.md").symlink_to("nowhere")
    os.mkfifo(outside / "pipe.md")
    added = learner.add(outside)
    assert added.left_out == ("pipe.md", "secret.md", "twin.md")
    assert "dales/secret.md" not in learner.files()


def test_a_link_is_studied_as_it_is_there(learner: Learner, outside: Path, tmp_path: Path) -> None:
    added = learner.link(outside)
    assert added.linked
    assert (learner.own / "dales").readlink() == outside
    write(outside, third="third-q")
    assert {card.id for card in learner.cards} == {"given", "high", "low", "third"}
    assert learner.link(outside).folder == added.folder  # once more is no harm
    assert "is a link to" in refused(learner, outside)
    with pytest.raises(UsageError, match="there is a deck 'dales' already"):
        learner.link(write(tmp_path / "other" / "dales", fourth="fourth-q"))
    with pytest.raises(UsageError, match="is no folder"):
        learner.link(outside / "high.md")


def test_a_link_in_a_linked_deck_still_leads_nowhere(learner: Learner, outside: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(card_text("secret", "secret-q"))
    learner.link(outside)
    (outside / "secret.md").symlink_to(tmp_path / "secret.md")
    assert "secret" not in {card.id for card in learner.cards}


def test_where_no_link_can_be_made(learner: Learner, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    with pytest.raises(UsageError, match=r"no link can be made .* add the deck without --link"):
        learner.link(outside)


def test_a_deck_that_is_there_is_not_added_to_itself(learner: Learner, outside: Path) -> None:
    learner.add(outside)
    assert "is among your decks already" in refused(learner, learner.own / "dales")


def test_removing_and_bringing_back(learner: Learner, outside: Path) -> None:
    learner.add(outside)
    before = learner.files()
    place, kept = learner.shelf.remove("dales", NOW)
    assert place.where == "own"
    assert learner.files() == {}
    assert kept is not None
    learner.add(kept)
    assert learner.files() == before


def test_removing_a_link_leaves_what_it_led_to(learner: Learner, outside: Path) -> None:
    learner.link(outside)
    place, kept = learner.shelf.remove("dales", NOW)
    assert (place.where, place.target, kept) == ("linked", outside, None)
    assert (outside / "high.md").exists()
    assert learner.files() == {}
    learner.link(outside)
    shutil.rmtree(outside)  # a link that leads nowhere can be removed too
    assert learner.shelf.remove("dales", NOW)[0].where == "linked"


def test_what_cannot_be_removed(learner: Learner, outside: Path) -> None:
    with pytest.raises(UsageError, match="comes with the tutor and can't be removed"):
        learner.shelf.remove("given", NOW)
    with pytest.raises(UsageError, match="none of your own to remove"):
        learner.shelf.remove("dales", NOW)
    learner.add(outside)
    with pytest.raises(UsageError, match="did you mean 'dales'"):
        learner.shelf.remove("dale", NOW)


def test_a_move_that_fails_leaves_the_old_deck(
    learner: Learner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.add(outside)
    before = learner.files()
    write(outside, third="third-q")

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space left"):
        learner.add(outside)
    assert learner.files() == before


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_what_ends_in_the_middle_of_an_update(
    learner: Learner, outside: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    learner.add(outside)
    before = learner.files()
    write(outside, third="third-q")
    left = iter(range(moves))
    rename = Path.rename

    def end(self: Path, target: Path) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        rename(self, target)

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(Path, "rename", end)
        learner.add(outside)
    finish(str(learner.own))  # as the next start does
    new = learner.files()
    assert (new == before) is (moves == 0)
    assert ("dales/third.md" in new) is (moves > 0)
    assert learner.add(outside).folder == learner.own / "dales"
    assert learner.files().keys() == {*before, "dales/third.md"}
    assert not [each.name for each in learner.own.iterdir() if each.name.startswith(".")]


def test_what_was_ready_before_the_old_deck_was_moved_away(learner: Learner, outside: Path) -> None:
    learner.add(outside)
    ready = write(learner.own / ".ready-dales", third="third-q")
    finish(str(learner.own))
    assert ready.exists()  # the deck that is there stays
    learner.shelf.remove("dales", NOW)
    finish(str(learner.own))
    assert list(learner.own.iterdir()) == []


def test_what_was_killed_long_ago_is_thrown_away(learner: Learner, outside: Path) -> None:
    old, new = learner.own / ".adding-old", learner.own / ".adding-new"
    for folder in (old, new):
        write(folder / "dales", other="other-q")
    os.utime(old, (0, 0))
    learner.add(outside)
    assert (old.exists(), new.exists()) == (False, True)


def test_links_in_a_circle(learner: Learner, outside: Path) -> None:
    learner.own.mkdir(parents=True)
    for place in (outside.parent, learner.own):
        (place / "one").symlink_to(place / "two")
        (place / "two").symlink_to(place / "one")
    with pytest.raises(UsageError, match="no such folder"):
        learner.add(outside.parent / "one")
    assert [place.name for place in learner.shelf.places()] == ["given", "one", "two"]
    learner.shelf.remove("one", NOW)


def test_names_of_devices(learner: Learner, outside: Path) -> None:
    with pytest.raises(
        UsageError, match="'nul' is the name of a device on Windows; take another, such as nul-"
    ):
        learner.add(outside, "nul")
    assert learner.add(outside.rename(outside.with_name("CON"))).folder.name == "con-deck"
