"""``tutor stats``: how it goes, as text with plots, JSON or CSV."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.arguments import rate
from tutor.cli.output import print_json
from tutor.cli.study import open_library, open_store
from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    import argparse

    from tutor.app.statistics.exhibit import Exhibit
    from tutor.memory.statistics.curve import Curve
    from tutor.memory.statistics.summary import Statistics

WIDTH = 78
CALENDAR, FIGURE = 9, 14
"""Rows of a figure, at most."""

TABLES = (
    "days, streak, coming, paces, retention, months, calibration, forgetting, confidence, stability, "
    "difficulty, cards, decks, workload, question, own"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("table", metavar="TABLE", nargs="?", help=f"only one of them: {TABLES}")
    add("--question", metavar="ID", help="the question whose forgetting curve to show")
    add("--by", metavar="METHOD", help="for 'own': the optimizer that fits a curve to your own forgetting")
    add("--rate", metavar="η", type=rate, help="for 'own': its rate")
    add("--plain", action="store_true", help="in words and numbers, without plots")
    add("--json", action="store_true", help="print one JSON object of all tables, or a table's rows")
    add("--csv", action="store_true", help="print a table as CSV")


def run(options: argparse.Namespace) -> int:
    """Print the statistics."""
    from tutor.study.stock import take_stock

    if options.question and options.table not in {None, "question"}:
        raise UsageError("--question goes with the table 'question' only: leave the other table out")
    name = "question" if options.question else options.table
    if options.csv and name is None:
        raise UsageError("--csv prints one table: say which, such as 'tutor stats retention --csv'")
    with open_store() as store:
        today = store.today()
    found = take_stock(open_library(), config.store_path(), today)
    if name == "own":
        _print_own(found, options)
        return 0
    if options.json or options.csv:
        _print_tables(found, name, options.question, as_csv=options.csv)
    else:
        _print_exhibits(found, name, options.question, plain=options.plain)
    return 0


def _print_own(found: Statistics, options: argparse.Namespace) -> None:
    """Fit a forgetting curve of two parameters to the learner's own log, by descent."""
    from tutor.app.statistics.descent import own_forgetting
    from tutor.cli.picture import draws, show
    from tutor.plain.say import say

    experiment, answers = own_forgetting(found, options.by or "sgd")
    outcome = experiment.outcome(options.rate)
    if options.json or options.csv:
        print_json({"answers": answers, "readouts": outcome.readouts, "verdict": outcome.verdict})
        return
    if draws() and not options.plain:
        show(outcome.figure, FIGURE)
    say(outcome.description, *outcome.readouts, outcome.verdict)


def _print_tables(found: Statistics, name: str | None, question: str | None, *, as_csv: bool) -> None:
    from tutor.memory.statistics.tables import TABLES, row, table

    if name is None:
        print_json({"today": found.today.isoformat(), **{each: table(found, each) for each in TABLES}})
        return
    if name == "question":
        rows = [row(review) for review in _curve(found, question).reviews]
    elif name in TABLES:
        rows = table(found, name)
    else:
        raise unknown("table", name, [*TABLES, "question"])
    if not as_csv:
        print_json(rows)
    elif rows:
        import csv

        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _curve(found: Statistics, question: str | None) -> Curve:
    """The curve of a question, the one most reviewed unless it is given. Raises UsageError if there is none."""
    from tutor.app.statistics.pages import most_reviewed
    from tutor.memory.statistics.curve import curve

    name = question or next(iter(most_reviewed(found)), "")
    drawn = curve(found.log, found.past, name, found.today)
    if drawn is None:
        raise UsageError(
            f"the question '{name}' was never answered: 'tutor log' lists those that were"
            if name
            else "nothing was answered yet: 'tutor' starts today's routine"
        )
    return drawn


def _print_exhibits(found: Statistics, name: str | None, question: str | None, *, plain: bool) -> None:
    from tutor.app.statistics.memory import question as exhibit_of
    from tutor.app.statistics.pages import OF_TABLE, PAGES

    if name == "question":
        _print_exhibit(exhibit_of(found, _curve(found, question).question), plain=plain)
        return
    if name is not None and name not in OF_TABLE:
        raise unknown("table", name, [*OF_TABLE, "question"])
    for place, page in enumerate(PAGES if name is None else [OF_TABLE[name]]):
        if place:
            print()
        _print_exhibit(PAGES[page](found, 0), plain=plain)


def _print_exhibit(exhibit: Exhibit, *, plain: bool) -> None:
    from tutor.cli.picture import draws, show
    from tutor.plots.figure import Calendar

    print(exhibit.title)
    if not plain and draws() and exhibit.figures:
        print(f"  {exhibit.caption}")
        for figure in exhibit.figures:
            show(figure, CALENDAR if isinstance(figure, Calendar) else FIGURE)
    for fact in (exhibit.head, *exhibit.facts) if exhibit.head else exhibit.facts:
        print(f"  {fact}".rstrip())
    print(fill(exhibit.meaning, WIDTH, initial_indent="  ", subsequent_indent="  "))
