"""Worker processes on this machine, which die with whoever started them and never see a Ctrl+C."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from multiprocessing.connection import Connection


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of ``count`` processes. Left by an exception, it kills them in the middle of their work.

    They are spawned, as a fork of a program with threads (the app) may hang. Each watches a pipe whose other
    end is only here, so that no way of ending this process leaves one of them behind.
    """
    context = get_context("spawn")
    watched, held = context.Pipe(duplex=False)
    pool = _Pool(count, context, initializer=_begin, initargs=(watched,))
    try:
        yield pool
    except BaseException:
        held.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        held.close()
        watched.close()


class _Pool(ProcessPoolExecutor):
    """Starts its processes, which submit() does, with interrupts blocked: a child inherits that."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit as usual."""
        with _interrupts_blocked():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Hold Ctrl+C back for a moment, where the platform can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(watched: Connection) -> None:
    """Prepare a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(watched: Connection) -> None:
    """Wait for the end of the one who holds the pipe's other end, and end at once too."""
    watched.poll(None)
    os._exit(1)
