"""``tutor range-test``: the learning rate rises within one short run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.long_options import add_options

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_options(parser, "range-test")


def run(options: argparse.Namespace) -> int:
    """Run it and print what came out."""
    from tutor.cli.long_run import run_long

    return run_long("range-test", options)
