"""Schedules by the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.optim.schedules import FEEDBACKS, SCHEDULES, schedule

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule(tutor: Run, name: str) -> None:
    found = tutor("schedule", name, "--rate", "0.3", "--steps", "12", "--json").json
    at = schedule(name, rate=0.3, steps=12)
    assert found["rates"] == [at(step) for step in range(12)]


def test_parameters(tutor: Run) -> None:
    words = "schedule multi-step --rate 1 --steps 6 --set milestones=2,4 --set gamma=0.5 --json"
    assert tutor(*words.split()).json["rates"] == [1, 1, 0.5, 0.5, 0.25, 0.25]
    words = "schedule step --rate 1 --steps 4 --set step_size=1 --set gamma=0.5 --json"
    assert tutor(*words.split()).json["rates"] == [1, 0.5, 0.25, 0.125]


def test_the_table_ends_one_past_the_end(tutor: Run) -> None:
    head, *rows, ends = tutor(*["schedule", "cosine", "--rate", "0.1", "--steps", "100"]).out.splitlines()
    assert head.split() == ["step", "rate"]
    assert (rows[0].split(), rows[-1].split()[0]) == (["0", "0.1"], "99")
    assert ends == "First 0.1, last 2.46720e-05, one step past the end 0.".replace("2.46720", "2.4672")


def test_the_plot(tutor: Run) -> None:
    plot = tutor(*["schedule", "one-cycle", "--plot"]).out
    assert any("⠀" < glyph <= "⣿" for glyph in plot)
    assert "\x1b" not in plot


def test_the_names_and_their_parameters(tutor: Run) -> None:
    lines = [line.split(maxsplit=1) for line in tutor("schedule", "--list").out.splitlines()]
    for table in (SCHEDULES, FEEDBACKS):
        for name in table:
            assert [name, table[name].about] in lines
    assert "T_max" in tutor("schedule", "cosine", "--list").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "'tutor schedule --list' names them all"),
        ("cosin", "did you mean 'cosine'?"),
        ("cosine --set Tmax=3", "did you mean 'T_max'?"),
        ("cosine --set T_max=0", "T_max"),
        ("cosine --rate 0", "a rate is a positive number"),
        ("cosine --rate inf", "a rate is a positive number"),
        ("cosine --steps 0", "a whole number from 1"),
        ("reduce-on-plateau", "no timetable"),
        ("cosin --list", "did you mean 'cosine'?"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("schedule", *words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1
