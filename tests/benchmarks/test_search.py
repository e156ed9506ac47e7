"""The promise of the search: 2,000 cards answer before the learner has typed the next letter."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from random import Random
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk, card_text
from tutor.decks.search import Search
from tutor.memory.model import Hold
from tutor.study.finding import Finder
from tutor.study.overview import overview
from tutor.study.query import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.benchmark_ratio

CARDS = 2000
ROUNDS = 9
ANSWER = 0.05
"""Seconds within which a search must answer."""

WORDS = [
    *("gradient", "descent", "curvature", "rate", "step", "the", "a", "of", "ravine", "noise"),
    *("batch", "momentum", "loss", "wall", "valley"),
]
LINES = [
    "t",
    "the",
    "gradient",
    "gradient des",
    "the of a",
    "is:new rate",
    "topic:hills step",
    "xyzzy",
    '"of the"',
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("search"))
    draw = Random(6)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for n in range(CARDS):
        questions = [f"q{n}-{m}" for m in range(5)]
        path = desk.write(f"card-{n}", *questions, deck=f"deck-{n % 10}", paragraphs=4)
        words = [*draw.choices(WORDS, k=25), *("".join(draw.choices(letters, k=6)) for _ in range(15))]
        text = card_text(f"card-{n}", *questions, paragraphs=4)
        path.write_text(text.replace(" says that", f" says, {' '.join(words)}, that"), encoding="utf-8")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def finder(desk: Desk) -> Iterator[tuple[Finder, Search]]:
    library, store = desk.library_again(), desk.store()
    with closing(Search(str(desk.folder / "search.db"))) as search:
        start = time.perf_counter()
        search.update(library.summaries())
        print(f"\n{CARDS} cards read in {time.perf_counter() - start:.1f} s")
        yield Finder(search, overview(library, store, desk.settings), {"q1-1": Hold(suspended=True)}), search


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.parametrize("line", LINES)
def test_a_search_answers_at_once(finder: tuple[Finder, Search], line: str) -> None:
    took = median(seconds(lambda: finder[0].find(parse(line))) for _ in range(ROUNDS))
    print(f"\n{line}: {took * 1e3:.1f} ms")
    assert took <= ANSWER


def test_a_word_costs_little_more_than_fts5_itself(finder: tuple[Finder, Search], desk: Desk) -> None:
    with closing(sqlite3.connect(desk.folder / "search.db")) as db:
        bare = "SELECT rowid FROM texts WHERE texts MATCH '\"gradient\" *' ORDER BY rank LIMIT 100"
        pairs = [
            (seconds(lambda: finder[0].find(parse("gradient"))), seconds(lambda: db.execute(bare).fetchall()))
            for _ in range(ROUNDS + 1)
        ][1:]
    ratio = median(pair[0] for pair in pairs) / median(pair[1] for pair in pairs)
    print(f"\n{ratio:.2f} ×")
    assert ratio <= 3


def test_to_see_that_nothing_has_changed_costs_little(finder: tuple[Finder, Search], desk: Desk) -> None:
    cards = desk.library_again().summaries()
    assert median(seconds(lambda: finder[1].update(cards)) for _ in range(ROUNDS)) <= 0.1
