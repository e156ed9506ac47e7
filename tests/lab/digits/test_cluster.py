"""A Dask cluster: the same numbers with a worker killed in the middle, and schedulers that don't answer."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import Any

import numpy as np
import pytest

from tests.lab.digits.small import SMALL
from tutor.errors import TutorError, UsageError
from tutor.lab.digits.cluster import cluster
from tutor.lab.digits.history import as_arrays
from tutor.lab.digits.problem import Problem
from tutor.lab.digits.sweep import Axis, Sweep, sweep
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import Workshop
from tutor.optim.network import Run


def test_a_killed_worker_changes_nothing() -> None:
    distributed: Any = pytest.importorskip("distributed")
    problem = Problem(examples=300, depth=1, width=16, loss="mse", batch=32, steps=100, every=100)
    settings = Sweep(problem, (Axis("width", (4.0, 8.0)),), seeds=1)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as local:
        pids = [worker.pid for worker in local.workers.values()]
        killed = False
        where = Workshop(executor=lambda: cluster(local.scheduler_address))
        for state in sweep(settings, where):  # noqa: B007 - the last one counts
            if not killed:
                os.kill(pids[0], signal.SIGKILL)
                killed = True
    *_, alone = sweep(settings, Workshop())
    assert state.finished
    assert state.record() == alone.record()


def test_a_scheduler_that_does_not_answer() -> None:
    pytest.importorskip("distributed")
    with socket.socket() as silent:  # it takes the connection, and says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(TutorError, match=f"no scheduler answers at {address}"),
            cluster(address, patience=0.5),
        ):
            pass
    with pytest.raises(TutorError, match=f"no scheduler answers at {address}"), cluster(address, patience=0.5):
        pass


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://x:1", "tcp://a:b"])
def test_what_is_no_address(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(TutorError) as caught, cluster(address, patience=0.5):
        pass
    assert address in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_scheduler_without_workers() -> None:
    distributed: Any = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address=":0", silence_logs=50
        ) as local,
        pytest.raises(TutorError, match="has no workers: start one with 'dask worker"),
        cluster(local.scheduler_address, patience=0.3),
    ):
        pass


def test_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UsageError, match=r"pip install 'terminal-tutor\[cluster\]'"),
        cluster("tcp://127.0.0.1:1"),
    ):
        pass


def test_results_come_back_whole() -> None:
    distributed: Any = pytest.importorskip("distributed")
    task = Task(SMALL, (Run(0.1), Run(1e5)))
    with (
        distributed.LocalCluster(
            n_workers=1, processes=False, dashboard_address=":0", silence_logs=50
        ) as local,
        Workshop(executor=lambda: cluster(local.scheduler_address)).open() as hands,
    ):
        *_, (there,) = hands.run([task])
    with Workshop().open() as hands:
        *_, (here,) = hands.run([task])
    assert there
    assert here
    for one, other in zip(there.histories, here.histories, strict=True):
        for name, value in as_arrays(other).items():
            np.testing.assert_array_equal(as_arrays(one)[name], value)
