from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tutor


def test_draws_anything_without_aborting() -> None:
    program = Path(__file__).with_name("hostile.py")
    environment = os.environ | {"PYTHONPATH": str(Path(tutor.__path__[0]).parent)}
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, timeout=120, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "drew" in done.stdout
