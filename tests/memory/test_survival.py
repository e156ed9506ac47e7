"""No acknowledged answer is lost and none is doubled: killed processes, full disks, two sessions at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

import tutor
from tutor.errors import StoreError
from tutor.memory import connection
from tutor.memory.due import counts
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = Answer(question="q", kind="choice", answer=1, correct=True, rating=Rating.GOOD, ms=1)

LEARNER = """
import sys
from dataclasses import replace
from itertools import count
from tutor.errors import ChangedMeanwhile
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

path, answers = sys.argv[1], int(sys.argv[2])
answer = Answer(question="", kind="choice", answer="x" * 3000, correct=True, rating=Rating.GOOD, ms=1)
with Store(path) as store:
    given = 0
    while given != answers:
        question = f"question-{given % 3}"
        try:
            state = store.record(replace(answer, question=question), store.state(question))
        except ChangedMeanwhile:
            continue
        given += 1
        print(state.last, flush=True)  # the acknowledgement
"""


def learner(path: Path, answers: int) -> subprocess.Popen[str]:
    """A process that answers so many questions (on and on if -1), printing a review's id once it is kept."""
    environment = os.environ | {"PYTHONPATH": str(Path(tutor.__file__).parents[1])}
    command = [sys.executable, "-c", LEARNER, str(path), str(answers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def recorded(path: Path) -> list[str]:
    """The ids in the log of a store that is found in order."""
    with Store(str(path)) as store:
        states = store.states()
        store.rebuild()
        assert store.states() == states
        assert store._db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store._db.execute("PRAGMA foreign_key_check").fetchall() == []
        return [review.id for review in store.reviews()]


def test_killed_at_random_moments(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    draw = Random(0)
    acknowledged: list[str] = []
    for round_ in range(1, 11):
        with learner(path, -1) as process:
            assert process.stdout
            acknowledged += [process.stdout.readline().strip() for _ in range(draw.randrange(1, 20))]
            time.sleep(draw.uniform(0, 0.004))
            process.kill()
            acknowledged += process.stdout.read().split()
        log = recorded(path)
        assert set(acknowledged) <= set(log)
        assert len(log) == len(set(log))
        assert len(log) <= len(acknowledged) + round_  # one a round may be kept, and not yet acknowledged


def test_killed_in_the_middle_of_a_write(store: Store, tmp_path: Path) -> None:
    state = store.record(ANSWER, None)
    store._db.execute("PRAGMA cache_size = 2")  # so that pages are written before the commit
    store._db.execute("BEGIN IMMEDIATE")
    store._db.execute("UPDATE states SET due = '1970-01-01'")
    store._db.executemany("INSERT INTO bookmarks VALUES (?, ?)", [(str(n), "x" * 4000) for n in range(20)])
    for part in ("store.db", "store.db-journal"):
        for user in ("counted", "opened"):
            (tmp_path / user).mkdir(exist_ok=True)
            shutil.copy(tmp_path / part, tmp_path / user / part)
    assert counts(str(tmp_path / "counted" / "store.db"), ["q"], state.day).due == 0
    assert recorded(tmp_path / "opened" / "store.db") == [state.last]


def test_two_sessions_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with learner(path, 150) as one, learner(path, 150) as other:
        acknowledged = [line for process in (one, other) for line in process.communicate()[0].split()]
    assert (one.returncode, other.returncode) == (0, 0)
    assert len(acknowledged) == 300
    assert sorted(recorded(path)) == sorted(acknowledged)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "store.db")) as store:
        yield store


def test_a_full_disk(store: Store) -> None:
    state = store.record(ANSWER, None)
    log, states = store.reviews(), store.states()
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    for write in (
        lambda: store.record(replace(ANSWER, answer="x" * 10_000), state),
        lambda: store.set_bookmark("place", "x" * 10_000),
    ):
        with pytest.raises(StoreError, match=r"store\.db: the disk is full; nothing was written"):
            write()
        assert (store.reviews(), store.states(), store.bookmark("place")) == (log, states, None)
    store._db.execute("PRAGMA max_page_count = 1000000")
    assert store.record(replace(ANSWER, answer="x" * 10_000), state).reps == 2


@pytest.mark.parametrize("table", ["reviews", "amendments", "states"])
def test_a_write_that_fails_at_any_statement_leaves_everything_as_it_was(table: str, store: Store) -> None:
    state = store.record(ANSWER, None)
    log, states = store.reviews(), store.states()
    store._db.execute(
        f"CREATE TEMP TRIGGER planted AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'planted'); END"
    )
    write = (
        partial(store.amend, state.last, None)
        if table == "amendments"
        else partial(store.record, ANSWER, state)
    )
    with pytest.raises(StoreError, match=r"store\.db: planted"):
        write()
    assert (store.reviews(), store.states()) == (log, states)
    store._db.execute("DROP TRIGGER planted")
    assert store.record(ANSWER, state).reps == 2


def test_a_commit_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    with Store(str(path)) as store:
        state = store.record(ANSWER, None)
        log = store.reviews()
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM reviews").fetchone()
        with pytest.raises(StoreError, match="another program is using it"):
            store.record(ANSWER, state)
        reader.close()
        assert store.reviews() == log
        assert store.record(ANSWER, state).reps == 2


def test_a_rebuild_that_is_interrupted_leaves_the_states(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    state = store.record(ANSWER, None)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(store._scheduler), "fold", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.rebuild()
    assert store.states() == {"q": state}


def test_reading_the_log_does_not_hold_up_writers(store: Store, tmp_path: Path) -> None:
    state = store.record(ANSWER, None)
    with Store(str(tmp_path / "store.db")) as reader:
        log = iter(reader.reviews())
        next(log)
        assert store.record(ANSWER, state).reps == 2
