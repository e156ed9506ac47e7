"""The long experiments by name, with what can be set in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.lab.digits import compare, knobs, presets
from tutor.lab.digits.bracket import COARSE, Bracket, bracket
from tutor.lab.digits.cost import seconds
from tutor.lab.digits.knobs import HIGHEST_RATE, LOWEST_RATE, PROBLEM, RATE, RATES, SEED, SEEDS, problem
from tutor.lab.digits.range_test import RangeTest, range_test
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.sweep import Axis, Sweep, sweep
from tutor.lab.digits.training import FIGURES, Training, train
from tutor.optim.network import Run
from tutor.optim.tables import Choice, Entry, Parameter, make

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from tutor.lab.digits.knobs import Knobs
    from tutor.lab.digits.state import State
    from tutor.lab.digits.workshop import Workshop

    Start = Callable[[Workshop], Generator[State, None, None]]
    Made = tuple[float, Start]
    """About how many seconds it takes, and how to start it."""

AXES: Mapping[str, tuple[float, ...]] = {
    "batch": (1, 4, 16, 64),
    "depth": (1, 2, 4, 8),
    "width": (8, 32, 128),
    "scale": (0.5, 1, 2, 4),
}
"""What a sweep can go over, and the values unless told otherwise."""


def _train(show: str, rate: float, seed: int, scale: float, **settled: Any) -> Made:
    settings = Training(problem(settled, sharpness=show == "sharpness"), Run(rate, seed, scale), show)
    return seconds(settings.problem, 1), lambda workshop: train(settings, workshop)


def _bracket(rates: tuple[float, ...], seeds: int, scale: float, **settled: Any) -> Made:
    settings = Bracket(problem(settled), rates, seeds, scale)
    return seconds(settings.problem, (len(rates) + 4) * seeds, 3), lambda workshop: bracket(settings, workshop)


def _range_test(low: float, high: float, seeds: int, scale: float, **settled: Any) -> Made:
    settings = RangeTest(problem(settled), low, high, settled["steps"], seeds, scale)
    return seconds(settings.problem, seeds), lambda workshop: range_test(settings, workshop)


def _sweep(
    *,
    over: str,
    values: tuple[float, ...] | None,
    against: str,
    against_values: tuple[float, ...] | None,
    show: str,
    seeds: int,
    scale: float,
    **settled: Any,
) -> Made:
    if over == against:
        raise UsageError(f"a sweep goes over two different things: {over} against {over} is one")
    axes = [_axis(over, values)]
    if against != "none":
        axes.append(_axis(against, against_values))
    settings = Sweep(problem(settled, every=settled["steps"]), tuple(axes), seeds, scale, show)
    cells = (settings.task(cell, (1.0,)).problem for cell in settings.cells)
    return sum(seconds(cell, 12 * seeds, 3) for cell in cells), lambda workshop: sweep(settings, workshop)


def _axis(name: Any, values: tuple[float, ...] | None) -> Axis:
    chosen = sorted(set(AXES[name] if values is None else values))
    return Axis(name, tuple(float(PROBLEM[name].check(f"each {name} of the sweep", each)) for each in chosen))  # type: ignore[arg-type]


def _edge(rates: tuple[float, ...], seed: int, scale: float, steps: int, **settled: Any) -> Made:
    every = max(1, steps // 60)
    made = problem(settled, steps=steps, batch=None, loss="mse", sharpness=True, every=every)
    comparison = presets.edge_of_stability(made, rates, seed=seed, scale=scale)
    return seconds(made, len(rates)), lambda workshop: compare.compare(comparison, workshop)


def _catapult(multiples: tuple[float, ...], seed: int, scale: float, steps: int, **settled: Any) -> Made:
    made = problem(
        settled, steps=steps, depth=1, activation="linear", init="lecun", batch=None, loss="mse", sharpness=True
    )
    comparison = presets.catapult(made, multiples, seed=seed, scale=scale)
    return seconds(made, len(multiples)), lambda workshop: compare.compare(comparison, workshop)


def _warmup(rate: float, warmup_steps: int, seed: int, scale: float, **settled: Any) -> Made:
    made = problem(settled)
    comparison = presets.warmup(made, rate, warmup_steps, seed=seed, scale=scale)
    return seconds(made, 2, 2), lambda workshop: compare.compare(comparison, workshop)


def _linear_scaling(
    *, rate: float, batches: tuple[int, ...], over: str, seed: int, scale: float, examples: int, **settled: Any
) -> Made:
    if len(batches) < 2:
        raise UsageError("give at least two batches to compare, such as 8,32")
    made = problem(settled, examples=examples)
    comparison = presets.linear_scaling(
        made, rate, sorted(set(batches)), seed=seed, scale=scale, over=over, examples=examples
    )
    return seconds(made, len(batches) + 1, len(batches)), lambda workshop: compare.compare(comparison, workshop)


def _steps(default: int) -> Parameter:
    return Parameter("how many steps", 1, 100_000, default, whole=True)


def _tuned(row: Parameter, default: Any, about: str = "") -> Parameter:
    """Give a row another default, and perhaps another description."""
    return Parameter(about or row.about, row.low, row.high, default, whole=row.whole, many=row.many)


def _entry(
    name: str, words: str, make_it: Callable[..., Made], about: str, rows: Knobs
) -> Entry[LongExperiment]:
    def build(**settled: Any) -> LongExperiment:
        time, start = make_it(**settled)
        return LongExperiment(name, time, knobs.command(words, rows, settled), start)

    return Entry(build, about, rows)


ALL = tuple(PROBLEM)

EXPERIMENTS: Mapping[str, Entry[LongExperiment]] = {
    name: _entry(name, words, make_it, about, rows)
    for name, words, make_it, about, rows in (
        (
            "train",
            "train",
            _train,
            "one run: its loss, accuracy, or sharpness against 2/η",
            {
                "rate": RATE,
                **knobs.knobs(*ALL),
                "seed": SEED,
                "show": Choice("what to draw", tuple(FIGURES), "loss"),
            },
        ),
        (
            "bracket",
            "bracket",
            _bracket,
            "a coarse grid of rates, then finer around the best",
            {"rates": _tuned(RATES, COARSE), **knobs.knobs(*ALL), "seeds": SEEDS},
        ),
        (
            "range-test",
            "range-test",
            _range_test,
            "let η rise within a run: where does the loss fall most?",
            {
                "low": Parameter("the first rate", LOWEST_RATE, HIGHEST_RATE, 1e-4),
                "high": Parameter("the last rate", LOWEST_RATE, HIGHEST_RATE, 10.0),
                "steps": Parameter("how many steps the ramp takes", 50, 100_000, 400, whole=True),
                **knobs.knobs(*(name for name in ALL if name not in {"epochs", "schedule"})),
                "seeds": SEEDS,
            },
        ),
        (
            "sweep",
            "sweep",
            _sweep,
            "the largest stable rate over batch, depth, width or scale",
            {
                "over": Choice("what to vary", tuple(AXES), "width"),
                "values": Parameter("its values", 0, 1e6, many=True),
                "against": Choice("a second thing to vary, for a map", ("none", *AXES), "none"),
                "against_values": Parameter("its values", 0, 1e6, many=True),
                "show": Choice("what a map shows", ("limit", "best"), "limit"),
                "steps": _steps(200),
                **knobs.knobs(
                    *(name for name in ALL if name != "epochs"), examples=1000, loss="mse", batch=64, width=32
                ),
                "seeds": _tuned(SEEDS, 2),
            },
        ),
        (
            "edge-of-stability",
            "train edge-of-stability",
            _edge,
            "full-batch descent drives its sharpness up to 2/η",
            {
                "rates": _tuned(RATES, (0.1, 0.2, 0.4), "the rates to compare"),
                "steps": _steps(600),
                "seed": SEED,
                **knobs.knobs(
                    "data", "depth", examples=1000, width=32, activation="tanh", init="glorot", scale=0.5
                ),
            },
        ),
        (
            "catapult",
            "train catapult",
            _catapult,
            "above 2/sharpness a run is thrown to flatter ground",
            {
                "multiples": Parameter("the rates, in units of 1/λ₀", 1e-3, 1e3, (1.0, 3.0, 5.0), many=True),  # type: ignore[arg-type]
                "steps": _steps(60),
                "seed": SEED,
                **knobs.knobs("data", "scale", examples=100, width=256),
            },
        ),
        (
            "warmup",
            "train warmup",
            _warmup,
            "a rate that diverges at once, and trains well after a warmup",
            {
                "rate": _tuned(RATE, 0.4),
                "warmup_steps": Parameter("how many steps the rise takes", 1, 100_000, 50, whole=True),
                "steps": _steps(300),
                "seed": SEED,
                **knobs.knobs(
                    *(name for name in ALL if name not in {"epochs", "schedule"}), examples=1000, loss="mse"
                ),
            },
        ),
        (
            "linear-scaling",
            "train linear-scaling",
            _linear_scaling,
            "a larger batch with the same η, and with η in proportion",
            {
                "rate": _tuned(RATE, 0.02, "the learning rate η of the smallest batch"),
                "batches": Parameter("the sizes to compare", 1, 100_000, (8, 32, 128), whole=True, many=True),  # type: ignore[arg-type]
                "over": Choice("what the horizontal axis counts", presets.AXES, "epoch"),
                "seed": SEED,
                **knobs.knobs(
                    *(name for name in ALL if name not in {"batch", "schedule"}), examples=1024, epochs=10
                ),
            },
        ),
    )
}

PRESETS = tuple(name for name in EXPERIMENTS if name not in {"train", "bracket", "range-test", "sweep"})
"""Those that compare runs which are set up beforehand."""


def long_experiment(name: str, /, **given: object) -> LongExperiment:
    """Build an experiment of EXPERIMENTS; UsageError on a wrong name or setting."""
    return make("experiment", EXPERIMENTS, name, given)
