from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.desk import any_experiment
from tutor.decks.contents import Contents, contents
from tutor.decks.folders import MOST_ENTRIES, scan
from tutor.decks.read import MAX_BYTES
from tutor.errors import UsageError

Check = Callable[[str, Mapping[str, object]], None]
CLOSED = (
    "this is no file, or a folder that is closed or holds more than 10,000 files; "
    "rename it, mend its permissions, or move files out of it"
)


def load(root: Path, check: Check) -> Contents:
    """What the decks below a folder hold."""
    return contents(scan([str(root), str(root / "missing")]), {}, check)


@pytest.fixture
def root(tmp_path: Path, card: str) -> Path:
    """A folder with the deck ``knobs``, which holds one good card."""
    (tmp_path / "knobs").mkdir()
    (tmp_path / "knobs" / "step-size.md").write_text(card, "utf-8")
    return tmp_path


def other(card: str, name: str) -> str:
    """The same card with ids of its own."""
    return card.replace("step-size", name).replace("{#too", f"{{#{name}")


@pytest.fixture
def problems(root: Path, checker: Check) -> Callable[[], list[str]]:
    """What is wrong in the decks, while the good card is still there."""

    def problems() -> list[str]:
        found = load(root, checker)
        assert [card.id for card in found.cards] == ["step-size"]
        return list(map(str, found.problems))

    return problems


def test_decks_in_the_order_of_their_files(root: Path, card: str, checker: Check) -> None:
    (root / "knobs" / "decay.md").write_text(other(card, "decay"), "utf-8")
    (root / "a_first-deck").mkdir()
    (root / "a_first-deck" / "z.md").write_text(other(card, "zeta"), "utf-8")
    found = load(root, checker)
    assert found.problems == []
    assert list(found.decks.items()) == [("a_first-deck", "A first deck"), ("knobs", "Knobs")]
    assert [(card.deck, card.id) for card in found.cards] == [
        ("a_first-deck", "zeta"),
        ("knobs", "decay"),
        ("knobs", "step-size"),
    ]
    assert found.cards[2].path == str(root / "knobs" / "step-size.md")


def test_cards_in_the_order_of_their_deck(root: Path, card: str, checker: Check) -> None:
    for name in ["a", "b", "c"]:
        (root / "knobs" / f"{name}.md").write_text(other(card, name), "utf-8")
    (root / "knobs" / "deck.toml").write_text('title = "To turn"\ncards = ["c", "step-size", "gone", "a"]')
    found = load(root, checker)
    assert found.problems == []
    assert [card.id for card in found.cards] == ["c", "step-size", "a", "b"]
    assert found.decks == {"knobs": "To turn"}


def test_a_root_can_be_a_deck_itself(root: Path, checker: Check) -> None:
    found = load(root / "knobs", checker)
    assert (list(found.decks), len(found.cards)) == (["knobs"], 1)


