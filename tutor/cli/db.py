"""``tutor db``: keeping the store safe."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.output import print_json
from tutor.cli.study import open_store
from tutor.errors import UsageError
from tutor.memory.backup import back_up, backups, folder
from tutor.memory.clock import system_clock
from tutor.memory.thinning import daily, is_due

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tutor.memory.check import Finding


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parts = parser.add_subparsers(dest="part", metavar="PART", title="parts", required=True)
    part = parts.add_parser("check", help="look for faults; exit 1 if there are any")
    part.add_argument("--mend", action="store_true", help="mend what can be mended, after a backup")
    part.add_argument("--json", action="store_true", help="print one JSON object")
    part = parts.add_parser("backup", help="copy the store, and verify the copy")
    part.add_argument("file", metavar="FILE", nargs="?", help="where to; among the backups if not given")
    part.add_argument("--daily", action="store_true", help="only if the last is a day old and there is news")
    part = parts.add_parser("list", help="the backups there are, the latest first")
    part.add_argument("--json", action="store_true", help="print one JSON object")
    part = parts.add_parser("restore", help="put a backup in the place of the store")
    part.add_argument("file", metavar="FILE", help="a backup's file, or 'latest'")
    parts.add_parser("rebuild", help="fold the whole log anew")


def run(options: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return PARTS[options.part](options)


def _check(options: argparse.Namespace) -> int:
    with open_store() as store:
        found = store.check()
        mended = options.mend and any(finding.mendable for finding in found)
        if mended:
            back_up(config.store_path(), system_clock())
            found = store.mend()
            left = store.check()
        else:
            left = found
    if options.json:
        print_json({"ok": not left, "found": [_told(finding) for finding in found], "mended": mended})
    else:
        for finding in found:
            verb = "mended" if mended and finding not in left else "to mend it"
            print(f"{finding.what}\n  {verb}: {finding.mending}")
        if any(finding.mendable for finding in left):
            print("run 'tutor db check --mend' to mend it, after a backup")
        if not left:
            print("the store is in order")
    return 1 if left else 0


def _told(finding: Finding) -> dict[str, object]:
    return {
        "fault": finding.fault.value,
        "what": finding.what,
        "ids": list(finding.ids),
        "mending": finding.mending,
        "mendable": finding.mendable,
    }


def _backup(options: argparse.Namespace) -> int:
    store = config.store_path()
    if options.daily:
        if options.file:
            raise UsageError("--daily goes to the folder of backups: leave out FILE")
        now = system_clock()
        print(daily(store, now) if is_due(store, now) else "no backup is due")
    else:
        print(back_up(store, system_clock(), options.file and os.path.abspath(options.file)))
    return 0


def _list(options: argparse.Namespace) -> int:
    found = backups(config.store_path())
    if options.json:
        told = [{"path": path, "at": at.isoformat(), "bytes": size} for path, at, size in found]
        print_json({"folder": folder(config.store_path()), "backups": told})
    else:
        for path, at, size in found:
            print(f"{at.astimezone():%Y-%m-%d %H:%M}  {size / 1e6:8.1f} MB  {path}")
        if not found:
            print(f"no backups in {folder(config.store_path())}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from tutor.memory.restore import restore

    store = config.store_path()
    file = options.file
    if file == "latest":
        found = backups(store)
        if not found:
            raise UsageError(f"there are no backups in {folder(store)}")
        file = found[0].path
    old = restore(os.path.abspath(file), store, system_clock())
    print(f"restored {file}" + (f"; what was there is in {old}" if old else ""))
    return 0


def _rebuild(_options: argparse.Namespace) -> int:
    shown = sys.stderr is not None and sys.stderr.isatty()
    with open_store() as store:
        store.rebuild(_show if shown else None)
    if shown:
        print(file=sys.stderr)
    print("the states are those of the log")
    return 0


def _show(done: int) -> None:
    print(f"\r{done:,} questions", end="", file=sys.stderr, flush=True)


PARTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "backup": _backup,
    "list": _list,
    "restore": _restore,
    "rebuild": _rebuild,
}
