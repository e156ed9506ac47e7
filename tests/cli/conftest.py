from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import tutor as package
from tutor.cli import main
from tutor.memory.store import Store

FIRST_CARD = Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md"


class Said(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_constant=pytest.fail)  # NaN and Infinity aren't JSON


Run = Callable[..., Said]


def hasty_store(path: str, **settings: Any) -> Store:
    """A store that doesn't wait for the disk."""
    store = Store(path, **settings)
    store._db.execute("PRAGMA synchronous = OFF")
    return store


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled decks, with the first card only."""
    folder = tmp_path_factory.mktemp("bundled")
    (folder / "optimization").mkdir()
    (folder / "optimization" / "deck.toml").write_text('title = "Optimisation"\n')
    shutil.copy(FIRST_CARD, folder / "optimization")
    return folder


@pytest.fixture
def home(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that isn't there yet; in this process only the first of the cards is bundled."""
    home = tmp_path / "home"
    monkeypatch.setattr("tutor.config.deck_roots", lambda: (str(bundled), str(home / "decks")))
    monkeypatch.setenv("TUTOR_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("tutor.cli.study.Store", hasty_store)
    return home


@pytest.fixture
def tutor(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, with some lines typed."""

    def tutor(*words: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            status = main(words)
        except SystemExit as end:  # --help and --version
            status = int(end.code or 0)
        return Said(status, *capsys.readouterr())

    return tutor


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment of a process that runs this tutor, with its output buffered as usual."""
    environment = os.environ | {"PYTHONPATH": str(Path(package.__file__).parents[1])}
    environment.pop("PYTHONUNBUFFERED", None)
    return environment


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a shell command in which ``tutor`` is the program, in a process of its own."""

    def process(script: str, typed: bytes = b"", **changes: str) -> Said:
        command = ["bash", "-c", f'tutor() {{ "{sys.executable}" -m tutor "$@"; }}; set -o pipefail; {script}']
        done = subprocess.run(
            command,
            input=typed,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env=environment | changes,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return process
