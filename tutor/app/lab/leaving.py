"""The keys for what leaves the lab: states that are kept, files, and commands."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tutor import config
from tutor.app.lab.base import BenchPage
from tutor.app.text import TextPage
from tutor.errors import UsageError
from tutor.lab.bench import saved
from tutor.lab.bench.command import listed
from tutor.lab.bench.export import FORMATS
from tutor.lab.bench.numbers import numbers, told
from tutor.lab.bench.state import LETTERS
from tutor.lab.bench.wording import method

if TYPE_CHECKING:
    from collections.abc import Callable


def lab_folder() -> str:
    """The folder that keeps the learner's states."""
    return os.path.join(config.home(), "lab")


class Leaving(BenchPage):
    """Keeps the state under a name, writes files, and shows numbers and commands."""

    def action_commands(self) -> None:
        """Show the commands that reproduce the runs."""
        write = partial(listed, self.state)
        self.app.push_screen(TextPage("Lab · the commands that reproduce these runs", write))

    def action_numbers(self) -> None:
        """Show all numbers of the active run."""
        title = f"Lab · the numbers of {LETTERS[self.state.active]}, {method(self.state.run)}"
        self.app.push_screen(TextPage(title, partial(told, numbers(self.state))))

    def action_keep(self) -> None:
        """Keep the state under a name."""

        def keep(name: str) -> None:
            path = saved.save(self.state, name, lab_folder())
            self.app.notify(f"Kept in {path}: 'tutor lab {name}' opens it", markup=False)

        self.ask("keep as:", "", keep)

    def action_export(self) -> None:
        """Write the runs, or a picture of the screen, to a file in the current folder."""
        self.ask("write to (.csv .json .svg):", _free("lab", ".csv"), self._export)

    def _export(self, name: str) -> None:
        end = os.path.splitext(name)[1]
        if end == ".svg":  # a picture of the screen once it is as it was before the name was typed
            self.call_after_refresh(self._write, name, self.app.export_screenshot)
        elif end in FORMATS:
            self._write(name, partial(FORMATS[end], self.state))
        else:
            raise UsageError(f"end the name in {', '.join(FORMATS)} or .svg, not '{name}'")

    def _write(self, name: str, content: Callable[[], str]) -> None:
        path = os.path.abspath(name)
        try:
            with open(path, "x", encoding="utf-8") as file:
                file.write(content())
        except FileExistsError:
            self.app.report(UsageError(f"{path} exists already: choose another name"))
        except OSError as error:
            self.app.report(UsageError(f"{path}: cannot be written ({error.strerror})"))
        else:
            self.app.notify(f"Written to {path}", markup=False)


def _free(stem: str, end: str) -> str:
    """A name that no file in the current folder has."""
    names = (f"{stem}{f'-{n}' if n else ''}{end}" for n in range(10_000))
    return next((name for name in names if not os.path.exists(name)), stem + end)
