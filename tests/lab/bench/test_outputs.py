"""What leaves the bench: commands, files, and what is kept; each is read back and must give the same runs."""

from __future__ import annotations

import csv
import io
import json
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tutor.cli import main
from tutor.errors import TutorError, UsageError
from tutor.lab.bench import saved
from tutor.lab.bench.command import command, commands
from tutor.lab.bench.export import as_csv, as_json
from tutor.lab.bench.presets import PRESETS
from tutor.lab.bench.runs import trajectories, trajectory
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice

if TYPE_CHECKING:
    from pathlib import Path

STATE = LabState(
    Ground(choice("ravine", {"kappa": 20.0, "bend": 0.05}), start=(-3.5, 1.25), steps=30),
    (
        RunSetup(0.05),
        RunSetup(0.02, ((10, 0.04), (20, 1e-5)), choice("momentum", {"momentum": 0.8}), Choice("cosine")),
        RunSetup(1.0, search=choice("armijo", {"shrink": 0.25})),
    ),
    active=1,
)
STATES = {"mixed": STATE, **{name: each.state for name, each in PRESETS.items()}}


@pytest.mark.parametrize("name", STATES)
def test_the_command_prints_the_very_same_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    state = STATES[name]
    for line, run in zip(commands(state), trajectories(state), strict=True):
        program, *words = shlex.split(line)
        assert program == "tutor"
        assert main([*words, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["points"] == run.points.tolist()
        assert told["rates"] == run.rates.tolist()
        assert told["verdict"] == run.verdict


def test_a_command_says_only_what_is_needed() -> None:
    ground = Ground(choice("quadratic", {"kappa": 10.0}), steps=7)
    expected = "tutor descend --objective quadratic --param kappa=10 --optimizer sgd --rate 0.1 --steps 7"
    assert command(ground, RunSetup(0.1)) == expected


def test_csv_has_every_point_in_full_precision() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(STATE))))
    runs = dict(zip("ABC", trajectories(STATE), strict=True))
    assert len(rows) == sum(run.steps + 1 for run in runs.values())
    for row in rows:
        run, step = runs[row["run"]], int(row["step"])
        assert [float(row["x1"]), float(row["x2"])] == run.points[step].tolist()
        assert float(row["loss"]) == run.values[step]
        assert row["rate"] == ("" if step == run.steps else repr(float(run.rates[step])))


def test_json_has_every_run_with_its_command() -> None:
    told = json.loads(as_json(STATE))
    assert told["param"] == {"kappa": 20, "bend": 0.05}
    assert [each["command"] for each in told["runs"]] == commands(STATE)
    assert told["runs"][1]["points"] == trajectory(STATE.ground, STATE.runs[1]).points.tolist()


@pytest.mark.parametrize("name", STATES)
def test_what_is_kept_comes_back(name: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "lab")
    saved.save(replace(STATES[name], cursor=3), "mine", folder)
    assert saved.names(folder) == ["mine"]
    assert saved.load("mine", folder) == STATES[name]


@pytest.mark.parametrize("name", ["", "a/b", "../x", "a b", "x" * 41])
def test_a_name_that_is_no_file_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a name is made of"):
        saved.save(STATE, name, str(tmp_path))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TutorError, match="cannot be written"):
        saved.save(STATE, "mine", str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"\[\[run\]\]"),
        ("[[run]]\nrate = 0.1", "objective must be"),
        ("=", "Invalid"),
        ('objective = { name = "bowl" }\n[[run]]\nrate = 0.1', "unknown objective 'bowl'"),
        ('objective = { name = "ravine", kappa = -1 }\n[[run]]\nrate = 0.1', "kappa"),
        ('objective = { name = "ravine" }', r"\[\[run\]\]"),
        ('objective = { name = "ravine" }\n[[run]]', "needs a rate"),
        ('objective = { name = "ravine" }\n[[run]]\nrate = "fast"', "not a number"),
        ('objective = { name = "ravine" }\n[[run]]\nrate = nan', "η is a number"),
        ('objective = { name = "ravine" }\nsteps = 1.5\n[[run]]\nrate = 0.1', "whole number"),
        ('objective = { name = "ravine" }\nsteps = 100000\n[[run]]\nrate = 0.1', "10,000 steps"),
        ('objective = { name = "ravine" }\nstart = "here"\n[[run]]\nrate = 0.1', "start must be a list"),
        ('objective = { name = "ravine" }\nview = [1]\n[[run]]\nrate = 0.1', "view must be"),
        ('objective = { name = "ravine" }\ncolour = 1\n[[run]]\nrate = 0.1', "'colour' means nothing"),
        ('objective = { name = "ravine" }\n[[run]]\nrate = 0.1\nturns = [3]', "each turn"),
        ('objective = { name = "ravine" }\n[[run]]\nrate = 0.1\nturns = 3', "turns must be a list"),
        ('objective = { name = "ravine" }\n[[run]]\nrate = 0.1\nspeed = 3', "'speed' means nothing in a run"),
        ("objective = { name = \"__import__('os')\" }\n[[run]]\nrate = 0.1", "import"),
        ('objective = { name = "ravine" }\n' + 5 * "[[run]]\nrate = 0.1\n", "1 to 4"),
    ],
)
def test_what_makes_no_sense_is_said_with_its_file(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        saved.load("mine", str(tmp_path))
    assert str(caught.value).startswith(str(tmp_path / "mine.toml"))
    assert "\n" not in str(caught.value)


def test_a_missing_or_binary_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("none", "binary"):
        with pytest.raises(UsageError, match=name):
            saved.load(name, str(tmp_path))
