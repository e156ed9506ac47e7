"""What is imported, and when: seen from outside, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tutor

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = {
    "dataclasses",
    "fsrs_rs_python",
    "markdown_it",
    "numpy",
    "pathlib",
    "plotext",
    "shtab",
    "sqlite_utils",
    "textual",
    "tomllib",
    "unicodeit",
    "yaml",
}
"""Packages that take their time, or have one part of the tutor that may import them."""


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[str], set[str]]:
    """The names of all modules that some code loads, above those of a bare interpreter."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(tutor.__file__).parents[1]),
        "TUTOR_HOME": str(tmp_path),
    }

    def loaded(code: str) -> set[str]:
        probe = f"import sys\nbefore = set(sys.modules)\n{code}\nprint()\nprint(*{{*sys.modules}} - before)"
        command = [sys.executable, "-c", probe]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return set(done.stdout.splitlines()[-1].split())

    return loaded


def heavy(modules: set[str]) -> set[str]:
    return HEAVY & {module.partition(".")[0] for module in modules}


def parts(modules: set[str]) -> set[str]:
    """The parts of the tutor among the modules."""
    return {module.split(".")[1] for module in modules if module.startswith("tutor.")}


def test_due_is_light_once_the_index_is_made(loaded: Callable[[str], set[str]]) -> None:
    due = "from tutor.cli import main; main(['due'])"
    assert "markdown_it" in loaded(due)  # the first time it reads the decks
    assert heavy(loaded(due)) == set()
    loaded("import io; sys.stdin = io.StringIO('3'); from tutor.cli import main; main(['review', '--plain'])")
    assert heavy(loaded(due)) == set()


def test_the_first_frame_waits_for_textual_and_no_other(loaded: Callable[[str], set[str]]) -> None:
    modules = loaded("import tutor.app.app")
    assert heavy(modules) - {"dataclasses", "pathlib", "unicodeit"} == {"textual"}
    first_screen = (
        "from tutor.cli.study import open_library, open_store\n"
        "from tutor.config import settings\n"
        "from tutor.study.overview import overview\n"
        "overview(open_library(), open_store(), settings())\n"
    )
    assert "markdown_it" in loaded(first_screen)  # the first time it reads the decks
    assert heavy(loaded(first_screen)) == {"dataclasses"}


@pytest.mark.parametrize(
    ("module", "needs", "knows"),
    [
        ("tutor.errors", set(), {"errors"}),
        ("tutor.config", set(), {"config", "errors"}),
        ("tutor.memory.store", {"dataclasses"}, {"memory", "errors"}),
        ("tutor.study.session", {"dataclasses", "pathlib"}, {"study", "decks", "memory", "config", "errors"}),
        ("tutor.study.overview", {"dataclasses"}, {"study", "memory", "config", "errors"}),
    ],
)
def test_a_module_needs_no_more_than_it_should(
    loaded: Callable[[str], set[str]], module: str, needs: set[str], knows: set[str]
) -> None:
    modules = loaded(f"import {module}")
    assert heavy(modules) == needs
    assert parts(modules) <= knows


def test_the_optimizer_core_needs_numpy_only(loaded: Callable[[str], set[str]]) -> None:
    modules = loaded(
        "import pkgutil, importlib, tutor.optim\n"
        "for module in pkgutil.iter_modules(tutor.optim.__path__):\n"
        "    importlib.import_module(f'tutor.optim.{module.name}')\n"
    )
    third_party = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names)
    assert third_party == {"numpy", "tutor"}
    assert parts(modules) == {"optim", "errors"}


def test_the_plain_front_end_draws_nothing(loaded: Callable[[str], set[str]]) -> None:
    modules = loaded("import tutor.plain.review")
    assert not heavy(modules) & {"textual", "plotext", "fsrs", "sqlite_utils", "yaml", "markdown_it"}
    assert "app" not in parts(modules)
