"""A store's file, opened: what goes wrong with it is said in plain words, and writing is all or nothing."""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Self

from tutor.memory import schedule
from tutor.memory.clock import ROLLOVER_HOUR, study_day, system_clock
from tutor.memory.connection import connect, create, identity, plain_errors, transaction

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from tutor.memory.adoption import Schedulers
    from tutor.memory.clock import Clock
    from tutor.memory.schedule import Scheduler


class Opened:
    """An open store. `Reader` adds what reads, `Log` and `Store` what writes.

    Use it in the thread that opened it; other sessions may use the same file meanwhile.
    """

    def __init__(
        self,
        path: str,
        *,
        clock: Clock = system_clock,
        rollover: int = ROLLOVER_HOUR,
        scheduler: Scheduler = schedule.DEFAULT,
    ) -> None:
        """Open the store at ``path``, making or migrating it as need be.

        The ``scheduler`` is for questions that have none adopted. The states are those of the scheduler that
        made them: `rebuild` after opening with another one.
        Raises StoreError if it cannot be made, opened or written, is no store, or was made by a newer tutor.
        """
        self._path = os.path.abspath(path)
        self._clock = clock
        self._rollover = rollover
        self._scheduler = scheduler
        self._schedulers: tuple[object, Schedulers] | None = None
        create(self._path)
        self._db = connect(self._path)
        self._file = identity(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> str:
        """The store's file, for what reads it by a connection of its own."""
        return self._path

    def today(self) -> date:
        """Return the study day it is now."""
        return study_day(self._clock(), self._rollover)

    def _all(self, query: str, values: tuple[object, ...] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows at once, because a read left open would hold up the sessions that write."""
        with plain_errors(self._path):
            return self._db.execute(query, values).fetchall()

    def together(self) -> AbstractContextManager[None]:
        """Write all that is written inside in one transaction, with one wait for the disk, or nothing of it."""
        if self._db.in_transaction:  # inside another
            return nullcontext()
        return transaction(self._db, self._path, self._file)
