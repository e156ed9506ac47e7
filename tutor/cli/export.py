"""``tutor export``: everything that is kept, as lines of JSON."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.cli.study import open_store
from tutor.errors import StoreError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="where to; '-' for standard output")


def run(options: argparse.Namespace) -> int:
    """Write the lines; a file is there when it is whole, and not before."""
    with open_store() as store:
        if options.file == "-":
            for line in store.export():
                print(line)
            return 0
        temporary = f"{options.file}.{os.getpid()}"
        try:
            with open(temporary, "x", encoding="ascii") as file:
                for line in store.export():
                    file.write(line + "\n")
            os.replace(temporary, options.file)
        except OSError as error:
            raise StoreError(f"{options.file}: it cannot be written ({error.strerror})") from error
        finally:
            with suppress(OSError):
                os.unlink(temporary)
    print(f"exported to {options.file}", file=sys.stderr)
    return 0
