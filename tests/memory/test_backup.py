"""Backups are whole, verified and thinned; restoring one loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import StoreError
from tutor.memory import backup, connection
from tutor.memory.backup import back_up, backups, verify
from tutor.memory.check import Fault
from tutor.memory.clock import system_clock
from tutor.memory.restore import restore
from tutor.memory.store import Store
from tutor.memory.thinning import A_DAY, DAYS, MONTHS, WEEKS, daily, is_due, kept, thin

if TYPE_CHECKING:
    from tests.memory.conftest import Damage, Learner

HOURS = st.lists(st.integers(0, 90_000), max_size=60)
FIRST = Path(__file__).with_name("store-v1.sql")


def names(path: Path) -> set[str]:
    return {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}


def damaged(path: Path) -> None:
    """Overwrite all but the header."""
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


@given(HOURS)
def test_what_is_kept(hours: list[int]) -> None:
    moments = [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in hours]
    chosen = kept(moments)
    assert chosen <= set(moments)
    assert len(chosen) <= DAYS + WEEKS + MONTHS
    assert kept(chosen) == chosen  # thinning again changes nothing
    if moments:
        assert max(moments) in chosen


def test_years_of_daily_backups_are_thinned_to_days_weeks_and_months() -> None:
    last = datetime(2026, 11, 23, 20, tzinfo=UTC)
    held: set[datetime] = set()
    for day in range(800):
        held = kept(held | {last - (799 - day) * A_DAY})
    ages = sorted((last - moment).days for moment in held)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 3 * 7 < ages[10] < 5 * 7
    assert ages[-1] > 300
    assert len(ages) <= 24


def test_a_backup_is_whole_and_for_its_owner_only(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    path = Path(back_up(str(learner.path), learner.now))
    assert path.parent == learner.path.with_name("backups")
    assert names(path.parent) == {"store-20261123T120000123000Z.db"}
    assert path.stat().st_mode & 0o777 == 0o600
    (found,) = backups(str(learner.path))
    assert (found.path, found.size) == (str(path), path.stat().st_size)
    assert found.at == datetime(2026, 11, 23, 12, 0, 0, 123_000, UTC)
    with Store(str(path)) as copy:
        assert copy.states() == {"q": state}


def test_a_day_has_one_backup_and_none_without_news(kept: Store, learner: Learner) -> None:
    path = str(learner.path)
    assert not is_due(str(learner.path.with_name("none.db")), learner.now)
    learner.answer(kept)
    assert is_due(path, learner.now)
    daily(path, learner.now)
    assert not is_due(path, learner.now)
    learner.wait(2)
    os.utime(path, (learner.now.ms / 1000 - 3 * 86_400,) * 2)
    assert not is_due(path, learner.now)  # nothing was written since
    os.utime(path, (learner.now.ms / 1000,) * 2)
    assert is_due(path, learner.now)
    daily(path, learner.now)
    assert len(backups(path)) == 2


def test_thinning_deletes_backups_and_what_killed_processes_left(kept: Store, learner: Learner) -> None:
    place = learner.path.with_name("backups")
    place.mkdir()
    for name in ("store-20200101T000000000000Z.db.77", "store-20200102T000000000000Z.db.78", "notes.txt"):
        (place / name).touch()
    os.utime(place / "store-20200101T000000000000Z.db.77", (0, 0))
    for hour in range(5):
        back_up(str(learner.path), learner.now._replace(ms=learner.now.ms + hour * 3_600_000))
    assert len(thin(str(learner.path))) == 4
    left = names(place)
    assert left == {
        "store-20200102T000000000000Z.db.78",
        "notes.txt",
        "store-20261123T160000123000Z.db",
    }


def test_a_store_that_is_damaged_or_not_there_gives_no_backup(kept: Store, learner: Learner) -> None:
    with pytest.raises(StoreError, match="isn't there yet"):
        back_up(str(learner.path.with_name("none.db")), learner.now)
    learner.answer(kept)
    kept.close()
    damaged(learner.path)
    with pytest.raises(StoreError):
        back_up(str(learner.path), learner.now)
    assert backups(str(learner.path)) == []


def test_a_full_disk_leaves_no_half_of_a_backup(
    kept: Store, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.answer(kept)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_sync", full)
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\)"):
        back_up(str(learner.path), learner.now)
    assert names(learner.path.with_name("backups")) == set()


def test_an_older_store_is_backed_up_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first = sqlite3.connect(path)
    first.executescript(FIRST.read_text(encoding="utf-8"))
    first.close()
    before = path.read_bytes()
    with Store(str(path)) as store:
        log, states = store.reviews(), store.states()
    (found,) = backups(str(path))
    with sqlite3.connect(found.path) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    copy.close()
    verify(found.path)
    path.unlink()
    restore(found.path, str(path), system_clock())
    with Store(str(path)) as store:
        assert store.reviews() == log
        assert store.states().keys() == states.keys()
        assert {finding.fault for finding in store.check()} <= {Fault.FUTURE}  # some are of December 2026
    assert before != path.read_bytes()


def test_restoring_puts_the_old_store_among_the_backups(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    then = back_up(str(learner.path), learner.now)
    learner.wait(2)
    later = learner.answer(kept)
    old = restore(then, str(learner.path), learner.now)
    with learner.open() as store:
        assert store.states() == {"q": state}
        assert store.check() == []
    assert old is not None
    with Store(old) as store:
        assert store.states() == {"q": later}
    assert names(learner.path.parent) == {"store.db", f"backups/{Path(then).name}", f"backups/{Path(old).name}"}


def test_a_session_that_was_open_is_told(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    then = back_up(str(learner.path), learner.now)
    restore(then, str(learner.path), learner.now._replace(ms=learner.now.ms + 1))
    with pytest.raises(StoreError, match="replaced or moved away meanwhile; leave, and open it again"):
        learner.answer(kept)
    with learner.open() as store:
        assert store.states() == {"q": state}


def test_a_damaged_store_is_moved_aside_with_its_journal(kept: Store, learner: Learner) -> None:
    state = learner.answer(kept)
    then = back_up(str(learner.path), learner.now)
    kept.close()
    damaged(learner.path)
    journal = learner.path.with_name("store.db-journal")
    journal.write_bytes(b"x" * 600)
    aside = restore(then, str(learner.path), learner.now)
    assert aside is not None
    assert Path(aside).read_bytes()[100:] == b"\xff" * (len(Path(aside).read_bytes()) - 100)
    assert not journal.exists()
    with learner.open() as store:
        assert store.states() == {"q": state}


@pytest.mark.parametrize("fault", ["damaged", "foreign", "nowhere", "unreadable rows"])
def test_what_is_no_backup_is_not_restored(
    fault: str, kept: Store, learner: Learner, by_hand: Damage, tmp_path: Path
) -> None:
    learner.answer(kept)
    bad = tmp_path / "bad.db"
    if fault == "foreign":
        with sqlite3.connect(bad) as other:
            other.execute("CREATE TABLE theirs (x)")
        other.close()
    elif fault != "nowhere":
        if fault == "unreadable rows":
            by_hand("UPDATE reviews SET day = 'today'")
        shutil.copy(learner.path, bad)
    if fault == "damaged":
        damaged(bad)
    before = learner.path.read_bytes()
    with pytest.raises(StoreError) as caught:
        restore(str(bad), str(learner.path), learner.now)
    assert "\n" not in str(caught.value)
    assert learner.path.read_bytes() == before
    assert not list(tmp_path.glob("*.restored.*"))


def test_a_store_in_use_is_not_replaced(kept: Store, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    learner.answer(kept)
    then = back_up(str(learner.path), learner.now)
    monkeypatch.setattr("tutor.memory.restore.BUSY_SECONDS", 0.02)
    kept._db.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another program is using it"):
        restore(then, str(learner.path), learner.now)
    kept._db.execute("ROLLBACK")
    learner.answer(kept)
    assert connection.identity(str(learner.path)) == kept._file
