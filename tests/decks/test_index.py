from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.decks import index as module
from tutor.decks.index import CardSummary, Index, index
from tutor.errors import DeckError, UsageError

Settings = Mapping[str, object]


class Decks:
    """A folder of decks, its cache, and how often the index asked whether an experiment can run."""

    def __init__(self, folder: Path, card: str, checker: Callable[[str, Settings], None]):
        self.card = folder / "decks" / "knobs" / "step-size.md"
        self.card.parent.mkdir(parents=True)
        self.card.write_text(card, "utf-8")
        self.cache = folder / "home" / "index.json"
        self.checks = 0
        self._checker = checker

    def check(self, fence: str, settings: Settings) -> None:
        self.checks += 1
        self._checker(fence, settings)

    def index(self) -> Index:
        return index([str(self.card.parents[1])], str(self.cache), self.check)

    def was_read(self) -> bool:
        """Whether the cards are read for an index, rather than taken from the cache."""
        self.checks = 0
        self.index()
        return self.checks > 0


@pytest.fixture
def decks(tmp_path: Path, card: str, checker: Callable[[str, Settings], None]) -> Decks:
    return Decks(tmp_path, card, checker)


def everything(found: Index) -> tuple[object, ...]:
    return found.decks, found.cards, found.problems


def test_what_it_holds(decks: Decks) -> None:
    (decks.card.parent / "bad.md").write_text("nothing")
    for _ in range(2):
        found = decks.index()
        assert found.decks == {"knobs": "Knobs"}
        assert found.cards == [
            CardSummary(
                id="step-size",
                deck="knobs",
                title="Step size: a knob",
                topic="Optimisation",
                difficulty="Beginner",
                questions=["too-large", "too-small"],
                requires=["slopes"],
                path=str(decks.card),
                tags=[],
                paragraphs=2,
                approvals=0,
            )
        ]
        assert len(found.problems) == 2
        assert found.problems[0].startswith("knobs/bad.md:1:1: no front matter;")


def test_the_second_time_nothing_is_read(decks: Decks) -> None:
    assert decks.was_read()
    assert not decks.was_read()


def test_a_changed_added_or_removed_file_is_noticed(decks: Decks) -> None:
    decks.index()
    decks.card.write_text(decks.card.read_text("utf-8").replace("a knob", "the knob"), "utf-8")
    assert decks.index().cards[0].title == "Step size: the knob"
    (decks.card.parent / "deck.toml").write_text('title = "To turn"')
    assert decks.index().decks == {"knobs": "To turn"}
    second = decks.card.with_name("second.md")
    second.write_text("broken")
    assert decks.index().problems
    second.unlink()
    assert decks.index().problems == []
    decks.card.unlink()
    assert everything(decks.index()) == ({}, [], [])


def test_a_change_that_keeps_size_and_time_is_noticed(decks: Decks) -> None:
    os.utime(decks.card, ns=(0, 0))
    decks.index()
    decks.card.write_text(decks.card.read_text("utf-8").replace("a knob", "a kn0b"), "utf-8")
    os.utime(decks.card, ns=(0, 0))
    assert decks.index().cards[0].title == "Step size: a kn0b"


