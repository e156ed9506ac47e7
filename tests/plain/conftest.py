from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tutor.plain.review import review
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Talk = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one card of three questions."""
    desk = Desk(tmp_path, tick=1)
    desk.write("slopes", "s1", "s2", "s3")
    yield desk
    desk.close()


@pytest.fixture
def talk(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Type some lines and return what was said; afterwards the input ends."""
    monkeypatch.setenv("COLUMNS", "80")

    def talk(*lines: str, scope: Scope = Scope()) -> str:  # noqa: B008 - it is frozen
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert review(desk.library_again(), desk.store(), scope, desk.settings) == 0
        return capsys.readouterr().out

    return talk
