"""Running a long experiment: a live picture on a terminal, the result at the end, Ctrl+C at any time."""

from __future__ import annotations

import shutil
import signal
import sys
import textwrap
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tutor.cli.live import Live
from tutor.cli.long_options import print_list, read, workshop
from tutor.cli.output import complain, print_json
from tutor.errors import TutorError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from types import FrameType

    from tutor.lab.digits.state import LongExperiment, State
    from tutor.lab.digits.workshop import Workshop

INTERRUPTED = 130


def run_long(name: str, options: argparse.Namespace) -> int:
    """Run the experiment ``name`` and print what came out."""
    if options.list is not None:
        print_list(options.list)
        return 0
    experiment = read(name, options)
    where = workshop(name, experiment, options)
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    try:
        state = _watched(experiment, where, pictures=on_terminal and not options.json)
    except KeyboardInterrupt:
        kept = "what was finished is kept: the same command goes on from there"
        complain(f"stopped; {kept if where.cache and not where.cache.trouble else 'nothing could be kept'}")
        return INTERRUPTED
    if where.cache and where.cache.trouble:
        complain(where.cache.trouble)
    if options.json:
        print_json(state.record())
    else:
        _show(state, plot=on_terminal or options.plot)
    return 0


def _watched(experiment: LongExperiment, where: Workshop, *, pictures: bool) -> State:
    """Run to the end, and show on the way what there is."""
    state: State | None = None
    with Live(pictures=pictures) as live, closing(experiment.run(where)) as states, _interrupts() as heed:
        for state in states:
            heed()
            live.show(state)
    if state is None:
        raise TutorError("the experiment gave nothing")
    return state


@contextmanager
def _interrupts() -> Iterator[Callable[[], None]]:
    """Give a function that raises KeyboardInterrupt if Ctrl+C was pressed, and nothing came of it.

    Python drops an exception that is raised in a callback of its own, such as of the garbage collector.
    """
    pressed = False

    def press(_: int, __: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        raise KeyboardInterrupt

    def heed() -> None:
        if pressed:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, press)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)


def _show(state: State, *, plot: bool) -> None:
    """Print the figure, the numbers and what they say."""
    outcome = state.outcome()
    columns, lines = shutil.get_terminal_size((80, 24))
    told = textwrap.wrap(outcome.verdict, min(columns, 100) - 1)
    table = state.table()
    if plot:
        from tutor.cli.picture import show

        show(outcome.figure, lines - len(table) - len(told) - 2)
    print(*table, "", *told, sep="\n")
