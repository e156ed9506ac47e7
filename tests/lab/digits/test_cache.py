"""What was computed is found again, whatever happens to the files; a full disk is no error."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lab.digits.made_up import history
from tests.lab.digits.small import SMALL
from tutor.lab.bench.state import Choice
from tutor.lab.digits.cache import Cache
from tutor.lab.digits.history import as_arrays
from tutor.lab.digits.task import Task
from tutor.optim.network import Checkpoint, Run

if TYPE_CHECKING:
    import pytest

    from tutor.lab.digits.history import History


def assert_equal(one: History | None, other: History) -> None:
    assert one is not None
    for name, value in as_arrays(other).items():
        np.testing.assert_array_equal(as_arrays(one)[name], value)


def test_what_is_kept_is_found_again_by_another(cache: Cache) -> None:
    kept = history(0.25), history(float("inf"))
    for key, each in zip("ab", kept, strict=True):
        cache.put(key, each)
    other = Cache(cache.folder)
    for key, each in zip("ab", kept, strict=True):
        assert_equal(other.get(key), each)
    assert other.get("c") is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 5000), st.binary(max_size=20))
def test_a_damaged_file_is_as_good_as_none(cache: Cache, place: int, junk: bytes) -> None:
    cache.put("a", history(0.5))
    path = Path(cache.folder, "a.npz")
    whole = path.read_bytes()
    path.write_bytes(whole[: place % len(whole)] + junk)
    found = cache.get("a")
    if found is not None:
        assert_equal(found, history(0.5))


def test_arrays_that_do_not_belong_together_are_damage(cache: Cache) -> None:
    wrong = replace(history(0.5), validation_loss=np.zeros(7))
    cache.put("a", wrong)
    assert cache.get("a") is None


def test_nothing_is_unpickled(cache: Cache) -> None:
    os.makedirs(cache.folder)
    np.savez(Path(cache.folder, "a.npz"), losses=np.array([{"a": 1}], dtype=object))
    assert cache.get("a") is None


def test_a_full_disk_is_told_once_and_leaves_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    cache.put("a", history(0.5))
    cache.put("b", history(0.5))
    assert cache.trouble is not None
    assert "No space left on device" in cache.trouble
    assert "\n" not in cache.trouble
    assert os.listdir(cache.folder) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(str(tmp_path / "file" / "results"))
    cache.put("a", history(0.5))
    assert cache.trouble is not None
    assert cache.get("a") is None


def test_the_oldest_files_go_when_there_is_too_much(tmp_path: Path) -> None:
    filled = Cache(str(tmp_path))
    for place in range(6):
        filled.put(f"{place}", history(0.5))
        os.utime(tmp_path / f"{place}.npz", (place, place))
    size = (tmp_path / "0.npz").stat().st_size
    Cache(str(tmp_path), most_bytes=3 * size).put("new", history(0.5))
    assert {path.stem for path in tmp_path.iterdir()} == {"4", "5", "new"}


def test_checkpoints(cache: Cache) -> None:
    assert cache.checkpoint("a") is None
    cache.keep_checkpoint("a", Checkpoint({"points": np.arange(3.0)}))
    found = cache.checkpoint("a")
    assert found is not None
    np.testing.assert_array_equal(found.arrays["points"], [0.0, 1.0, 2.0])
    cache.drop_checkpoint("a")
    cache.drop_checkpoint("a")
    assert cache.checkpoint("a") is None


def test_a_key_depends_on_all_that_defines_a_result_and_nothing_else(tmp_path: Path) -> None:
    run = Run(0.1)
    problems = [
        SMALL,
        replace(SMALL, width=9),
        replace(SMALL, loss="mse"),
        replace(SMALL, optimizer=Choice("momentum")),
        replace(SMALL, optimizer=Choice("momentum", (("momentum", 0.8),))),
        replace(SMALL, sharpness=True),
    ]
    runs = [run, Run(0.2), Run(0.1, seed=1), Run(0.1, scale=2.0)]
    keys = [*(Task(problem, (run,)).keys()[0] for problem in problems), *Task(SMALL, tuple(runs)).keys()[1:]]
    assert len(set(keys)) == len(keys)
    assert Task(SMALL, (Run(5.0), run)).keys()[1] == keys[0]  # company does not matter
    assert keys[0] == Task(SMALL, (run,)).keys()[0]


def test_the_files_of_a_folder_are_part_of_the_key(tmp_path: Path) -> None:
    task = Task(replace(SMALL, data=str(tmp_path)), (Run(0.1),))
    (tmp_path / "train").write_text("1")
    before = task.keys()
    (tmp_path / "train").write_text("22")
    assert task.keys() != before
