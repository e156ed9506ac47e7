"""The words of a bench: the table of its runs, the exact values at the cursor, and the scale of rates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from tutor.lab.bench.readout import readout, readouts
from tutor.lab.bench.runs import limit, trajectory
from tutor.lab.bench.state import LETTERS, Choice
from tutor.lab.bench.tables import the_objective, the_optimizer
from tutor.lab.words import exact, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tutor.lab.bench.readout import Readout
    from tutor.lab.bench.state import LabState, RunSetup

SAMPLES = ("───", "╌╌╌", "···", "─·─")
"""The line of each run, as the figures dash it."""

WIDE = 110
"""Columns from which the table says more of each run."""

ASKED = "1 crawl  2 converge  3 oscillate  4 diverge  5 stall"


def title(state: LabState) -> str:
    """Say what is descended."""
    return f"Lab · {the_objective(state.ground.objective).summary}"


def method(run: RunSetup) -> str:
    """Say what takes a run's steps."""
    return " · ".join(map(str, _choices(run)))


def _choices(run: RunSetup) -> Iterable[Choice]:
    yield run.optimizer
    if run.schedule.name != "constant":
        yield run.schedule
    if run.search:
        yield run.search


def short(value: float, digits: int = 3) -> str:
    """Write a number in few columns: 0.0512, −8.7e−4, 1.2e45; at most ``digits`` + 6."""
    size = abs(value)
    if size == 0 or 1e-3 <= size < 1e4 or not math.isfinite(value):
        return "–" if math.isnan(value) else number(value, digits)
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def table(state: LabState, width: int) -> list[str]:
    """A row for each run, below a row of headings; the active run is pointed at. Narrow ones say less."""
    columns = [column for column in COLUMNS if width >= column.least]
    name = width - sum(column.width + 1 for column in columns)
    lines = [" ".join([f"{'       run':<{name}}", *(column.fitted(column.head) for column in columns)])]
    for index, read in enumerate(readouts(state)):
        run = state.runs[index]
        who = " · ".join(each.name for each in _choices(run)) if width >= WIDE else run.optimizer.name
        label = f"{'▸' if index == state.active else ' '}{LETTERS[index]} {SAMPLES[index]} {who}"
        label = label if len(label) <= name else label[: name - 1] + "…"
        cells = (column.fitted(column.cell(state, read)) for column in columns)
        lines.append(" ".join([f"{label:<{name}}", *cells]))
    return lines


class Column(NamedTuple):
    """A column of the table of runs."""

    head: str
    width: int
    least: int
    """The width of a table that has it."""

    cell: Callable[[LabState, Readout], str]

    def fitted(self, text: str) -> str:
        """The text in this width: words to the left, numbers to the right."""
        return text.ljust(self.width) if self.head == "verdict" else text.rjust(self.width)


COLUMNS = (
    Column("η", 7, 0, lambda _, read: short(read.rate)),
    Column("point", 17, 76, lambda _, read: ", ".join(short(x, 2) for x in read.point[:2])),
    Column("loss", 8, 48, lambda _, read: short(read.loss)),
    Column("‖∇f‖", 7, 66, lambda _, read: short(read.slope)),
    Column("sharpness", 9, WIDE, lambda _, read: short(read.sharpness)),
    Column("2/sharpness", 11, WIDE, lambda _, read: short(read.limit) if read.limit else "none"),
    Column("verdict", 11, 0, lambda state, read: str(read.verdict) if state.hidden is None else "?"),
)


def values(state: LabState, width: int) -> list[str]:
    """The active run at the cursor: its rate and method, exact values, and what bears on its stability."""
    read = readout(state.ground, state.run, min(state.step, state.seen))
    steps = trajectory(state.ground, state.run).steps if state.hidden is None else state.ground.steps
    onward = ", turned from here on" if state.onward else ""
    effective = sorted({short(rate, 2) for rate in read.effective[:2]})
    return [
        _fitted(
            width,
            f"{LETTERS[state.active]}  step {read.step} of {steps}",
            f"η = {exact(state.run.rate_at(read.step))}{onward}",
            method(state.run),
        ),
        _fitted(
            width,
            f"x = {', '.join(short(x, 6) for x in read.point[:2])}",
            f"f = {short(read.loss, 6)}",
            f"‖∇f‖ = {short(read.slope, 6)}",
        ),
        _fitted(
            width,
            f"sharpness S {short(read.sharpness)}",
            f"2/S {short(read.limit) if read.limit else 'none'}",
            f"overshoot {short(read.overshoot)}",
            f"effective η {', '.join(effective)}",
        ),
    ]


def _fitted(width: int, *parts: str) -> str:
    """Join the parts, closer where they would not fit otherwise."""
    line = "   ".join(parts)
    line = line if len(line) <= width else "  ".join(parts).replace("effective η", "effective")
    return line if len(line) <= width else line[: width - 1] + "…"


def verdict(state: LabState, width: int) -> str:
    """What became of the active run, and why; or, where that is hidden, what is asked."""
    letter = LETTERS[state.active]
    if state.hidden is not None:
        return f"What will {letter} do?  {ASKED}"
    remark = [state.remark] if state.remark else []
    return _fitted(width, *remark, trajectory(state.ground, state.run).reason)


def span(state: LabState) -> tuple[float, float]:
    """The ends of the scale of rates: whole decades around the limit and all that runs."""
    rates = [run.rate_at(step) for run in state.runs for step in (0, state.ground.steps)]
    stable = limit(state.ground, state.run) if state.hidden is None else None
    middle = [stable] if stable else []
    low = math.floor(math.log10(min([*rates, *(0.01 * each for each in middle)])) + 1e-9)
    high = math.ceil(math.log10(max([*rates, *(10 * each for each in middle)])) - 1e-9)
    return float(f"1e{low}"), float(f"1e{max(high, low + 1)}")


def scale(state: LabState, width: int) -> str:
    """The rates on a logarithmic line: ● the active run's, letters the others', ┊ the limit of stability."""
    low, high = span(state)
    stable = limit(state.ground, state.run) if state.hidden is None else None
    words = _limit(state, stable) if width >= 70 else ""
    left, right = f"η {low:g} ├", f"┤ {high:g}{words}"
    room = max(2, width - len(left) - len(right))
    line = ["─"] * room

    def mark(rate: float, sign: str) -> None:
        share = math.log(rate / low) / math.log(high / low)
        line[round(min(1.0, max(0.0, share)) * (room - 1))] = sign

    for decade in range(1, round(math.log10(high / low))):
        mark(low * 10**decade, "┼")
    if stable and low <= stable <= high:
        mark(stable, "┊")
    for letter, run in zip(LETTERS, state.runs, strict=False):
        mark(run.rate_at(state.step), letter)
    mark(state.run.rate_at(state.step), "●")
    return left + "".join(line) + right


def _limit(state: LabState, stable: float | None) -> str:
    if state.hidden is not None:
        return "   ┊ limit: yours to find"
    if stable:
        share = the_optimizer(state.run.optimizer).stable or 0.0
        return f"   ┊ {number(stable, 4)} = {number(share)}/L"
    return "   no limit in theory"
