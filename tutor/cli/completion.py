"""``tutor completion``: a script that completes commands and options in the learner's shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to complete in")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from tutor.cli import parser

    print(shtab.complete(parser(), shell=options.shell))
    return 0
