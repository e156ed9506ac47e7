"""Predictions line by line."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk, asking
from tests.guesses import key, write_guesses, wrong
from tutor.plain.review import review
from tutor.study.plan import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    write_guesses(desk)
    yield desk
    desk.close()


def test_numbers_and_options_are_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = desk.session()
    value = float(key(asking(session)))
    session.answer(key(asking(session)))
    session.next()
    fate = wrong(asking(session))
    session.undo()
    monkeypatch.setenv("COLUMNS", "80")
    lines = ["many", f"{1.5 * value:.6g}", "u", f"{1.05 * value:.4g}", "r", fate]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert review(desk.library(), desk.store(), Scope()) == 0
    said = " ".join(capsys.readouterr().out.split())
    for part in (
        "Question 1 of 3 Predict limit. Gradient descent runs on the bowl",
        "Type a number: within 10 % is right.",
        "'many' is not a number: write it as 0.08, 8e-2 or 120.",
        "Near, but not right. Again: back in this session. Right:",
        f"Right: {value:.4g} ± 10 %; your answer: {1.5 * value:.4g}",
        f"Right. Good: back in 2 days. Right: {value:.4g} ± 10 %; your answer: {1.05 * value:.4g}",
        "Figure: Contour lines of the bowl",
        "Diverging: the jumps grow",
        "Question 2 of 3 Predict fate. Gradient descent with η = ",
        "1 it crawls: at the end a good part of the way is still ahead 2 it converges",
        "wrong, your answer: it ",
    ):
        assert part in said
    assert said.index("Undone. Question 1 of 3 Predict limit.") < said.index("Right. Good")
