"""Opening many cards: cold beside the Markdown parser alone, warm beside looking at the files.

Not part of the ordinary run, because a busy machine can break any of them: ``pytest -m benchmark_ratio -n 0``.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from tests.desk import card_text
from tutor.decks.index import index
from tutor.study.library import check_fence

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.benchmark_ratio

CARDS = 2_000
COLD, WARM = 5.0, 1.0
"""Seconds within which they are open."""


OURS = [path.read_text("utf-8") for path in sorted(Path("decks").glob("*/*.md"))]
_ID = re.compile(r"^(id: [\w-]+|### .*\{#[\w-]+)", re.MULTILINE)


def small(number: int) -> str:
    return card_text(f"card-{number}", f"q{number}-a", f"q{number}-b", paragraphs=4)


def ours(number: int) -> str:
    """A copy of a card of ours, of 12 kB and ten questions, with ids of its own."""
    return _ID.sub(rf"\g<1>-{number}", OURS[number % len(OURS)])


@pytest.fixture(scope="module", params=[small, ours])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("decks")
    (root / "many").mkdir()
    for number in range(CARDS):
        (root / "many" / f"card-{number:04}.md").write_text(request.param(number), "utf-8")
    return root


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def compared(action: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """Time both in turn; return our best time, and its ratio to the peer's."""
    mine, theirs = zip(*((seconds(action), seconds(peer)) for _ in range(3)), strict=True)
    print(f"\n{min(mine):.2f} s against {min(theirs):.2f} s: {min(mine) / min(theirs):.2f} ×")
    return min(mine), min(mine) / min(theirs)


def test_many_cards_are_opened_cold(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "index.json"

    def opened() -> None:
        cache.unlink(missing_ok=True)
        assert len(index([str(root)], str(cache), check_fence).cards) == CARDS

    def parsed() -> None:
        markdown = MarkdownIt("commonmark")
        for path in root.glob("*/*.md"):
            markdown.parse(path.read_text("utf-8"))

    taken, ratio = compared(opened, parsed)
    assert taken < COLD
    assert ratio < 2.5


def test_many_cards_are_opened_warm(root: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "index.json")
    index([str(root)], cache, check_fence)

    def opened() -> None:
        assert len(index([str(root)], cache, check_fence).cards) == CARDS

    def looked_at() -> None:
        with os.scandir(root / "many") as listing:
            assert len([entry.stat() for entry in listing]) == CARDS

    taken, ratio = compared(opened, looked_at)
    assert taken < WARM
    assert ratio < 8


def test_one_card_of_many_is_changed(root: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "index.json")
    index([str(root)], cache, check_fence)
    for path in root.glob("*/*.md"):
        os.utime(path)  # as after a copy: the same texts
    assert seconds(lambda: index([str(root)], cache, check_fence)) < WARM
