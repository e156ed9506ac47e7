"""``tutor import``: merge what ``tutor export`` wrote."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tutor.cli.study import open_store
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="what 'tutor export' wrote; '-' for standard input")


def run(options: argparse.Namespace) -> int:
    """Take in all of the lines or none."""
    with open_store() as store:
        try:
            if options.file == "-":
                taken = store.take_in(sys.stdin)
            else:
                with open(options.file, encoding="utf-8") as file:
                    taken = store.take_in(file)
        except UnicodeDecodeError:
            raise UsageError(f"{options.file}: not text; give what 'tutor export' wrote") from None
        except OSError as error:
            raise UsageError(f"{options.file}: it cannot be read ({error.strerror})") from error
        except UsageError as error:
            raise UsageError(f"{options.file}: {error}; nothing was taken in") from None
    print(f"{taken.new} new, {taken.known} already here")
    return 0
