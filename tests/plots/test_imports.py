from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tutor


@pytest.mark.parametrize("module", ["figure", "bars", "drawing"])
def test_what_the_first_screen_needs_is_light(module: str) -> None:
    code = f"import sys, tutor.plots.{module}; print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(Path(tutor.__path__[0]).parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert not {"numpy", "plotext"} & set(done.stdout.split())
