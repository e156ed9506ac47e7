"""The command that reproduces a run outside of the lab."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tutor.lab.bench.state import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup


def command(ground: Ground, run: RunSetup) -> str:
    """Write ``tutor descend …`` so that it prints this very run."""
    return shlex.join(["tutor", "descend", *_words(ground, run)])


def commands(state: LabState) -> list[str]:
    """Write the command of each run, in the order of their letters."""
    return [command(state.ground, run) for run in state.runs]


def listed(state: LabState, width: int) -> str:
    """Write the commands of all runs below their letters, each folded to ``width`` columns."""
    return "\n\n".join(
        f"# {letter}\n{folded(each, width)}" for letter, each in zip(LETTERS, commands(state), strict=False)
    )


def folded(command: str, width: int) -> str:
    """Break a command between its words, with the backslashes that let a shell read it as one."""
    lines = [""]
    for word in command.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= width - 2 or not lines[-1].strip():
            lines[-1] = joined
        else:
            lines.append(f"  {word}")
    return " \\\n".join(lines)


def _words(ground: Ground, run: RunSetup) -> Iterator[str]:
    yield from _chosen("--objective", ground.objective, "--param")
    yield from _chosen("--optimizer", run.optimizer, "--set")
    yield from ("--rate", f"{run.rate!r}")
    for step, rate in run.turns:
        yield from ("--turn", f"{step}={rate!r}")
    if run.schedule.name != "constant":
        yield from _chosen("--schedule", run.schedule, "--set")
    if run.search:
        yield from _chosen("--line-search", run.search, "--set")
    if ground.start:
        yield from ("--start", ",".join(f"{x!r}" for x in ground.start))
    yield from ("--steps", str(ground.steps))


def _chosen(option: str, choice: Choice, parameter: str) -> Iterator[str]:
    yield from (option, choice.name)
    for word in choice.words:
        yield from (parameter, word)
