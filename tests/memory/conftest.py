"""A learner with a store of their own, and ways to harm it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tutor.memory.clock import Moment
from tutor.memory.model import Answer, Rating, State
from tutor.memory.store import Store

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400_000
NOON = Moment(1_795_435_200_123, 0)  # 2026-11-23T12:00:00.123Z


@dataclass
class Learner:
    """A store, and a clock to turn."""

    path: Path
    now: Moment = NOON

    def open(self) -> Store:
        store = Store(str(self.path), clock=lambda: self.now)
        store._db.execute("PRAGMA synchronous = OFF")
        return store

    def answer(self, store: Store, rating: Rating = Rating.GOOD, question: str = "q", **more: Any) -> State:
        answer = Answer(question=question, kind="choice", answer="η", correct=True, rating=rating, ms=1)
        return store.record(replace(answer, **more), store.state(question))

    def wait(self, days: int) -> date:
        """Let days pass, or go back, and return the study day."""
        self.now = self.now._replace(ms=self.now.ms + days * DAY)
        return date.fromordinal(719_163 + self.now.ms // DAY)


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(tmp_path / "store.db")


@pytest.fixture
def kept(learner: Learner) -> Iterator[Store]:
    """An open store of the learner."""
    with learner.open() as store:
        yield store


Damage = Callable[[str], None]


@pytest.fixture
def by_hand(kept: Store) -> Damage:
    """Change the store behind its back, past the guards of the log."""

    def by_hand(sql: str) -> None:
        guards = kept._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            kept._db.execute(f"DROP TRIGGER {name}")
        kept._db.execute("PRAGMA foreign_keys = OFF")
        kept._db.execute(sql)
        for _, guard in guards:
            kept._db.execute(guard)

    return by_hand
