"""``tutor sweep``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SMALL = ("sweep", "--examples", "200", "--seeds", "1", "--steps", "40", "--depth", "1", "--batch", "20")


def test_one_axis(tutor: Run) -> None:
    words = (*SMALL, "--over", "scale", "--values", "0.5,1,2")
    said = tutor(*words)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0].split()[0] == "scale"
    found = tutor(*words, "--json").json
    limits = [cell["stable_rate"] for cell in found["cells"]]
    assert limits == sorted(limits, reverse=True)
    assert found["laws"]["limit"]["exponents"]["scale"] < -1
    for cell in found["cells"]:
        assert cell["stable_rate"] < cell["diverging_rate"] <= 1.061 * cell["stable_rate"]


def test_two_axes_as_a_map(tutor: Run) -> None:
    words = (*SMALL, "--over", "scale", "--values", "1,2", "--against", "width", "--against-values", "4,8")
    assert len(tutor(*words, "--json").json["cells"]) == 4
    assert "width" in tutor(*words, "--plot").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--over batch --values 5000", "a batch of 5,000"),
        ("--over depth --values 0,1", "each depth of the sweep must be a whole number from 1 to 16"),
        ("--over width --against width", "two different things"),
        ("--over length", "must be one of batch, depth, width, scale"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("sweep", *words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1
