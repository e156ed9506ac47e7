"""``tutor deck lint``: what is wrong in decks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.cli.deck.places import deck_paths
from tutor.cli.decks import open_index
from tutor.cli.output import print_json
from tutor.decks.folders import TITLE_FILE, scan
from tutor.decks.lint import Finding, lint, write_ids
from tutor.decks.model import DeckFileError
from tutor.study.library import check_fence
from tutor.study.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def run(options: argparse.Namespace) -> int:
    """Print what is found, a line each, and a summary; exit 1 if there are errors."""
    paths = deck_paths(options.paths)
    if not paths and not options.json:
        print("You have no deck of your own yet; 'tutor deck new NAME' begins one.")
        return 0
    cards = list(_cards(paths))
    written = _write_ids(cards) if options.fix else 0
    findings = lint(paths, check_fence, open_index().cards)
    failed = any(options.strict or finding.level == "error" for finding in findings)
    if options.json:
        print_json(
            {"cards": len(cards), "ids": written, "findings": list(map(_told, findings)), "ok": not failed}
        )
        return int(failed)
    for finding in findings:
        print(finding)
    if written:
        print(f"{counted(written, 'id')} written in.")
    print(f"{counted(len(cards), 'card')}: {summary(findings)}")
    return int(failed)


def summary(findings: Sequence[Finding]) -> str:
    """Count errors and warnings: "2 errors, 1 warning"."""
    errors = sum(finding.level == "error" for finding in findings)
    counts = [(errors, "error"), (len(findings) - errors, "warning")]
    return ", ".join(counted(number, level) for number, level in counts if number) or "nothing is wrong"


def _write_ids(cards: Iterable[Path]) -> int:
    """Write in the ids that are missing, and return how many; what can't be read is told with the rest."""
    taken = {question for card in open_index().cards for question in card.questions}
    written = 0
    for path in cards:
        with suppress(DeckFileError):
            written += write_ids(path, taken)
    return written


def _cards(paths: Iterable[Path]) -> Iterable[Path]:
    """List the cards' files among some files and folders."""
    from pathlib import Path

    for path in paths:
        if path.is_dir():
            yield from (Path(file) for file in scan([str(path)]) if not file.endswith(TITLE_FILE))
        else:
            yield path


def _told(finding: Finding) -> dict[str, object]:
    return {
        "path": str(finding.path),
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
    }
