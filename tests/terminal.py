"""A program in a pseudo-terminal: its keys, its screen as pyte keeps it, and every byte that it sent."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

KEYS = {
    "Enter": b"\r",
    "Escape": b"\x1b",
    "Up": b"\x1b[A",
    "Down": b"\x1b[B",
    "Right": b"\x1b[C",
    "Left": b"\x1b[D",
    "^C": b"\x03",
    "^Z": b"\x1a",
}
"""The bytes of the keys that aren't a character of their own."""

PATIENCE = 20.0
"""Seconds after which a screen that is waited for will not come; long, because machines of CI are slow."""

TAKE_THE_TERMINAL = 'exec "$@" <>"$0" >&0 2>&1'
"""For sh at the head of a session of its own: the terminal that it opens first becomes the controlling one."""

ON_BY_DEFAULT = {7, 25}
"""The private modes that a terminal starts with: it wraps lines and shows the cursor."""

SIXTEEN_COLOURS = {code + n for code in (30, 40, 90, 100) for n in range(8)}
"""The SGR parameters of the sixteen colours, as foreground and background."""

CHECKOUT = Path(__file__).parents[1]
TUTOR = (sys.executable, "-m", "tutor")


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The environment of a learner whose data is in ``home``; it is noon, so that no study day ends meanwhile."""
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(CHECKOUT),
        "TERM": "xterm-256color",
        "TUTOR_HOME": str(home),
        "TZ": f"NOON{time.gmtime().tm_hour - 12:+}",
    } | changes


class Terminal:
    """Runs ``command`` until the end of the ``with`` statement.

    Waiting is for something to be seen, never for a time. Nothing is read from the program in between.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self.sent = bytearray()
        self.last_byte = time.perf_counter()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = pty.openpty()
        self._resize(*size)
        self._attributes = termios.tcgetattr(self._slave)
        os.set_blocking(self._master, False)
        self.process = subprocess.Popen(
            ["sh", "-c", TAKE_THE_TERMINAL, os.ttyname(self._slave), *command],
            env=dict(environment),
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.hang_up()
        os.close(self._slave)

    # What the learner does

    def press(self, *keys: str) -> None:
        """Send the keys: names of ``KEYS``, or characters."""
        os.write(self._master, b"".join(KEYS.get(key) or key.encode() for key in keys))

    def resize(self, columns: int, rows: int) -> None:
        """Make the window this large."""
        self._screen.resize(rows, columns)
        self._resize(columns, rows)

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the terminal's other end, as a lost link does."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    # What the learner sees

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, without their trailing blanks."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows)

    def wait_for(self, text: str, patience: float = PATIENCE) -> None:
        """Wait until ``text`` is on the screen."""
        self.wait_until(lambda: text in self.text, f"'{text}' is not on the screen", patience)

    def wait_until(self, condition: Callable[[], object], otherwise: str, patience: float = PATIENCE) -> None:
        """Read until ``condition()`` holds; fail with the screen if it doesn't in time."""
        deadline = time.monotonic() + patience
        while not condition():
            left = deadline - time.monotonic()
            assert left > 0, f"{otherwise} after {patience:g} s; there is:\n{self.text}"
            self._read(min(left, 0.05))

    def silence(self, seconds: float) -> int:
        """Read for so long, and return how many bytes came."""
        before, end = len(self.sent), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return len(self.sent) - before

    def settle(self, quiet: float = 0.15) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        while self.silence(quiet):
            pass

    def _read(self, seconds: float) -> None:
        """Read what there is, and wait at most so long for the first of it."""
        if self._master < 0 or not select.select([self._master], [], [], seconds)[0]:
            return
        chunk = os.read(self._master, 1 << 16)
        self.last_byte = time.perf_counter()
        self.sent += chunk
        self._stream.feed(chunk.replace(b"\x1b[<u", b""))  # pyte does not know this one

    # How it ends

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for the end of the program, and return its exit status: minus the signal that killed it."""
        self.wait_until(lambda: self.process.poll() is not None, "the program goes on", patience)
        self._read(0)
        return self.process.returncode

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    @property
    def modes_left_on(self) -> list[str]:
        """What the program changed of the terminal, and did not put back."""
        final = {int(mode): way == b"h" for mode, way in re.findall(rb"\x1b\[\?(\d+)([hl])", self.sent)}
        left = [f"mode {mode}" for mode, on in sorted(final.items()) if on is not (mode in ON_BY_DEFAULT)]
        if self.sent.count(b"\x1b[>") != self.sent.count(b"\x1b[<u"):
            left.append("kitty's keyboard protocol")
        if termios.tcgetattr(self._slave) != self._attributes:
            left.append("the line discipline")
        return left

    @property
    def colours(self) -> set[str]:
        """The colour codes sent: each an SGR parameter, or the first two of an extended one."""
        codes = set()
        for sequence in re.findall(rb"\x1b\[([\d;]*)m", self.sent):
            parameters = iter(sequence.decode().split(";"))
            for code in parameters:
                if code in {"38", "48"}:
                    kind = next(parameters)
                    codes.add(f"{code};{kind}")
                    for _ in range(1 if kind == "5" else 3):
                        next(parameters)
                elif code and int(code) in SIXTEEN_COLOURS:
                    codes.add(code)
        return codes

