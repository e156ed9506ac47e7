"""``tutor deck new``, ``lint``, ``edit`` and ``preview``: what each says, and that it does it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.deck.conftest import broken
from tutor.cli.deck import edit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.cli.deck.conftest import Script


def test_new_makes_a_deck_that_is_right_and_says_what_to_do_next(tutor: Run, home: Path) -> None:
    said = tutor("deck", "new", "my-hills")
    card = home / "decks" / "my-hills" / "first-card.md"
    assert said.status == 0
    assert said.out == (
        f"{card} shows each kind of question by example.\n"
        "Change it:    tutor deck edit my-hills-first-card\n"
        "Look at it:   tutor deck preview my-hills-first-card\n"
        "Look it over: tutor deck lint my-hills\n"
    )
    assert tutor("deck", "lint", "my-hills", "--strict") == (0, "1 card: nothing is wrong\n", "")
    shown = tutor("show", "my-hills-first-card", "--json").json
    kinds = [question["kind"] for question in shown["questions"]]
    assert kinds == ["choice", "multi", "number", "recall", "cloze", "predict"]
    assert (home / "decks" / "my-hills" / "deck.toml").read_text().startswith('title = "My hills"\n')
    assert not list((home / "decks").glob(".*"))


def test_two_new_decks_live_side_by_side(tutor: Run, hills: Path) -> None:
    assert tutor("deck", "new", "dales").status == 0
    assert tutor("deck", "lint", "--strict").out == "2 cards: nothing is wrong\n"
    assert tutor("cards").status == 0


def test_new_takes_any_title(tutor: Run, home: Path) -> None:
    title = 'a "quoted": \\ {title} # [1] \x1b[2J ½'
    assert tutor("deck", "new", "odd", "--title", title).status == 0
    assert tutor("deck", "lint", "odd").status == 0
    listed = tutor("deck", "list", "--json").json[-1]
    assert (listed["name"], listed["title"]) == ("odd", 'a "quoted": \\ {title} # [1] ½')


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hills", "there is a deck 'hills' already"),
        ("optimization", "the deck 'optimization' comes with the tutor; give yours another name"),
        ("../up", "'../up' is no name for a deck; use lower-case letters and digits"),
        ("A B", "'A B' is no name for a deck"),
    ],
)
def test_new_never_overwrites(tutor: Run, hills: Path, name: str, told: str) -> None:
    before = (hills / "first-card.md").read_bytes()
    said = tutor("deck", "new", name)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert (hills / "first-card.md").read_bytes() == before


def test_lint_tells_file_line_and_column(tutor: Run, dales: Path) -> None:
    line = broken(dales / "low.md")
    said = tutor("deck", "lint", str(dales))
    assert said.status == 1
    assert f"dales/low.md:{line}:1: question 'Question 1' has no right option; mark it with [x]" in said.out
    assert said.out.splitlines()[-1].startswith("2 cards: 1 error")
    told = tutor("deck", "lint", str(dales / "low.md"), "--json")
    assert told.status == 1
    assert not told.json["ok"]
    assert told.json["cards"] == 1
    found = [each for each in told.json["findings"] if each["level"] == "error"]
    assert [(each["path"], each["line"]) for each in found] == [(str(dales / "low.md"), line)]
    assert tutor("deck", "lint", str(dales / "high.md")).status == 0


def test_lint_writes_missing_ids(tutor: Run, dales: Path) -> None:
    text = (dales / "low.md").read_text()
    (dales / "low.md").write_text(text.replace(" {#low-q}", ""))
    assert tutor("deck", "lint", str(dales)).status == 1
    said = tutor("deck", "lint", str(dales), "--fix")
    assert said.status == 0
    assert "1 id written in.\n" in said.out
    assert "### Question 1 {#" in (dales / "low.md").read_text()
    assert "written in" not in tutor("deck", "lint", str(dales), "--fix").out


def test_lint_without_decks_of_ones_own(tutor: Run, home: Path) -> None:
    said = tutor("deck", "lint")
    assert said == (0, "You have no deck of your own yet; 'tutor deck new NAME' begins one.\n", "")
    assert tutor("deck", "lint", "--json").json == {"cards": 0, "ids": 0, "findings": [], "ok": True}
    assert "1 card: " in tutor("deck", "lint", "learning-rate").out
    said = tutor("deck", "lint", "nowhere.md")
    assert said.status == 2
    assert "there is no file 'nowhere.md', and no card of that id" in said.err


def test_edit_opens_the_card_and_looks_it_over(tutor: Run, hills: Path, editor: Script) -> None:
    editor("path.write_text(path.read_text().replace('downhill', 'down'))")
    said = tutor("deck", "edit", "hills-first-card")
    assert said == (0, f"{hills / 'first-card.md'}: nothing is wrong\n", "")
    assert "goes down in steps" in (hills / "first-card.md").read_text()


def test_edit_goes_back_to_the_line_until_nothing_is_wrong(
    tutor: Run, dales: Path, editor: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = broken(dales / "low.md")
    editor(
        f"log = pathlib.Path({str(tmp_path / 'log')!r}); log.open('a').write(sys.argv[1] + '|'); "
        "mended = path.read_text().replace('[ ] right', '[x] right'); "
        "log.read_text().count('|') < 3 or path.write_text(mended)"
    )
    answers = iter([True, True, False])
    monkeypatch.setattr(edit, "_goes_back", lambda line: next(answers))
    said = tutor("deck", "edit", str(dales / "low.md"))
    assert said.status == 0
    assert (tmp_path / "log").read_text() == f"+1|+{line}|+{line}|"
    assert said.out.count("has no right option") == 2


@pytest.mark.parametrize(("typed", "back"), [("\n", True), ("q\n", False), ("N\n", False), ("", False)])
def test_enter_goes_back_and_q_leaves(
    typed: str, back: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert not edit._goes_back(41)  # there is nobody to ask
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert edit._goes_back(41) is back
    assert capsys.readouterr().out.startswith("Enter goes back to line 41, q leaves: ")


def test_edit_without_anybody_to_ask_ends(tutor: Run, dales: Path, editor: Script) -> None:
    broken(dales / "low.md")
    editor("pass")
    said = tutor("deck", "edit", str(dales / "low.md"))
    assert said.status == 1
    assert "1 error" in said.out


def test_edit_finds_a_broken_card_and_warns_of_a_bundled_one(tutor: Run, hills: Path, editor: Script) -> None:
    text = (hills / "first-card.md").read_text()
    (hills / "first-card.md").write_text(text.replace("difficulty", "difficult"))
    editor("pass")
    assert tutor("deck", "edit", "first-card").status == 1
    assert tutor("deck", "edit", "hills-first-card").status == 1
    said = tutor("deck", "edit", "learning-rate")
    assert said.err.startswith("tutor: learning-rate.md comes with the tutor, whose next version ")


def test_edit_that_cannot_be(tutor: Run, hills: Path, editor: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    editor("sys.exit(3)")
    said = tutor("deck", "edit", "hills-first-card")
    assert said.status == 2
    assert "ended with status 3; the card was not looked over" in said.err
    monkeypatch.delenv("EDITOR")
    assert "no editor is set" in tutor("deck", "edit", "hills-first-card").err
    assert "is a folder; give the file" in tutor("deck", "edit", str(hills)).err


def test_preview_without_a_terminal_prints_the_card(tutor: Run, dales: Path) -> None:
    said = tutor("deck", "preview", str(dales / "low.md"))
    assert said.status == 0
    assert "Paragraph 1 of low says that a slope points uphill." in said.out
    assert "Hint: Think of low-q." in said.out
    broken(dales / "low.md")
    said = tutor("deck", "preview", str(dales / "low.md"))
    assert said.status == 1
    assert "has no right option" in said.err
