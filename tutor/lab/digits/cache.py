"""What was computed before, in a folder: a file for each result, named by the hash of what defines it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 - it is a class

import numpy as np

from tutor.lab.digits.history import History, as_arrays, from_arrays
from tutor.optim.network import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 256_000_000
"""What the folder may hold; beyond that the oldest files go."""

LOOK = 500
"""After how many new files to look again how much there is."""

DAMAGE = (OSError, ValueError, KeyError, EOFError, BadZipFile, ZlibError)
"""What reading a file that is missing, cut short or altered can raise."""


class Cache:
    """Keeps results and checkpoints. A damaged file is as good as none; a disk that is full is no error."""

    def __init__(self, folder: str, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.trouble: str | None = None
        """What went wrong when something was to be kept, in one line; nothing has been kept since."""

        self._most_bytes = most_bytes
        self._written = 0

    def get(self, key: str) -> History | None:
        """Find a result."""
        try:
            return from_arrays(self._read(key))
        except DAMAGE:
            return None

    def put(self, key: str, history: History) -> None:
        """Keep a result."""
        self._write(key, as_arrays(history))

    def checkpoint(self, key: str) -> Checkpoint | None:
        """Find where a training was left."""
        try:
            return Checkpoint(self._read(f"{key}.checkpoint"))
        except DAMAGE:
            return None

    def keep_checkpoint(self, key: str, checkpoint: Checkpoint) -> None:
        """Keep where a training is."""
        self._write(f"{key}.checkpoint", checkpoint.arrays)

    def drop_checkpoint(self, key: str) -> None:
        """Forget where a training was, as it is done."""
        _remove(self._path(f"{key}.checkpoint"))

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, f"{name}.npz")

    def _read(self, name: str) -> dict[str, Any]:
        with open(self._path(name), "rb") as file, np.load(file, allow_pickle=False) as stored:
            return dict(stored)

    def _write(self, name: str, arrays: Mapping[str, Any]) -> None:
        """Write to a file of another name first, so that whoever reads sees all of it or none."""
        if self.trouble:
            return
        temporary = None
        try:
            os.makedirs(self.folder, exist_ok=True)
            handle, temporary = tempfile.mkstemp(suffix=".part", dir=self.folder)
            with open(handle, "wb") as file:
                np.savez(file, **arrays)
            os.replace(temporary, self._path(name))
            temporary = None
            if self._written % LOOK == 0:
                self._trim()
            self._written += 1
        except OSError as error:
            self.trouble = (
                f"{self.folder}: results cannot be kept ({error.strerror}): free some space, or go on without"
            )
        finally:
            if temporary:
                _remove(temporary)

    def _trim(self) -> None:
        """Delete the oldest files if all together are too large."""
        with os.scandir(self.folder) as entries:
            files = [(entry.stat(), entry.path) for entry in entries if entry.name.endswith((".npz", ".part"))]
        left = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime_ns):
            if left <= self._most_bytes:
                return
            _remove(path)
            left -= stat.st_size


def _remove(path: str) -> None:
    """Delete a file, unless another process was quicker."""
    with suppress(OSError):
        os.remove(path)
