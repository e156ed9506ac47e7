"""No acknowledged answer is lost and none is doubled: killed processes, full disks, two sessions at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tutor
from tutor.errors import StoreError
from tutor.memory import connection
from tutor.memory.adoption import value
from tutor.memory.due import counts
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


KILLER = """
import os, sys, time
from dataclasses import replace
from itertools import count
from random import Random
from signal import SIGKILL
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

path, rounds, draw = sys.argv[1], int(sys.argv[2]), Random(0)
answer = Answer(question="", kind="choice", answer="x" * 3000, correct=True, rating=Rating.GOOD, ms=1)
for _ in range(rounds):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with Store(path) as store:
            for n in count():
                question = f"question-{n % 3}"
                if n % 5 == 4:
                    store.revoke(store.act(question, "suspend"))
                else:
                    state = store.record(replace(answer, question=question), store.state(question))
                    os.write(writing, f"{state.last}\\n".encode())  # the acknowledgement
    os.close(writing)
    first = os.read(reading, 33) if draw.random() < 0.8 else b""
    time.sleep(draw.uniform(0, 0.02))
    os.kill(child, SIGKILL)
    os.waitpid(child, 0)
    with open(reading, "rb") as rest:
        print((first + rest.read()).decode(), end="")
    with Store(path) as store:
        assert store.check() == []
        print("killed", len(store.reviews()), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked, which is quick")
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(str(path)).close()
    environment = os.environ | {"PYTHONPATH": str(Path(tutor.__file__).parents[1])}
    command = [sys.executable, "-c", KILLER, str(path), "200"]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    acknowledged: set[str] = set()
    kept = 0
    for number, part in enumerate(told.split("killed")[:-1], 1):
        ids = part.split()[1:] if number > 1 else part.split()
        acknowledged.update(ids)
        kept += len(ids)
    log = recorded(path)
    assert len(acknowledged) == kept  # none twice
    assert acknowledged <= set(log)
    assert len(acknowledged) <= len(log) <= len(acknowledged) + 200
    assert len(log) > 200


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


class FullDisk:
    """A connection whose disk is full at its nth statement."""

    def __init__(self, db: sqlite3.Connection, at: int) -> None:
        self.db, self.left = db, at

    def __getattr__(self, name: str) -> object:
        return getattr(self.db, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self.left -= 1
        if self.left == 0 and sql != "ROLLBACK":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self.db.execute(sql, *values)


def everything(store: Store) -> list[object]:
    return [store.reviews(), store.acts(), store.states(), store.holds(), store.bookmark("place")]


LINES = ['{"format": "terminal-tutor store", "version": 1}', '{"table": "bookmarks", "name": "b", "value": 1}']

WRITES: dict[str, Callable[[Store], object]] = {
    "a first answer": lambda store: store.record(replace(ANSWER, question="new"), None),
    "another answer": lambda store: store.record(ANSWER, store.state("q")),
    "practice": lambda store: store.practise(ANSWER),
    "re-rating": lambda store: store.amend(store.latest(1)[0].id, Rating.HARD),
    "undo": lambda store: store.undo(),
    "redo": lambda store: store.redo(),
    "an act": lambda store: store.act("q", "suspend"),
    "revoking": lambda store: store.revoke(store.acts("q")[0].id),
    "adoption": lambda store: store.act("", "adopt", value(retention=0.8)),
    "rebuilding": lambda store: store.rebuild(),
    "mending": lambda store: store.mend(),
    "merging": lambda store: store.take_in(LINES),
    "a bookmark": lambda store: store.set_bookmark("place", 1),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_disk_that_is_full_at_any_statement(
    write: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._db.execute("PRAGMA synchronous = OFF")
    state = store.record(ANSWER, None)
    store.record(replace(ANSWER, question="other"), None)
    store.act("q", "move", state.due)
    store.undo()
    store._db.execute("UPDATE states SET lapses = 7")
    disk, before = store._db, everything(store)
    for at in count(1):
        told = ""
        with monkeypatch.context() as full:
            full.setattr(store, "_db", FullDisk(disk, at))
            try:
                WRITES[write](store)
            except StoreError as error:
                told = str(error)
        if not told:
            break
        assert "the disk is full; nothing was written" in told
        assert everything(store) == before
    assert at > 3


@pytest.mark.parametrize(
    ("event", "table"), [("INSERT", "reviews"), ("INSERT", "amendments"), ("UPDATE", "states")]
)
def test_a_write_that_fails_at_any_statement_leaves_everything_as_it_was(
    event: str, table: str, store: Store
) -> None:
    state = store.record(ANSWER, None)
    log, states = store.reviews(), store.states()
    store._db.execute(
        f"CREATE TEMP TRIGGER planted AFTER {event} ON {table} BEGIN SELECT RAISE(ABORT, 'planted'); END"
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
