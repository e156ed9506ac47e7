"""Named comparisons, each of which shows one thing that a rate can do to a network."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.lab.bench.state import Choice
from tutor.lab.curves import LETTERS
from tutor.lab.digits.compare import Comparison, Entrant, Entrants, Histories, level, rate_name
from tutor.lab.digits.series import finite, smoothed
from tutor.lab.digits.task import Task
from tutor.lab.words import exact, listing, number
from tutor.optim.network import Run
from tutor.plots.figure import Curves, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tutor.lab.digits.problem import Problem
    from tutor.lab.digits.workshop import Hands

TINY = 1e-12
"""A rate at which nothing moves, to measure a network where it starts."""

SETTLES = 0.5
"""The last share of a run over which its sharpness is averaged."""


def edge_of_stability(problem: Problem, rates: Sequence[float], *, seed: int, scale: float) -> Comparison:
    """Full-batch descent at several rates: η × sharpness rises to 2 and stays there (Cohen et al. 2021)."""
    entrants = tuple(Entrant(rate_name(rate), problem, Run(rate, seed, scale)) for rate in rates)

    def figure(entrants: Entrants, found: Histories) -> Curves:
        series = tuple(
            Series(history.steps, entrant.run.rate * history.sharpness, letter)
            for letter, entrant, history in zip(LETTERS, entrants, found, strict=False)
            if history is not None and len(history.sharpness)
        )
        return Curves(series, x_label="step", y_label="η × sharpness; dotted: 2", levels=(2.0,))

    def tell(entrants: Entrants, found: Histories) -> str:
        there, told = [], []
        for letter, entrant, history in zip(LETTERS, entrants, found, strict=False):
            if history is None or history.diverged:
                told.append(f"{letter} diverges")
                continue
            late = finite(history.sharpness[-max(1, round(len(history.sharpness) * SETTLES)) :])
            mean = entrant.run.rate * float(late.mean()) if len(late) else math.nan
            told.append(f"{letter} at {number(mean)}")
            if abs(mean - 2.0) <= 0.1:
                there.append(letter)
        ends = f"η × sharpness ends: {', '.join(told)}."
        if not there:
            return f"{ends} No run has reached 2: train longer, or raise η."
        does = "sits" if len(there) == 1 else "sit"
        edge = "at the edge of stability: the loss still falls, though not each step"
        return f"{ends} {listing(there)} {does} {edge}."

    about = "η times the sharpness over the steps, with a line at 2, the limit of stability"
    return Comparison(_given(entrants), about, figure, tell)


def catapult(problem: Problem, multiples: Sequence[float], *, seed: int, scale: float) -> Comparison:
    """Rates of several multiples of 1/λ₀, the sharpness at the start (Lewkowycz et al. 2020)."""

    def entrants(hands: Hands) -> Iterator[Entrants | None]:
        probe = Task(replace(problem, steps=1, every=1, sharpness=True), (Run(TINY, seed, scale),))
        first = math.nan
        for (part,) in hands.run([probe]):
            yield None
            first = float(part.histories[0].sharpness[0]) if part else math.nan
        yield tuple(
            Entrant(f"η = {exact(multiple)}/λ₀", problem, Run(float(f"{multiple / first:.6g}"), seed, scale))
            for multiple in multiples
        )

    def tell(_: Entrants, found: Histories) -> str:
        told = []
        for letter, history in zip(LETTERS, found, strict=False):
            if history is None or history.diverged:
                told.append(f"{letter} diverges")
                continue
            losses, sharp = finite(history.losses), finite(history.sharpness)
            top = float(losses.max() / losses[0])
            lower = number(float(sharp[-1] / sharp[0]), 2)
            rise = f"first rises {number(top, 2)} ×, then falls" if top > 1.05 else "only falls"
            told.append(f"{letter} {rise}, sharpness × {lower}")
        return f"{'; '.join(told)}. Between about 2 and 4 over λ₀ a run is thrown to flatter ground."

    about = (
        "Training loss over the steps, on a log axis, at rates counted in 1/λ₀, λ₀ the sharpness at the start"
    )
    return Comparison(entrants, about, _losses, tell)


def warmup(problem: Problem, rate: float, warmup_steps: int, *, seed: int, scale: float) -> Comparison:
    """The same high rate from the first step on, and after a warmup."""
    gentle = replace(problem, schedule=Choice("warmup", (("warmup_steps", float(warmup_steps)),)))
    run = Run(rate, seed, scale)
    entrants = (Entrant("no warmup", problem, run), Entrant(f"warmup, {warmup_steps} steps", gentle, run))

    def tell(_: Entrants, found: Histories) -> str:
        without, with_ = (level(history) for history in found)
        if math.isnan(with_):
            return f"Both diverge at η = {exact(rate)}: a warmup does not save every rate."
        if math.isnan(without):
            return (
                f"At η = {exact(rate)} the run without warmup diverges; with it the loss comes down to "
                f"{number(with_, 2)}: the first steps, from random weights, are the dangerous ones."
            )
        return (
            f"At η = {exact(rate)} the loss ends at {number(without, 2)} without warmup "
            f"and at {number(with_, 2)} with it."
        )

    return Comparison(_given(entrants), "Training loss over the steps, on a log axis", _losses, tell)


def scaled_rate(rate: float, base: int, batch: int) -> float:
    """Scale the η that suits batches of ``base`` to another size, in proportion (Goyal et al. 2017)."""
    return rate * batch / base


def linear_scaling(
    problem: Problem, rate: float, batches: Sequence[int], *, seed: int, scale: float, over: str, examples: int
) -> Comparison:
    """Batches of several sizes, at the same η and at the same η per example (Goyal et al. 2017)."""
    base = batches[0]
    entrants = [Entrant(f"batch {base}", replace(problem, batch=base), Run(rate, seed, scale))]
    for batch in batches[1:]:
        if batch == batches[1]:
            entrants.append(
                Entrant(f"batch {batch}, same η", replace(problem, batch=batch), Run(rate, seed, scale))
            )
        name = f"batch {batch}, {exact(batch / base)} × η"
        run = Run(scaled_rate(rate, base, batch), seed, scale)
        entrants.append(Entrant(name, replace(problem, batch=batch), run))

    def figure(entrants: Entrants, found: Histories) -> Curves:
        series = []
        for letter, entrant, history in zip(LETTERS, entrants, found, strict=False):
            if history is not None:
                curve = smoothed(history.losses, letter)
                factor = _step_length(entrant.problem.batch or examples, examples, over)
                series.append(replace(curve, x=curve.x * factor))
        return Curves(tuple(series), x_label=over, y_label="training loss", log_y=True)

    def tell(_: Entrants, found: Histories) -> str:
        ends = [level(history) for history in found]
        told = []
        for letter, end in zip(LETTERS[1:], ends[1:], strict=False):
            if math.isnan(end):
                told.append(f"{letter} diverges")
            elif end <= 1.25 * ends[0]:
                told.append(f"{letter} keeps up with A")
            else:
                told.append(f"{letter} ends {number(end / ends[0], 2)} × as high as A")
        return (
            f"After as many epochs {', '.join(told)}. "
            "η in proportion to the batch keeps the step per example; for large batches that breaks down."
        )

    about = f"Training loss, smoothed, on a log axis, over the {over}s"
    return Comparison(_given(tuple(entrants)), about, figure, tell)


AXES = ("epoch", "example", "step")
"""What the horizontal axis may count."""


def _step_length(batch: int, examples: int, over: str) -> float:
    """How far one step goes along the horizontal axis."""
    return {"epoch": 1.0 / (examples // batch), "example": float(batch), "step": 1.0}[over]


def _given(entrants: Entrants) -> Callable[[Hands], Iterator[Entrants | None]]:
    return lambda _: iter([entrants])


def _losses(_: Entrants, found: Histories) -> Curves:
    runs = zip(LETTERS, found, strict=False)
    series = tuple(smoothed(history.losses, letter) for letter, history in runs if history is not None)
    return Curves(series, x_label="step", y_label="training loss", log_y=True)
