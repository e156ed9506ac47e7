"""``tutor range-test``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

TEST = ("range-test", "--seeds", "2", "--width", "16", "--depth", "1")


def test_the_suggestion_and_what_it_cannot_tell(tutor: Run) -> None:
    said = tutor(*TEST)
    assert (said.status, said.err) == (0, "")
    assert "Begin a bracket at η = " in said.out
    assert "It saw only" in said.out
    found = tutor(*TEST, "--json").json
    assert 1e-3 < found["suggestion"] < 1.0
    assert len(found["losses"]) == len(found["steepest"]) == 2
    assert len(found["rates"]) == 400
    assert (found["rates"][0], found["rates"][-1]) == pytest.approx((1e-4, 10.0))


def test_wrong_usage(tutor: Run) -> None:
    said = tutor("range-test", "--low", "1", "--high", "0.1")
    assert said.status == 2
    assert "must be less than" in said.err
