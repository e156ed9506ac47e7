"""``tutor lab``: the bench of runs, on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import config
from tutor.cli.study import open_library, open_store
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("preset", metavar="PRESET", nargs="?", help="where to begin: 'list' names them all")


def run(options: argparse.Namespace) -> int:
    """Open the lab, or list where it can begin."""
    from tutor.app.lab.leaving import lab_folder
    from tutor.app.lab.lists import open_place, places
    from tutor.cli.review import capable_terminal
    from tutor.lab.bench.state import LabState
    from tutor.lab.digits.table import EXPERIMENTS
    from tutor.study.plan import Scope

    folder = lab_folder()
    if options.preset == "list":
        rows = [(row.name, row.about) for row in places(folder)]
        names = {name for name, _ in rows}
        rows += [(name, f"digits: {each.about}") for name, each in EXPERIMENTS.items() if name not in names]
        for name, about in rows:
            print(f"{name:<17} {about}")
        return 0
    state: LabState | str = LabState()
    if options.preset in EXPERIMENTS and options.preset not in {row.name for row in places(folder)}:
        state = options.preset
    elif options.preset:
        state = open_place(options.preset, folder)
    if not capable_terminal():
        raise UsageError("the lab needs a terminal; 'tutor descend' runs the same without one")
    from tutor.app.app import TutorApp

    with open_store() as store:
        app = TutorApp(open_library(), store, Scope(), lab=state, settings=config.settings())
        app.run(mouse=False)
        return app.return_code or 0
