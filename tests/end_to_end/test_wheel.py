"""The built wheel, unpacked elsewhere, holds the same card."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.terminal import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.conftest import Learner

pytestmark = pytest.mark.end_to_end


def test_the_wheel_holds_the_card(learner: Learner, tmp_path: Path) -> None:
    assert find_spec("hatchling"), "hatchling is not installed: pip install -e '.[test]'"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    elsewhere = tmp_path / "elsewhere"
    with ZipFile(wheel) as archive:
        archive.extractall(elsewhere)
    assert (elsewhere / "tutor" / "_decks" / "optimization" / "learning-rate.md").exists()
    assert (elsewhere / "tutor" / "app" / "tutor.tcss").exists()

    shown = ("show", "learning-rate", "--json")
    here = learner.runs(*shown)
    learner.environment["PYTHONPATH"] = str(elsewhere)
    there = learner.runs(*shown, cwd=tmp_path)
    assert (there.returncode, there.stdout) == (0, here.stdout)
    with learner.sits_down() as terminal:
        terminal.wait_for("0 due · 4 new")
