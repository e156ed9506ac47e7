"""Notices when a file is saved.

A thread asks the file system twice a second, and wakes the app only if something changed: an idle screen sends
nothing, and a slow server keeps no key waiting. Asking works everywhere. Over NFS and SSHFS no change is
announced, and where it is (inotify, FSEvents), each system would need a library of its own.
"""

from __future__ import annotations

import os
from threading import Event, Thread
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App

BEAT = 0.5
"""Seconds between two looks at the file."""

CALM = 0.05
"""Seconds for which a file that changed must be the same: some editors write it in pieces."""


class FileSaved(Message):
    """The file is another one than before."""


class Watch:
    """Begins at once; what is saved from then on is posted to the app."""

    def __init__(self, owner: App[None], path: str) -> None:
        self._owner = owner
        self._path = path
        self._over = Event()
        self._seen = self._state()
        Thread(target=self._watch, daemon=True).start()  # a daemon: it never keeps the program from ending

    def stop(self) -> None:
        """End it."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(BEAT):
            now = self._state()
            while now != self._seen and not self._over.wait(CALM):
                before, now = now, self._state()
                if now is not None and now == before:
                    self._seen = now
                    self._owner.post_message(FileSaved())

    def _state(self) -> tuple[int, ...] | None:
        """What tells one version of the file from another; None while an editor puts a new one in its place."""
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
