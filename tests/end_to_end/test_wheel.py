"""The built wheel, unpacked elsewhere, holds the same card."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.terminal import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.conftest import Learner

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Build the wheel and unpack it."""
    assert find_spec("hatchling"), "hatchling is not installed: pip install -e '.[test]'"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "elsewhere")
    return tmp_path / "elsewhere"


def test_the_wheel_shows_the_same_card(learner: Learner, elsewhere: Path) -> None:
    environment = learner.environment | {"PYTHONPATH": str(elsewhere)}
    stranger = replace(learner, environment=environment)
    words = "import tutor; print(tutor.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", words],
        env=environment,
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == str(elsewhere / "tutor" / "__init__.py")

    shown = ("show", "learning-rate", "--json")
    there = stranger.runs(*shown, cwd=elsewhere)
    assert (there.returncode, there.stdout) == (0, learner.runs(*shown).stdout)
    with stranger.sits_down() as terminal:
        terminal.wait_for("0 due · ")
