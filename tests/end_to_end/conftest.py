"""A learner with an empty data folder, at a terminal of 80×24."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal import TUTOR, Terminal, environment

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Learner:
    """Somebody who runs the tutor, in the app and by its commands."""

    home: Path
    environment: dict[str, str]

    def sits_down(self, *arguments: str, **changes: str) -> Terminal:
        """Open the app, or whatever the tutor does with these arguments, in a terminal."""
        return Terminal([*TUTOR, *arguments], self.environment | changes)

    def runs(
        self, *arguments: str, before: tuple[str, ...] = (), **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, without a terminal."""
        command = [*before, *TUTOR, *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=60, check=False, **options
        )

    @property
    def log(self) -> list[dict[str, Any]]:
        """The reviews, as ``tutor log --json`` prints them."""
        return [json.loads(line) for line in self.runs("log", "--json").stdout.splitlines()]


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    home = tmp_path / "home"
    home.mkdir()
    return Learner(home, environment(home))
