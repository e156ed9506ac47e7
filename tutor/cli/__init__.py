"""The command ``tutor``: one module a subcommand, imported when it is run.

A subcommand's module has ``configure(parser)``, which adds its arguments, and ``run(options)``, which does it
and returns the exit status.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NoReturn

from tutor import __version__
from tutor.cli.output import complain
from tutor.errors import TutorError, UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import ModuleType

COMMANDS = {
    "due": "counts for a shell prompt, a tmux bar or a login message",
    "review": "today's routine; with --plain line by line, for pipes and screen readers",
    "spread": "spread what is due over several days, after a holiday for instance",
    "cards": "the cards there are, with their state",
    "show": "one card whole",
    "find": "search the cards and questions; words, and filters by topic, tag, state and more",
    "deck": "write decks, look at them, and add, list and remove them",
    "log": "the reviews, oldest first, one JSON object a line",
    "stats": "how it goes: what you did, keep and forget, with plots; --json and --csv",
    "fit": "fit the schedule's parameters to your own log, kept only if they predict better",
    "db": "keep the store safe: check, backup, list, restore, rebuild",
    "export": "write everything that is kept, as lines of JSON",
    "import": "merge what an export wrote, all of it or nothing",
    "descend": "run one descent, or thousands of rates at once",
    "flow": "follow the gradient flow that descent discretises",
    "schedule": "the rates of a schedule",
    "train": "train a network on handwritten digits, or run a preset",
    "bracket": "find a good learning rate: a coarse grid, then finer around the best",
    "range-test": "let the learning rate rise within one short run",
    "sweep": "the largest stable rate over batch size, depth, width or first weights",
    "lab": "the descent lab, on a preset or on what you kept there",
    "completion": "print a completion script for your shell",
}
"""The subcommands, each a module of this package (``-`` is written ``_`` there), with what they do."""

INTERRUPTED = 130
"""The exit status of a command that Ctrl+C ended, by the custom of shells."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; what goes wrong becomes one message and its status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # what can't be decoded or shown is no reason to fail
            stream.reconfigure(errors="replace" if stream is sys.stdin else "backslashreplace")
    try:
        try:
            return _run(words)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except TutorError as error:
        complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _forget_output()
        return 0
    except OSError as error:
        _forget_output()
        complain(str(error))
        return TutorError.exit_status


def _run(words: list[str]) -> int:
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        raise unknown("command", words[0], COMMANDS)
    options = parser(words).parse_args(words)
    module = _module(options.command or "review")
    return int(module.run(options))


def _module(command: str) -> ModuleType:
    """Import a command's module; ``import`` is a word of Python's own."""
    return import_module(f"tutor.cli.{command.replace('-', '_')}{'_' if iskeyword(command) else ''}")


def _forget_output() -> None:
    """Let what can't be written go nowhere, or Python would try once more at its end, and complain."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Parser(argparse.ArgumentParser):
    """Raises UsageError on wrong usage, and takes ``-4,2`` for a value, as argparse does ``-4``."""

    mixed = False
    """Whether words may stand between the options, as in ``find rate --is due step``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self._negative_number_matcher = re.compile(r"-[\d.]")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Read the arguments, words between the options as well if they may be ``mixed``."""
        if not self.mixed:
            return super().parse_known_args(args, namespace)
        self.mixed = False  # the next calls this method for its parts
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixed = True

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong, and how to get help."""
        raise UsageError(f"{message}; see '{self.prog} --help'")


def parser(wanted: Collection[str] = COMMANDS) -> Parser:
    """Build the parser. Only the commands in ``wanted`` get their arguments, at the cost of an import each."""
    top = Parser(
        prog="tutor",
        description="A terminal tutor with spaced repetition: 'tutor' alone opens today's routine.",
        epilog="Data lives in your user data folder, or in $TUTOR_HOME.",
    )
    top.add_argument("--version", action="version", version=f"tutor {__version__}")
    top.set_defaults(command=None, plain=False, deck=None, limit=None, ahead=None, cram=False)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name in wanted:
            _module(name).configure(command)
    return top
