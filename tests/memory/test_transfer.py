"""Everything goes out as lines of JSON, and comes in again once, whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tutor.errors import UsageError
from tutor.memory.adoption import value
from tutor.memory.model import Rating
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.memory.conftest import Learner


@pytest.fixture
def full(kept: Store, learner: Learner) -> Store:
    """A store with some of everything."""
    first = learner.answer(kept, seed=2**40, confidence=70, hints=1)
    learner.answer(kept, Rating.AGAIN, question="η")
    kept.amend(first.last, Rating.EASY, kept.today())
    kept.act("q", "move", "2026-12-24")
    kept.revoke(kept.act("η", "suspend"))
    kept.act("", "adopt", value(retention=0.8))
    kept.undo()
    kept.set_bookmark("place", {"card": "η"})
    return kept


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "other.db")) as other:
        yield other


def everything(store: Store) -> tuple[Any, ...]:
    return store.reviews(), store.acts(), store.states(), store.holds(), store.bookmark("place")


def test_an_empty_store_takes_in_everything_once(full: Store, other: Store) -> None:
    lines = list(full.export())
    assert all("\n" not in line and line.isascii() for line in lines)
    assert other.take_in(lines)[:2] == (len(lines) - 1, 0)
    assert everything(other) == everything(full)
    assert list(other.export()) == lines
    assert other.take_in(lines) == (0, len(lines) - 1, False)
    assert everything(other) == everything(full)
    assert other.check() == []


def test_two_stores_merge_to_the_same_states(full: Store, other: Store, learner: Learner) -> None:
    base = list(full.export())
    other.take_in(base)
    learner.wait(3)
    learner.answer(full)
    other._clock = lambda: learner.now._replace(ms=learner.now.ms + 5)
    learner.answer(other, Rating.HARD)
    learner.answer(other, question="third")
    other.set_bookmark("place", "elsewhere")
    full.take_in(other.export())
    other.take_in(full.export())
    assert full.states() == other.states()
    assert full.reviews() == other.reviews()
    assert len(full.states()) == 2
    assert (full.bookmark("place"), other.bookmark("place")) == ({"card": "η"}, "elsewhere")
    assert full.check() == other.check() == []


def changed(lines: list[str], of: str, **changes: object) -> list[str]:
    """The lines with the first one of a table changed."""
    rows = [json.loads(line) for line in lines]
    row = next(row for row in rows if row.get("table") == of)
    row.update(changes)
    return [json.dumps(row) for row in rows]


@pytest.mark.parametrize(
    ("table", "changes", "told"),
    [
        ("reviews", {"day": "2026-02-30"}, "line 2: day of reviews cannot be '2026-02-30'"),
        ("reviews", {"day": None}, "day of reviews cannot be None"),
        ("reviews", {"rating": 5}, "rating of reviews cannot be 5"),
        ("reviews", {"rating": True}, "rating of reviews cannot be True"),
        ("reviews", {"tick": 2**63}, "tick of reviews cannot be"),
        ("reviews", {"question": ""}, "question of reviews cannot be ''"),
        ("reviews", {"mood": 1}, "mood missing or unknown in reviews"),
        ("amendments", {"rating": 0}, "rating of amendments cannot be 0"),
        ("amendments", {"review": "nobody"}, "no such review: add its line"),
        ("acts", {"what": "dance"}, "unknown act 'dance'"),
        ("acts", {"value": "someday"}, "needs a study day"),
        ("bookmarks", {"name": 7}, "name of bookmarks cannot be 7"),
        ("acts", {"table": "states"}, "'table' must be one of reviews, amendments, acts, bookmarks"),
    ],
)
def test_what_is_no_row_is_refused_with_all_the_rest(
    table: str, changes: dict[str, object], told: str, full: Store, other: Store
) -> None:
    before = everything(other)
    with pytest.raises(UsageError) as caught:
        other.take_in(changed(list(full.export()), table, **changes))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert everything(other) == before


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "line 1 does not say that this is an export"),
        (["hello"], "line 1 does not say"),
        (["[]"], "line 1 does not say"),
        (['{"format": "terminal-tutor store", "version": 2}'], "is of version 2, and this tutor reads 1"),
        (['{"format": "terminal-tutor store", "version": 1}', "{"], "line 2: not valid JSON"),
        (['{"format": "terminal-tutor store", "version": 1}', "[1]"], "line 2: 'table' must be"),
    ],
)
def test_what_is_no_export_is_refused(lines: list[str], told: str, other: Store) -> None:
    with pytest.raises(UsageError, match=told):
        other.take_in(lines)


def test_a_row_that_was_changed_by_hand_is_refused(full: Store) -> None:
    before = everything(full)
    with pytest.raises(UsageError, match="line 2: the store has another row with the id"):
        full.take_in(changed(list(full.export()), "reviews", correct=0))
    assert everything(full) == before


def test_empty_lines_do_no_harm(full: Store, other: Store) -> None:
    other.take_in([line for row in full.export() for line in (row + "\n", "\n")])
    assert everything(other) == everything(full)
