"""What holds for all tests."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

for library in ("OPENBLAS", "OMP", "MKL"):  # before numpy is imported, here and in what the tests start
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # the workers would fight for the cores

if TYPE_CHECKING:
    from collections.abc import Generator

# A busy machine is slow, and no test is timed; fewer examples than usual keep the whole suite short.
settings.register_profile("any machine", deadline=None, max_examples=50)
settings.load_profile("any machine")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: many tests wait for a terminal."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep Python from looking for cycles in what is collected, then and later: a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()