def test_mended_permissions_are_noticed(decks: Decks, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as locked:
        locked.setattr(Path, "open", refuse)
        assert decks.index().cards == []
    decks.card.chmod(0o600)
    assert len(decks.index().cards) == 1


def test_of_many_files_only_the_changed_are_read(decks: Decks) -> None:
    source = decks.card.read_text("utf-8")
    for name in ["decay", "warmup"]:
        changed = source.replace("step-size", name).replace("{#too", f"{{#{name}").replace("0.1", "0.2")
        decks.card.with_name(f"{name}.md").write_text(changed, "utf-8")
    assert decks.was_read()
    decks.card.write_text(source.replace("a knob", "the knob").replace("rate = 1.0", "rate = 2.0"), "utf-8")
    decks.checks = 0
    found = decks.index()
    assert decks.checks == 2  # the experiments of that card, and of no other
    assert [card.title for card in found.cards] == [
        "Step size: a knob",
        "Step size: the knob",
        "Step size: a knob",
    ]


def test_a_file_with_the_same_text_is_not_read_as_a_card_again(decks: Decks) -> None:
    fresh = everything(decks.index())
    os.utime(decks.card, ns=(0, 0))
    assert not decks.was_read()
    assert everything(decks.index()) == fresh


def test_ids_that_clash_with_those_of_an_unchanged_file_are_found(decks: Decks) -> None:
    decks.index()
    second = decks.card.with_name("tasks.md")
    source = decks.card.read_text("utf-8")
    second.write_text(source.replace("id: step-size", "id: tasks"), "utf-8")
    where = "is already used in knobs/step-size.md; give this question another"
    clashes = [
        f"knobs/tasks.md:23:1: question id 'too-large' {where}",
        f"knobs/tasks.md:46:1: question id 'too-small' {where}",
    ]
    for _ in range(2):
        assert decks.index().problems == clashes
    decks.card.write_text(source.replace("{#too", "{#quite"), "utf-8")
    assert decks.index().problems == []
    assert [card.id for card in decks.index().cards] == ["step-size", "tasks"]
    decks.card.write_text(source, "utf-8")
    assert decks.index().problems == clashes


def test_a_run_that_is_shown_twice_is_checked_once(decks: Decks) -> None:
    source = decks.card.read_text("utf-8").replace("rate = 1.0", "rate = 0.1")
    decks.card.write_text(source, "utf-8")
    decks.index()
    assert decks.checks == 1


def test_what_the_index_has_checked_is_not_checked_again(decks: Decks) -> None:
    found = decks.index()
    decks.checks = 0
    assert found.card("step-size").paragraphs[0].experiment
    assert decks.checks == 0
    decks.card.write_text(decks.card.read_text("utf-8").replace("rate = 1.0", "rate = 2.0"), "utf-8")
    assert found.card("step-size").questions[0].experiment
    assert decks.checks == 2
    changed = decks.card.read_text("utf-8").replace("descent", "ascent")
    decks.card.write_text(changed, "utf-8")
    with pytest.raises(DeckError, match="the experiment cannot run: unknown kind 'ascent'"):
        found.card("step-size")


@pytest.mark.parametrize("name", ["FORMAT", "__version__"])
def test_another_version_reads_anew(decks: Decks, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    decks.index()
    monkeypatch.setattr(module, name, "another")
    assert decks.was_read()
    assert not decks.was_read()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}", b"[]", b"null\n", b"[" * 100_000, b"\xff\0", b"00000000\n", b"00000000\n[]"]
)
def test_a_foreign_cache_is_a_miss(decks: Decks, content: bytes) -> None:
    fresh = everything(decks.index())
    decks.cache.write_bytes(content)
    assert everything(decks.index()) == fresh
    assert not decks.was_read()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_cache_is_a_miss(decks: Decks, place: float, bit: int, cut: bool) -> None:
    fresh = everything(decks.index())
    content = bytearray(decks.cache.read_bytes())
    position = int(place * len(content))
    content[position] ^= 1 << bit
    decks.cache.write_bytes(content[:position] if cut else content)
    assert everything(decks.index()) == fresh


def test_a_cache_that_cannot_be_written_is_done_without(decks: Decks) -> None:
    decks.cache.parent.write_text("a file where the data folder should be")
    for _ in range(2):
        assert len(decks.index().cards) == 1
    decks.cache.parent.unlink()
    decks.cache.mkdir(parents=True)
    assert len(decks.index().cards) == 1
    assert list(decks.cache.parent.iterdir()) == [decks.cache]  # no temporary file is left


def test_the_cache_is_replaced_at_one_stroke(decks: Decks, monkeypatch: pytest.MonkeyPatch) -> None:
    decks.index()
    before = decks.cache.read_bytes()
    decks.card.unlink()

    def fail(*paths: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert decks.index().cards == []
    assert decks.cache.read_bytes() == before
    assert list(decks.cache.parent.iterdir()) == [decks.cache]


def test_a_card_is_read_when_it_is_wanted(decks: Decks) -> None:
    decks.index()
    found = decks.index()
    assert found.card("step-size").questions[0].text == "What does a large rate do?"
    decks.card.write_text(decks.card.read_text("utf-8").replace("What does", "What would"), "utf-8")
    assert found.card("step-size").questions[0].text == "What would a large rate do?"


def test_a_card_that_is_not_there_or_broken_meanwhile(decks: Decks) -> None:
    found = decks.index()
    with pytest.raises(DeckError, match="the card 'nothing' is not in the decks"):
        found.card("nothing")
    source = decks.card.read_text("utf-8")
    decks.card.write_text(source.replace("[x]", "[ ]"), "utf-8")
    with pytest.raises(DeckError, match=r"knobs/step-size.md:23:1: question 'Question 1' has no right option"):
        found.card("step-size")
    decks.card.write_text(source.replace("id: step-size", "id: other"), "utf-8")
    with pytest.raises(DeckError, match="the card 'step-size' is not in the decks"):
        found.card("step-size")
    decks.card.unlink()
    with pytest.raises(DeckError, match="No such file"):
        found.card("step-size")


def test_experiments_are_judged_by_the_given_check(decks: Decks) -> None:
    def refuse(fence: str, settings: Settings) -> None:
        raise UsageError("no such objective 'bowl': did you mean 'ravine'?")

    found = index([str(decks.card.parents[1])], str(decks.cache), refuse)
    assert found.cards == []
    assert found.problems[0].endswith(
        "the experiment cannot run: no such objective 'bowl': did you mean 'ravine'?"
    )


def test_a_fresh_cache_needs_no_slow_module(decks: Decks) -> None:
    decks.index()
    program = f"""
import sys, json
from tutor.decks.index import index
found = index([{str(decks.card.parents[1])!r}], {str(decks.cache)!r}, None)
print(json.dumps([[card.id for card in found.cards], sorted(sys.modules)]))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    cards, modules = json.loads(run.stdout)
    assert cards == ["step-size"]
    slow = {
        "yaml",
        "markdown_it",
        "tomllib",
        "numpy",
        "dataclasses",
        "inspect",
        "pathlib",
        "unicodeit",
        "datetime",
    }
    assert slow.isdisjoint(modules)
