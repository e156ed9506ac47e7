"""``tutor bracket``, and what all long experiments do alike on the command line."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tutor.cli import long_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SMALL = ("--examples", "200", "--depth", "1", "--width", "8", "--epochs", "2")
BRACKET = ("bracket", "--seeds", "2", *SMALL)


def test_the_answer_and_its_table(tutor: Run) -> None:
    said = tutor(*BRACKET)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].split() == ["η", "round", "validation", "loss", "accuracy"]
    assert sum("◂ best" in line for line in lines) == 1
    assert "Take η = " in said.out
    assert "over 2 seeds" in said.out
    assert max(map(len, lines)) < 80
    assert "\x1b" not in said.out


def test_the_json(tutor: Run) -> None:
    found = tutor(*BRACKET, "--json").json
    assert found.keys() >= {"rounds", "best_rate", "verdict", "ended"}
    first = found["rounds"][0]
    assert first["rates"] == [0.01, 0.1, 1.0]
    assert len(first["validation_loss"]) == 3
    assert all(len(seeds) == 2 for seeds in first["by_seed"])
    best = {
        rate: loss
        for done in found["rounds"]
        for rate, loss in zip(done["rates"], done["validation_loss"], strict=True)
    }
    assert found["best_rate"] == min(
        (rate for rate in best if best[rate] is not None), key=lambda rate: best[rate]
    )
    diverged = tutor(*BRACKET, "--rates", "0.1,1e5", "--json").json
    assert diverged["rounds"][0]["validation_loss"][1] is None
    assert diverged["rounds"][0]["diverged"] == [0, 2]


def test_processes_give_the_same(tutor: Run) -> None:
    alone = tutor(*BRACKET, "--json").json
    shared = tutor(*BRACKET, "--json", "--fresh", "--jobs", "2").json
    assert shared == alone


def test_what_was_computed_is_kept_unless_it_is_to_be_fresh(
    tutor: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tutor(*BRACKET).out
    assert list((home / "results").glob("*.npz"))

    def never(*_: object, **__: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr("tutor.lab.digits.here.trained_here", never)
    assert tutor(*BRACKET).out == first
    with pytest.raises(AssertionError, match="computed again"):
        tutor(*BRACKET, "--fresh")


def test_the_plot(tutor: Run) -> None:
    said = tutor(*BRACKET, "--plot")
    assert "validation loss" in said.out
    assert any("⠀" < glyph <= "⣿" for glyph in said.out)


def test_a_full_disk_under_the_cache_is_one_line(tutor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    said = tutor(*BRACKET)
    assert said.status == 0
    assert "Take η" in said.out
    assert said.err.count("\n") == 1
    assert "No space left on device" in said.err


def test_an_interrupt_says_how_to_go_on(tutor: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(long_run, "_watched", interrupted)
    said = tutor(*BRACKET)
    assert (said.status, said.out) == (130, "")
    assert said.err == ("tutor: stopped; what was finished is kept: the same command goes on from there\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--depth 0", "depth of experiment 'bracket' must be a whole number from 1 to 16, not 0"),
        ("--batch 5000", "a batch of 5,000 is more than the 1,438 examples"),
        ("--data /nowhere", "/nowhere"),
        ("--seeds 0", "seeds of experiment 'bracket' must be a whole number from 1 to 10"),
        ("--rates 0.1,x", "must be a number"),
        ("--rates 0,1", "each of rates"),
        ("--width nan", "width of experiment"),
        ("--examples 1797", "1,797 cannot train"),
        ("--optimizer adm", "did you mean 'adam'?"),
        ("--optimizer newton", "newton"),
        ("--schedule cosin", "did you mean 'cosine'?"),
        ("--set momentum=0.9", "momentum"),
        ("--optimizer momentum --set momentum=2", "momentum of optimizer 'momentum' must be"),
        ("--loss hinge", "loss of experiment 'bracket' must be one of cross-entropy, mse"),
        ("--jobs 0", "give a whole number from 1"),
        ("--jobs 2 --scheduler tcp://127.0.0.1:1", "choose one"),
    ],
)
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("bracket", *words.split())
    assert (said.status, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1


def test_a_scheduler_that_is_not_there(tutor: Run) -> None:
    pytest.importorskip("distributed")
    said = tutor(*BRACKET, "--fresh", "--scheduler", "tcp://127.0.0.1:1")
    assert (said.status, said.out) == (1, "")
    assert "no scheduler answers at tcp://127.0.0.1:1" in said.err
    assert said.err.count("\n") == 1


def test_a_missing_extra_names_the_command_that_installs_it(
    tutor: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = tutor(*BRACKET, "--fresh", "--scheduler", "tcp://127.0.0.1:1")
    assert said.status == 2
    assert "pip install 'terminal-tutor[cluster]'" in said.err


def test_the_lists(tutor: Run) -> None:
    out = tutor("bracket", "--list").out
    assert all(name in out for name in ("momentum", "cosine", "catapult"))
    assert "betas" not in tutor("bracket", "--list", "adam").out
