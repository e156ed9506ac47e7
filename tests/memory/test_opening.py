"""Opening the store: made when missing, migrated when old, and refused in plain words otherwise."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

from tutor.errors import StoreError
from tutor.memory import connection, migrations
from tutor.memory.acts import Act
from tutor.memory.due import counts
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

ANSWER = Answer(question="q", kind="choice", answer=1, correct=True, rating=Rating.GOOD, ms=1)
NOBODY = 65_534


def open_to_write(path: Path) -> None:
    Store(str(path)).close()


def open_to_count(path: Path) -> None:
    counts(str(path), ["q"], date(2026, 11, 23))


EITHER = pytest.mark.parametrize("use", [open_to_write, open_to_count])
Use = Callable[[Path], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store with one review is."""
    path = tmp_path / "store.db"
    with Store(str(path)) as store:
        store.record(ANSWER, None)
    return path


@pytest.fixture
def content(path: Path) -> bytes:
    """That store, to be asked for before ``unprivileged``."""
    return path.read_bytes()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of a user who has to heed permissions; the test runs as that user."""
    folder = Path(tempfile.mkdtemp())
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield folder
    finally:
        if root:
            os.setresuid(0, 0, 0)
        for part in (folder, *folder.rglob("*")):
            part.chmod(0o700)
        shutil.rmtree(folder)


def refusal(use: Use, path: Path) -> str:
    """The error's text, which names the file, is one line, and left the file as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        use(path)
    assert before == (path.read_bytes() if path.is_file() else None)
    assert not path.with_name("store.db-journal").exists()
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


# Made when missing


def test_a_fresh_store_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "share" / "tutor" / "store.db"
    open_to_write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["store 1.db", "50%.db", "a?mode=memory.db", "η#.db"])
