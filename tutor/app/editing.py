"""The learner's own editor on a card's file, while the app stands aside."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tutor import config
from tutor.editor import editor_command
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App


def edit(app: App[None], path: str, line: int) -> None:
    """Open the file at ``path`` at ``line`` in the learner's editor, and wait until it is closed.

    An editor that ends otherwise than well is told in a notice. Raises UsageError if the file is not the
    learner's to change, or there is no editor to be had.
    """
    place = f"{path}, line {line}"
    if config.is_bundled(path):
        raise UsageError(f"this card came with the tutor, and an update would undo what you change: {place}")
    if not os.access(path, os.W_OK):
        raise UsageError(f"you may not write this card's file; mend its permissions: {place}")
    command = editor_command(path, line)
    try:
        with app.suspend(), _interrupts_are_the_editors():
            status = subprocess.run(command, check=False).returncode  # noqa: S603 - the learner chose it
    except SuspendNotSupported:
        raise UsageError(f"no editor can open in this terminal; in another, edit {place}") from None
    except OSError as error:
        raise UsageError(f"the editor '{command[0]}' can't be started ({error.strerror})") from None
    if status:
        app.notify(f"The editor '{command[0]}' ended with status {status}.", severity="warning", markup=False)


def first_of(path: str, problems: list[str]) -> list[str]:
    """Return the problems of the decks, those of the file at ``path`` first."""
    folder, name = os.path.split(path)
    return sorted(problems, key=lambda problem: not problem.startswith(f"{os.path.basename(folder)}/{name}:"))


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Stay when Ctrl+C is pressed in the editor; a handler, unlike SIG_IGN, is not handed on to it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
