"""What the app does at the signals of the system: it leaves cleanly, and wakes only from sleep."""

from __future__ import annotations

import asyncio
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App


def heed(app: App[None]) -> None:
    """Leave at SIGHUP and SIGTERM, with the status that a shell would give, and wake up at SIGCONT."""
    if sys.platform == "win32":  # there, closing the window ends the process
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
    _wake_only_after_sleep()


def _wake_only_after_sleep() -> None:
    """Let Textual see a SIGCONT only after a SIGTSTP.

    The system sends one after each hang-up too. Textual would start to read keys a second time, and what read
    them first would never end: it would spin on the dead terminal for as long as the machine is up.
    """
    sleep, wake = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not (callable(sleep) and callable(wake)):  # without a terminal there is nothing to wake
        return
    asleep = False

    def on_stop(number: int, frame: FrameType | None) -> None:
        nonlocal asleep
        asleep = True
        sleep(number, frame)

    def on_continue(number: int, frame: FrameType | None) -> None:
        nonlocal asleep
        if asleep:
            asleep = False
            wake(number, frame)

    signal.signal(signal.SIGTSTP, on_stop)
    signal.signal(signal.SIGCONT, on_continue)