def test_any_name_will_do(name: str, tmp_path: Path) -> None:
    open_to_write(tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_counting_makes_nothing(tmp_path: Path) -> None:
    open_to_count(tmp_path / "tutor" / "store.db")
    assert not list(tmp_path.iterdir())


@EITHER
def test_a_process_killed_before_the_first_migration_does_no_harm(use: Use, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    use(path)
    with Store(str(path)) as store:
        store.record(ANSWER, None)


def test_what_is_written_is_synced(path: Path) -> None:
    with Store(str(path)) as store:
        assert store._db.execute("PRAGMA synchronous").fetchone() == (3,)  # EXTRA
        assert store._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@EITHER
def test_a_store_in_wal_mode_returns_to_a_rollback_journal(use: Use, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.close()
    use(path)
    assert path.read_bytes()[18:20] == b"\x01\x01"  # the file format's versions for writing and reading


# Refused


@EITHER
@pytest.mark.parametrize("content", [b"hello", b"hello" * 1000, bytes(range(256)) * 16])
def test_not_a_database(use: Use, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    assert "not a database; move it away" in refusal(use, path)


@EITHER
@pytest.mark.parametrize(
    "sql", ["CREATE TABLE theirs (x)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"]
)
def test_a_database_of_another_program(use: Use, sql: str, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as other:
        other.execute(sql)
    other.close()
    assert "another program's database; move it away" in refusal(use, path)


@EITHER
def test_a_damaged_store(use: Use, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    assert "damaged; move it away" in refusal(use, path)


@EITHER
def test_a_store_from_a_newer_tutor(use: Use, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")
    other.close()
    assert "newer tutor; update this one with 'pip install --upgrade" in refusal(use, path)


@EITHER
def test_a_folder_in_its_place(use: Use, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.mkdir()
    assert "see that it is a file" in refusal(use, path)


def test_a_file_in_the_place_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "tutor").touch()
    message = refusal(open_to_write, tmp_path / "tutor" / "store.db")
    assert "cannot be made (File exists)" in message
    assert "TUTOR_HOME" in message


@EITHER
def test_a_locked_store(use: Use, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match=r"another program is using it; close that, or try again$"):
        use(path)
    other.close()
    use(path)


def test_a_read_only_folder(unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    assert "cannot be made (Permission denied)" in refusal(open_to_write, unprivileged / "new" / "store.db")
    assert "cannot be made (Permission denied)" in refusal(open_to_write, unprivileged / "store.db")
    assert not list(unprivileged.iterdir())


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o500, 0o600), (0o700, 0o400)])
def test_a_read_only_store_is_refused_but_counted(
    folder_mode: int, file_mode: int, content: bytes, unprivileged: Path
) -> None:
    mine = unprivileged / "store.db"
    mine.write_bytes(content)
    mine.chmod(file_mode)
    unprivileged.chmod(folder_mode)
    assert "is read-only; make it writable" in refusal(open_to_write, mine)
    assert counts(str(mine), ["q", "new"], date(2100, 1, 1)).due == 1


@EITHER
def test_an_unreadable_store(use: Use, unprivileged: Path) -> None:
    mine = unprivileged / "store.db"
    mine.touch(0o000)
    with pytest.raises(StoreError, match=r"may read and write it|is read-only"):
        use(mine)


# Migrated when old


def test_the_version_is_the_number_of_migrations(path: Path) -> None:
    pending = migrations.MIGRATIONS.pending(Database(memory=True))
    assert len(pending) == connection.SCHEMA_VERSION
    with Store(str(path)) as store:
        assert store._db.execute("PRAGMA user_version").fetchone() == (len(pending),)


def test_each_version_knows_its_acts() -> None:
    """An older tutor can't read an act that it doesn't know, so a new one needs a migration."""
    assert (connection.SCHEMA_VERSION, " ".join(Act)) == (
        4,
        "suspend resume bury reset move unclear adopt revoke reinstate",
    )


@EITHER
def test_a_store_of_the_version_before_is_brought_up_to_date(use: Use, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("DELETE FROM _sqlite_migrations WHERE name = 'unclear'")
    other.execute("PRAGMA user_version = 3")
    other.commit()
    other.close()
    use(path)
    with Store(str(path)) as store:
        assert store._db.execute("PRAGMA user_version").fetchone() == (4,)
        store.act("q", Act.UNCLEAR)
        assert list(store.unclear()) == ["q"]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """The migrations of a tutor that is to have one more."""
    later = Migrations("tutor.memory")
    for migration in migrations.MIGRATIONS.pending(Database(memory=True)):
        later(name=migration.name)(migration.fn)
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    monkeypatch.setattr(connection, "SCHEMA_VERSION", connection.SCHEMA_VERSION + 1)
    return later


def test_a_store_written_by_the_very_first_version(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first = sqlite3.connect(path)
    first.executescript(Path(__file__).with_name("store-v1.sql").read_text(encoding="utf-8"))
    first.close()
    with Store(str(path)) as store:
        log, states = store.reviews(), store.states()
        assert [(review.question, review.rating, review.undone) for review in log] == [
            ("line-search", 1, False),
            ("narrow-valley", 3, False),
            ("line-search", 2, False),
            ("narrow-valley", 3, False),
            ("warmup", 3, True),
            ("narrow-valley", 4, False),
        ]
        assert log[2].answer == "η"
        assert {review.seed for review in log} == {None}
        assert {question: state.due.isoformat() for question, state in states.items()} == {
            "narrow-valley": "2027-02-15",
            "line-search": "2026-11-24",
        }
        assert store.bookmark("place") == {"card": "learning-rate", "paragraph": 2}
        store.rebuild()
        for question, state in store.states().items():
            before = states[question]
            assert state.stability == pytest.approx(before.stability)  # the last bit is the C library's
            assert state.difficulty == pytest.approx(before.difficulty)
            assert (state.day, state.due) == (before.day, before.due)


@EITHER
def test_an_older_store_is_migrated(use: Use, path: Path, next_version: Migrations) -> None:
    @next_version()
    def moods(db: Database) -> None:
        db.table("reviews").add_column("mood", int)

    use(path)
    with Store(str(path)) as store:
        assert store._db.execute("SELECT question, mood FROM reviews").fetchall() == [("q", None)]
        assert store._db.execute("PRAGMA user_version").fetchone() == (connection.SCHEMA_VERSION,)
        assert store.record(ANSWER, store.state("q")).reps == 2


@EITHER
def test_a_failed_migration_leaves_the_store_as_it_was(use: Use, path: Path, next_version: Migrations) -> None:
    @next_version()
    def good(db: Database) -> None:
        db.table("reviews").add_column("mood", int)

    @next_version()
    def bad(db: Database) -> None:
        db.table("states").drop()
        db.execute("SELECT * FROM nowhere")

    assert "no such table: nowhere" in refusal(use, path)


def test_a_migration_stopped_by_a_signal_leaves_the_store_as_it_was(
    path: Path, next_version: Migrations
) -> None:
    @next_version()
    def interrupted(db: Database) -> None:
        db.table("states").drop()
        raise KeyboardInterrupt

    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        open_to_write(path)
    assert path.read_bytes() == before