def test_files_that_are_no_cards_are_left_alone(root: Path, problems: Callable[[], list[str]]) -> None:
    for name in ["README.md", "notes.txt", ".#step-size.md", "step-size.md~"]:
        (root / "knobs" / name).write_text("not a card", "utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "x.md").write_text("not a card", "utf-8")
    (root / "empty").mkdir()
    assert problems() == []


@pytest.mark.parametrize(
    ("content", "title", "problem"),
    [
        ('title = "Knobs to turn"', "Knobs to turn", None),
        ('title = "\\u001b[31mKnobs\\n"', "Knobs", None),
        ("", "Knobs", None),
        ("title =", "Knobs", "1:1: broken TOML (Invalid value); write 'name = value', with texts in quotes"),
        ("title = 3", "Knobs", '1:1: the title should be text; put it in quotes: title = "…"'),
        (
            'cards = "a"',
            "Knobs",
            '1:1: cards should be a list of file names without .md; write cards = ["…", "…"]',
        ),
        (
            "titel = 'x'",
            "Knobs",
            "1:1: unknown key 'titel': did you mean 'title'? known are cards, title; mend or remove it",
        ),
    ],
)
def test_titles(root: Path, checker: Check, content: str, title: str, problem: str | None) -> None:
    (root / "knobs" / "deck.toml").write_text(content, "utf-8")
    found = load(root, checker)
    assert list(found.decks.values()) == [title]
    assert [str(each) for each in found.problems] == ([f"knobs/deck.toml:{problem}"] if problem else [])


def test_ids_are_unique_in_all_decks(root: Path, card: str, problems: Callable[[], list[str]]) -> None:
    (root / "other").mkdir()
    (root / "other" / "same.md").write_text(card, "utf-8")
    (root / "other" / "tasks.md").write_text(card.replace("id: step-size", "id: mine"), "utf-8")
    where = "is already used in knobs/step-size.md; give this"
    assert problems() == [
        f"other/same.md:1:1: card id 'step-size' {where} card another",
        f"other/same.md:23:1: question id 'too-large' {where} question another",
        f"other/same.md:46:1: question id 'too-small' {where} question another",
        f"other/tasks.md:23:1: question id 'too-large' {where} question another",
        f"other/tasks.md:46:1: question id 'too-small' {where} question another",
    ]


def test_a_refused_card_claims_no_ids(root: Path, card: str, checker: Check) -> None:
    (root / "knobs" / "a.md").write_text(card.replace("> It", "> Is"), "utf-8")
    found = load(root, checker)
    assert len(found.problems) == 1
    assert [Path(card.path).name for card in found.cards] == ["step-size.md"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"---\nid: a\0b\n", "2:6: the file holds a zero byte; save it as plain text in UTF-8"),
        ("---\nid: x\n".encode("utf-16"), "1:4: the file holds a zero byte; save it as plain text in UTF-8"),
        (b"---\nid: x\ntitle: na\xefve\n", "3:10: the text is not in UTF-8; save it as UTF-8"),
        (b"a" * (MAX_BYTES + 1), "1:1: the file is larger than 1 MiB; split it into several cards"),
    ],
)
def test_bytes_that_are_no_text(
    root: Path, problems: Callable[[], list[str]], content: bytes, problem: str
) -> None:
    (root / "knobs" / "bad.md").write_bytes(content)
    assert problems() == [f"knobs/bad.md:{problem}"]


def test_folders_and_pipes_named_like_cards(root: Path, problems: Callable[[], list[str]]) -> None:
    (root / "knobs" / "folder.md").mkdir()
    (root / "knobs" / "folder.md" / "x.md").write_text("not read")
    os.mkfifo(root / "knobs" / "pipe.md")
    (root / "z.md").mkdir()
    assert problems() == [
        f"knobs/folder.md:1:1: {CLOSED}",
        f"knobs/pipe.md:1:1: {CLOSED}",
        f"{root.name}/z.md:1:1: {CLOSED}",
    ]


