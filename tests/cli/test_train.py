"""``tutor train``: a run, a preset, a digit."""

from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

import pytest

from tutor.lab.digits.table import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SMALL = ("--examples", "200", "--depth", "1", "--width", "8", "--epochs", "3")


def test_a_run(tutor: Run) -> None:
    said = tutor("train", *SMALL)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].split()[:2] == ["step", "training"]
    assert lines[1].split()[0] == "0"
    assert [line.split()[0] for line in lines[1:5]] == ["0", "6", "12", "18"]


def test_the_json(tutor: Run) -> None:
    found = tutor("train", *SMALL, "--json").json
    assert found.keys() >= {"train_loss", "validation_loss", "validation_accuracy", "verdict"}
    assert found["steps"] == [0, 6, 12, 18]
    assert len(found["batch_loss"]) == len(found["rates"]) == 18
    assert all(len(found[key]) == 4 for key in ("train_loss", "validation_loss", "validation_accuracy"))
    lost = tutor("train", *SMALL, "--rate", "1e6", "--json").json
    assert lost["verdict"] == "diverging"
    assert lost["validation_loss"][-1] is None
    assert lost["diverged_at"] is not None


def test_the_seed_the_optimizer_and_the_schedule_count(tutor: Run) -> None:
    def loss(*words: str) -> float:
        return float(tutor("train", *SMALL, *words, "--json").json["validation_loss"][-1])

    assert loss("--seed", "1") != loss()
    assert loss("--optimizer", "momentum", "--set", "momentum=0.5") != loss("--optimizer", "momentum")
    rates = tutor("train", *SMALL, "--schedule", "cosine", "--json").json["rates"]
    assert rates[0] == pytest.approx(0.1)
    assert rates[-1] < 0.01


def test_the_sharpness_against_its_limit(tutor: Run) -> None:
    said = tutor("train", *SMALL, "--show", "sharpness", "--plot")
    assert "L limit 2/η" in said.out
    assert "sharpness" in said.out
    found = tutor("train", *SMALL, "--show", "sharpness", "--json").json
    assert len(found["sharpness"]) == 4
    assert all(value > 0 for value in found["sharpness"])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset(tutor: Run, preset: str) -> None:
    steps = ("--epochs", "1") if preset == "linear-scaling" else ("--steps", "6")
    batches = ("--batches", "8,32") if preset == "linear-scaling" else ()
    words = ("train", preset, "--examples", "64", "--width", "8", *steps, *batches)
    said = tutor(*words)
    assert (said.status, said.err) == (0, "")
    runs = tutor(*words, "--json").json["runs"]
    assert len(runs) >= 2
    assert all(run["verdict"] for run in runs)


def test_a_digit(tutor: Run) -> None:
    out = tutor("train", "--digit", "3").out
    assert "image 3 of digits: a 3" in out
    assert "█" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--digit 1797", "has 1,797 images"),
        ("warmupp", "did you mean 'warmup'?"),
        ("catapult --batch 3", "batch"),
        ("--rate 0", "rate of experiment 'train' must be"),
        ("--show weights", "show of experiment 'train' must be one of"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("train", *words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-5], lambda whole: b"\x00\x00\x08\x01" + whole[4:], lambda _: b"hello"]
)
def test_a_broken_idx_file_is_one_line(tutor: Run, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    images = struct.pack(">IIII", 2051, 20, 4, 4) + bytes(range(16)) * 20
    labels = struct.pack(">II", 2049, 20) + bytes(n % 10 for n in range(20))
    (tmp_path / "train-images-idx3-ubyte").write_bytes(damage(images))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(labels))
    said = tutor("train", "--data", str(tmp_path), "--batch", "4")
    assert said.status in {1, 2}
    assert said.out == ""
    assert "train-images-idx3-ubyte" in said.err
    assert said.err.count("\n") == 1
