from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk with two decks: ``hills`` has two cards of three questions, ``seas`` one of two."""
    empty_desk.write("slopes", "s1", "s2", "s3")
    empty_desk.write("valleys", "v1", "v2", "v3")
    empty_desk.write("waves", "w1", "w2", deck="seas")
    return empty_desk
