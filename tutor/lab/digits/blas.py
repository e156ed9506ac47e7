"""One thread for linear algebra: equal bits everywhere, and processes that don't fight for the cores."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
_limits: list[tuple[object, threadpool_limits | None]] = []
"""Who asks for one thread; the first of them holds the limit, as it counts for the whole process."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep BLAS to one thread until the last of those who asked for it has left."""
    me = object()
    with _lock:
        _limits.append((me, None if _limits else threadpool_limits(1)))
    try:
        yield
    finally:
        with _lock:
            place = next(place for place, (who, _) in enumerate(_limits) if who is me)
            _, limit = _limits.pop(place)
            if limit is not None and _limits:
                _limits[0] = (_limits[0][0], limit)
            elif limit is not None:
                limit.restore_original_limits()
