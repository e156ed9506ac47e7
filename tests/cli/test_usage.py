"""Wrong usage: one line on standard error that says how to mend it, and status 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor import __version__
from tutor.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

WRONG = [
    ("duee", "unknown command 'duee': did you mean 'due'?"),
    ("", "unknown command ''"),
    ("a\x1b[2Jb\nc", r"unknown command 'a\x1b[2Jb\nc'"),
    ("--frob", "unrecognized arguments: --frob; see 'tutor --help'"),
    ("--json due", "--json"),
    ("due --chek", "--chek"),
    ("due --che", "--che"),
    ("show", "required: CARD; see 'tutor show --help'"),
    ("show learning", "unknown card 'learning': did you mean 'learning-rate'?"),
    ("review --deck optimisation", "unknown deck 'optimisation': did you mean 'optimization'?"),
    ("review --limit 0", "give a whole number from 1"),
    ("review --limit ²", "give a whole number from 1"),
    ("review --limit " + "9" * 5000, "give a whole number from 1"),
    ("completion fish", "'fish'"),
    ("descend --objective ravin", "unknown objective 'ravin': did you mean 'ravine'?"),
    ("descend --optimizer momentun", "unknown optimizer 'momentun': did you mean 'momentum'?"),
    ("descend --schedule cosin", "unknown schedule 'cosin': did you mean 'cosine'?"),
    ("descend --schedule cosin --set T_max=3", "unknown schedule 'cosin'"),
    ("descend --line-search armijo2", "unknown line search 'armijo2': did you mean 'armijo'?"),
    ("descend --rate nan", "a rate is a positive number, such as 0.05, from 1e-100 to 1e+100, not 'nan'"),
    ("descend --rate 0", "a rate is a positive number"),
    ("descend --rate -1", "a rate is a positive number"),
    ("descend --rate -1e-3", "a rate is a positive number"),
    ("descend --rate 1e-320", "a rate is a positive number"),
    ("descend --rate inf", "a rate is a positive number"),
    ("descend --rate fast", "'fast' is not a number"),
    ("descend --rate", "expected one argument; see 'tutor descend --help'"),
    ("descend --param kappa", "write a name and a value, such as kappa=25, not 'kappa'"),
    ("descend --param kappa=steep", "must be a number from 1 to 1,000,000, not 'steep'"),
    ("descend --param kapa=2", "did you mean 'kappa'?"),
    ("descend --param name=2", "'name'"),
    ("descend --param kappa=0.5", "kappa"),
    ("descend --param kappa=nan", "kappa"),
    (
        "descend --set momentum=0.5",
        "--set momentum: nothing that you chose takes it; momentum, nesterov, rmsprop,",
    ),
    (
        "descend --set momentun=0.5 --optimizer momentum",
        "unknown parameter 'momentun': did you mean 'momentum'?",
    ),
    ("descend --set momentum=1 --optimizer momentum", "momentum"),
    ("descend --start 1,2,3", "a start on 'ravine' is 2 numbers"),
    ("descend --start 1", "a start on 'ravine' is 2 numbers"),
    ("descend --start 1,nan", "a point is made of finite numbers"),
    ("descend --start 1e300,1e300", "no finite value"),
    ("descend --start ,", "'' is not a number"),
    ("descend --steps 0", "give a whole number from 1 to 1,000,000, not '0'"),
    ("descend --steps 1e3", "give a whole number"),
    ("descend --steps 99999999", "give a whole number"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=[words[:40] for words, _ in WRONG])
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor(*(words.split() if " " in words else [words]))
    assert said.status == 2
    assert said.out == ""
    assert message in said.err
    assert said.err.startswith("tutor: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(tutor: Run, command: str) -> None:
    said = tutor(command, "--help")
    assert said.status == 0
    assert said.out.startswith(f"usage: tutor {command}")
    assert COMMANDS[command].split()[-1] in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_the_help_lists_the_commands(tutor: Run) -> None:
    said = tutor("--help")
    assert said.status == 0
    assert all(f"\n    {command}" in said.out for command in COMMANDS)
    assert tutor("--version").out == f"tutor {__version__}\n"


@pytest.mark.parametrize("command", [["due"], ["cards"], ["review", "--plain"]])
def test_a_bad_setting_is_named(tutor: Run, home: Path, command: list[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("rolover = 4")
    said = tutor(*command)
    assert said.status == 2
    assert said.err.startswith(f"tutor: {home / 'config.toml'}: unknown setting 'rolover': did you mean")
    assert said.err.count("\n") == 1
