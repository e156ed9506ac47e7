"""Lint of files, decks and folders of decks: what is read, and how cards hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.decks.contents import contents
from tutor.decks.folders import scan
from tutor.decks.lint import lint
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def refusing(fence: str, settings: Mapping[str, object]) -> None:
    if settings.get("rate") == 7:
        raise UsageError("no")


def told(*paths: Path) -> list[str]:
    return [str(finding) for finding in lint(paths, refusing)]


def another(good: Path, name: str, **front: str) -> Path:
    """Write a copy of the card with ids of its own into its folder."""
    source = good.read_text("utf-8").replace("id: learning-rate", f"id: {name}").replace("{#", f"{{#{name}-")
    for key, value in front.items():
        source = source.replace(f"{key}: []", f"{key}: {value}")
    path = good.with_name(f"{name}.md")
    path.write_text(source, "utf-8")
    return path


def test_a_file_a_deck_and_a_folder_of_decks(good: Path) -> None:
    another(good, "momentum", requires="[learning-rate]", related="[learning-rate]")
    assert told(good) == told(good.parent) == told(good.parents[1]) == told(good, good, good.parent) == []


def test_what_keeps_a_card_from_being_read(good: Path) -> None:
    source = good.read_text("utf-8")
    good.write_text(source.replace("[x] jump", "[ ] jump").replace("rate = 1.0", "rate = 7"), "utf-8")
    findings = lint([good], refusing)
    assert [(finding.level, finding.rule, finding.line) for finding in findings] == [
        ("error", "format", 59),
        ("error", "format", 119),
    ]
    assert str(findings[0]) == (
        "knobs/learning-rate.md:59:1: question 'Question 1' has no right option; mark it with [x] [format]"
    )


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    gone, empty = lint([tmp_path / "gone.md", tmp_path / "empty"], refusing)
    assert str(gone).endswith(
        "gone.md:1:1: the file cannot be read (No such file or directory); check its permissions [format]"
    )
    assert str(empty).endswith(
        "/empty:1:1: the folder holds no card; "
        "write one as a file that ends in .md, such as by 'tutor deck new' [no-cards]"
    )
    assert {gone.level, empty.level} == {"error"}


def test_ids_that_another_card_has(good: Path, tmp_path: Path) -> None:
    known = contents(scan([str(good.parents[1])]), {}, refusing).cards
    mine = tmp_path / "mine" / "first.md"
    mine.parent.mkdir()
    mine.write_text(good.read_text("utf-8").replace("id: learning", "id: my-learning"), "utf-8")
    assert [str(finding) for finding in lint([mine], refusing)] == []
    clashes = [finding for finding in lint([mine], refusing, known) if finding.level == "error"]
    assert len(clashes) == 11
    assert str(clashes[0]) == (
        "mine/first.md:59:1: question id 'narrow-valley' is already used in knobs/learning-rate.md; "
        "give this question another [format]"
    )
    assert lint([good], refusing, known) == []  # it does not clash with itself
    beside = good.with_name("copy.md")
    beside.write_text(mine.read_text("utf-8"), "utf-8")
    assert len(lint([beside], refusing)) == 11  # of the file beside it, which is not among what is linted


def test_dead_links(good: Path) -> None:
    another(good, "momentum", requires="[learning-rat, learning-rate]", related="[momentum]")
    assert told(good.parent) == [
        (
            "knobs/momentum.md:9:1: requires: unknown card 'learning-rat': did you mean 'learning-rate'? "
            "known are learning-rate, momentum; mend or remove it [dead-link]"
        ),
        "knobs/momentum.md:10:1: the card is related to itself; remove that [dead-link]",
    ]
    assert {finding.level for finding in lint([good.parent], refusing)} == {"warning"}


def test_a_link_to_a_card_with_an_error_is_not_dead(good: Path) -> None:
    path = another(good, "momentum", requires="[learning-rate]")
    good.write_text(good.read_text("utf-8").replace("[x] jump", "[ ] jump"), "utf-8")
    (wrong,) = told(good.parent)
    assert "has no right option" in wrong
    assert told(path) == []
    path.unlink()
    assert told(good.parent) == [wrong]  # and nobody says that the folder is empty


def test_circles(good: Path) -> None:
    another(good, "momentum", requires="[schedules]")
    another(good, "schedules", requires="[learning-rate, momentum]")
    another(good, "itself", requires="[itself, momentum]")
    found = lint([good.parent], refusing)
    assert {finding.level for finding in found} == {"error"}
    mend = "remove one of these from its requires [circle]"
    assert list(map(str, found)) == [
        f"knobs/itself.md:9:1: the card requires itself: itself → itself; {mend}",
        f"knobs/momentum.md:9:1: the card requires itself: momentum → schedules → momentum; {mend}",
        f"knobs/schedules.md:9:1: the card requires itself: schedules → momentum → schedules; {mend}",
    ]


def test_the_order_of_a_deck(good: Path) -> None:
    (good.parent / "deck.toml").write_text('cards = ["learning-rate", "momentun"]')
    assert told(good.parent) == [
        "knobs/deck.toml:1:1: unknown card 'momentun': known are learning-rate; mend or remove it [order]"
    ]
    (good.parent / "deck.toml").write_text("cards = 3")
    (finding,) = lint([good.parent], refusing)
    assert (finding.level, finding.rule) == ("error", "format")


def test_a_deck_that_can_be_answered_by_guessing(good: Path) -> None:
    for name in "abcde":
        path = another(good, name)
        source = path.read_text("utf-8")
        for right in (
            "oscillating or diverging",
            "probing points along the descent direction",
            "which shifts the",
        ):
            source = source.replace(right, f"{right} then and now")
        path.write_text(source, "utf-8")
    found = [finding for finding in lint([good.parent], refusing) if finding.rule == "guessing"]
    assert len(found) == 1
    assert found[0].path == good.parent
    assert found[0].message.startswith("the longest option is the right one in ")


@pytest.mark.parametrize("hostile", ["\x1b]0;x\x07", "\u202e", "[b]markup[/b]"])
def test_a_finding_is_one_safe_line(good: Path, hostile: str) -> None:
    source = good.read_text("utf-8")
    good.write_text(source.replace("## Tasks", f"{hostile} One more.\n\n## Tasks"), "utf-8")
    (line,) = told(good)
    assert line.isprintable()
