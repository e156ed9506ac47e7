"""``tutor deck edit``: a card in the author's editor, and back to where it needs mending."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.deck.lint import summary
from tutor.cli.deck.places import card_file
from tutor.cli.decks import open_index
from tutor.cli.output import complain
from tutor.decks.clean import one_line
from tutor.decks.lint import lint
from tutor.editor import editor_command
from tutor.errors import UsageError
from tutor.study.library import check_fence

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Edit until nothing is wrong or the author leaves; exit 1 if errors are left."""
    path = card_file(options.card)
    if path.resolve().is_relative_to(Path(config.deck_roots()[0]).resolve()):
        complain(f"{one_line(path.name)} comes with the tutor, whose next version will bring its own again")
    line = 1
    while True:
        _edit(path, line)
        findings = lint([path], check_fence, open_index().cards)
        for finding in findings:
            print(finding)
        print(f"{one_line(str(path))}: {summary(findings)}")
        if not findings:
            return 0
        worst = min(findings, key=lambda finding: finding.level != "error")  # the first error if there is one
        if not _goes_back(worst.line):
            return int(worst.level == "error")
        line = worst.line


def _edit(path: Path, line: int) -> None:
    command = editor_command(str(path), line)
    try:
        status = subprocess.call(command)  # noqa: S603 - it is the author's own editor
    except OSError as error:
        raise UsageError(f"the editor '{command[0]}' can't be run ({error.strerror}); name another") from error
    if status:
        raise UsageError(f"the editor '{command[0]}' ended with status {status}; the card was not looked over")


def _goes_back(line: int) -> bool:
    """Ask whether to go on editing; nobody to ask is a no."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        return False
    try:
        answer = input(f"Enter goes back to line {line}, q leaves: ")
    except EOFError:
        print()
        return False
    return answer.strip().lower() not in {"q", "quit", "n", "no"}