def test_links(
    root: Path, card: str, problems: Callable[[], list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(other(card, "secret"), "utf-8")
    (root / "knobs" / "dangling.md").symlink_to("nowhere.md")
    (root / "knobs" / "device.md").symlink_to("/dev/zero")
    (root / "knobs" / "loop.md").symlink_to("loop.md")
    (root / "knobs" / "secret.md").symlink_to(outside / "secret.md")
    left = "the file is a link out of its deck; put a copy in its place"
    assert problems() == [
        "knobs/dangling.md:1:1: the file cannot be read (No such file or directory); check its permissions",
        f"knobs/device.md:1:1: {left}",
        "knobs/loop.md:1:1: the file cannot be read (Too many levels of symbolic links); check its permissions",
        f"knobs/secret.md:1:1: {left}",
    ]


def test_a_deck_may_be_linked_as_a_whole(
    root: Path, card: str, checker: Check, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("mine")
    (elsewhere / "x.md").write_text(other(card, "mine"), "utf-8")
    (elsewhere / "y.md").symlink_to("x.md")
    (root / "linked").symlink_to(elsewhere)
    found = load(root, checker)
    assert list(found.decks) == ["knobs", "linked"]
    assert [problem.path.name for problem in found.problems] == ["y.md"] * 3  # the ids of x.md once more


def test_folders_in_a_deck_are_not_entered(root: Path, card: str, problems: Callable[[], list[str]]) -> None:
    """Neither linked ones, which may lead anywhere, nor very deep ones."""
    deep = root / "knobs"
    for _ in range(50):
        deep /= "deeper"
        deep.mkdir()
        (deep / "bad.md").write_text("not read")
    (root / "knobs" / "home").symlink_to(root.parent)
    (root / "knobs" / "itself").symlink_to(root / "knobs")
    (root / "other").mkdir()
    (root / "other" / "out").symlink_to(root / "knobs")
    assert problems() == []


def test_a_folder_with_very_many_files_is_not_read(
    root: Path, problems: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0
    scandir = os.scandir

    class Endless:
        """A folder that lists a million files."""

        def __enter__(self) -> Iterator[object]:
            return self.entries()

        def entries(self) -> Iterator[object]:
            nonlocal looked_at
            for _ in range(1_000_000):
                looked_at += 1
                yield SimpleNamespace(name="photo.jpg")

        def __exit__(self, *_: object) -> None: ...

    (root / "photos").mkdir()
    monkeypatch.setattr(os, "scandir", lambda path: Endless() if path.endswith("photos") else scandir(path))
    assert problems() == [f"{root.name}/photos:1:1: {CLOSED}"]
    assert looked_at <= MOST_ENTRIES + 1


def test_a_huge_file_is_not_read(root: Path, problems: Callable[[], list[str]]) -> None:
    (root / "knobs" / "huge.md").touch()
    os.truncate(root / "knobs" / "huge.md", 100 << 20)
    assert problems() == [
        "knobs/huge.md:1:1: the file is larger than 1 MiB; split it into several cards",
    ]


def test_what_may_not_be_read(
    root: Path, card: str, problems: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "knobs" / "locked.md").write_text(other(card, "locked"), "utf-8")
    (root / "closed").mkdir()
    path_open, scandir = Path.open, os.scandir

    def refusing_open(path: Path, mode: str) -> object:
        if path.name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return path_open(path, mode)

    def refusing_scandir(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(Path, "open", refusing_open)
    monkeypatch.setattr(os, "scandir", refusing_scandir)
    assert problems() == [
        f"{root.name}/closed:1:1: {CLOSED}",
        "knobs/locked.md:1:1: the file cannot be read (Permission denied); check its permissions",
    ]


def test_a_file_name_cannot_hurt_the_terminal(root: Path, problems: Callable[[], list[str]]) -> None:
    (root / "knobs" / "\x1b[31m\nred\udcff.md").write_text("no card")
    (problem, *_) = problems()
    assert problem.startswith("knobs/ red.md:1:1: no front matter")
    assert problem.isprintable()


def refuse(fence: str, settings: Mapping[str, object]) -> None:
    """Pass nothing."""
    raise UsageError(f"no {fence} of {len(settings)} settings")


def test_what_was_proved_is_not_checked_again(root: Path) -> None:
    files = scan([str(root)])
    assert contents(files, {}, refuse).problems
    assert not contents(files, {}, refuse, proved=[str(root)]).problems
    assert contents(files, {}, refuse, proved=[str(root / "knob")]).problems


def test_many_files_are_read_as_few_are(root: Path, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("decay", "zeta", "theta"):
        (root / "knobs" / f"{name}.md").write_text(other(card, name), "utf-8")
    (root / "knobs" / "broken.md").write_text("nonsense", "utf-8")
    files = scan([str(root)])
    few = contents(files, {}, any_experiment)
    assert (len(few.cards), len(few.problems)) == (4, 2)
    monkeypatch.setattr("tutor.decks.contents.MANY", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    told: list[int] = []
    assert contents(files, {}, any_experiment, notify=told.append) == few
    assert contents(files, few.entries, any_experiment, notify=told.append) == few
    assert told == [len(files)]

    def none(count: int) -> None:
        raise OSError(f"no {count} processes")

    monkeypatch.setattr("tutor.processes.processes", none)
    assert contents(files, {}, any_experiment) == few
