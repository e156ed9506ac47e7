"""The command in a process of its own: pipes that break, bytes that are no text, streams that are closed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for a POSIX shell")


def test_answers_by_printf_in_a_dumb_terminal(process: Run) -> None:
    said = process(r"printf '3\n\nh\n\xff\xfe\n2\n4\n1\n' | tutor review --plain --limit 4", TERM="dumb")
    assert (said.status, said.err) == (0, "")
    assert "Done: 4 questions." in said.out
    log = [json.loads(line) for line in process("tutor log").out.splitlines()]
    assert [(entry["question"], entry["rating"]) for entry in log] == [
        ("narrow-valley", 3),
        ("line-search", 2),
        ("warmup", 3),
        ("batch-size", 3),
    ]


def test_a_reader_that_has_seen_enough(process: Run) -> None:
    process("tutor review --plain", b"3\n2\n4\n1\n")
    said = process(
        "tutor log | head -1; tutor log | true; tutor show learning-rate | head -1; tutor --help | true"
    )
    assert said.err == ""
    assert json.loads(said.out.splitlines()[0])["question"] == "narrow-valley"
    said = process(r"(printf '3\n2\n'; sleep 0.1; printf '1\n4\n') | tutor review --plain | head -5")
    assert said.err == ""
    assert len(said.out.splitlines()) == 5


def test_streams_that_are_closed(process: Run) -> None:
    said = process("tutor due >&-; tutor review --plain <&- | tail -1; tutor duee 2>&-; tutor review <&- >&-")
    assert said.err == ""
    assert said.out == "Left; the same command goes on from here.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output(process: Run) -> None:
    said = process("tutor cards > /dev/full")
    assert said.status == 1
    assert said.err.startswith("tutor: ")
    assert "No space left" in said.err
    assert said.err.count("\n") == 1


def test_an_output_that_knows_no_greek(process: Run) -> None:
    said = process("tutor show learning-rate --json; tutor show learning-rate", PYTHONIOENCODING="ascii")
    assert (said.status, said.err) == (0, "")
    card, *lines = said.out.splitlines()
    assert "η" in str(json.loads(card))
    assert any(r"The learning rate \u03b7 controls" in line for line in lines)


def test_ctrl_c_ends_a_session_without_a_word(process: Run, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tutor", "review", "--plain"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as session:
        assert session.stdin
        assert session.stdout
        session.stdin.write(b"3\n")
        session.stdin.flush()
        assert any(b"Question 2 of " in line for line in session.stdout)
        session.send_signal(signal.SIGINT)
        _, error = session.communicate(timeout=30)
    assert (session.returncode, error) == (130, b"")
    assert len(process("tutor log").out.splitlines()) == 1


def test_completion(process: Run) -> None:
    said = process(
        "tutor completion bash > script && bash -n script && cat script && tutor completion zsh | head -3"
    )
    assert (said.status, said.err) == (0, "")
    assert "--line-search" in said.out
    assert "#compdef tutor" in said.out
