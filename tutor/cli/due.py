"""``tutor due``: counts for a shell prompt, a tmux bar, a login message. It has to be quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.decks import open_index
from tutor.cli.output import print_json
from tutor.memory.clock import study_day, system_clock
from tutor.study.glance import glance

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--check", action="store_true", help="print nothing; exit 0 if some are due, else 1")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Print how many questions are due."""
    settings = config.settings()
    today = study_day(system_clock(), settings.rollover)
    due = glance(open_index().cards, config.store_path(), today, settings)
    if options.check:
        return 0 if due.due else 1
    if options.json:
        day, next_due = today.isoformat(), due.next_due.isoformat() if due.next_due else None
        print_json({**due._asdict(), "day": day, "next_due": next_due})
    else:
        print(f"{due.due} due, {due.new} new")
    return 0
