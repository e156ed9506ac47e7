"""Small problems, which train within a few milliseconds, and a workshop with a cache of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lab.digits.small import SMALL
from tutor.lab.digits.cache import Cache
from tutor.lab.digits.task import Task
from tutor.lab.digits.workshop import Workshop
from tutor.optim.network import Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path / "results"))


@pytest.fixture
def workshop(cache: Cache) -> Workshop:
    return Workshop(cache)


@pytest.fixture
def task() -> Task:
    return Task(SMALL, (Run(0.1), Run(0.1, seed=1), Run(1.0)))
