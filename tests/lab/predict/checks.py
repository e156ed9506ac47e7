"""What settles the predictions of each kind: their runs, written anew."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.lab import oracles
from tests.lab.bare_network import Setting, largest_stable, trained
from tests.lab.predict.bare import bare, gone, loss, slope, steady
from tests.lab.predict.drawn import number_in, right

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.lab.predict.instance import Instance

    Array = NDArray[np.float64]
    Settings = dict[str, Any]

SCALES = np.array([1.0, 0.975, 0.99, 1.01, 1.025])
"""The rate of an instance, and rates near by."""


def check_verdict(instance: Instance, run: Settings, scales: Array) -> None:
    points = bare(run, steady(scales * run["rate"]), run["steps"])
    half = len(points) // 2
    for path, is_gone in zip(np.moveaxis(points, 1, 0), gone(run, points), strict=True):
        moves = np.diff(path, axis=0)[half:]
        if is_gone:
            told = "it diverges"
        elif (np.sum(moves[1:] * moves[:-1], axis=1) < 0).mean() >= 1 / 3:
            told = "it oscillates"
        else:
            told = "it converges" if abs(path[-1, 0]) <= 0.1 * abs(path[0, 0]) else "it crawls"
        assert str(right(instance)).partition(":")[0] == told


def check_stable_rate(instance: Instance, run: Settings, scales: Array) -> None:
    beta = 0.9 if run["optimizer"] == "momentum" else 0.0
    limit = float(right(instance))
    assert limit == pytest.approx(2 * (1 + beta) / run["param"]["kappa"])
    scales = scales[scales != 1.0]  # at the limit itself nothing can be told
    assert (gone(run, bare(run, steady(scales * limit), 400, beta)) == (scales > 1.0)).all()


def check_steps(instance: Instance, run: Settings, scales: Array) -> None:
    points = bare(run, steady(scales * run["rate"]), 1100)
    sizes = np.array([np.hypot(*slope(run, here).T) for here in points])
    assert (sizes[-1] <= 1e-3 * sizes[0]).all()
    counts = (sizes <= 1e-3 * sizes[0]).argmax(axis=0)
    value = float(right(instance))
    assert counts[0] == value
    assert (np.abs(counts / value - 1) < 0.1).all()
    assert instance.quantity is not None
    assert instance.quantity.unit == "steps"


def check_race(instance: Instance, run: Settings, scales: Array) -> None:
    ends = []
    for rate in run["rates"]:
        points = bare(run, steady(scales * rate), run["steps"])
        ends.append(np.where(gone(run, points), math.inf, loss(run, points[-1])))
    for a, b in zip(*ends, strict=True):
        winner = "neither" if min(a, b) == math.inf else "A" if a < b else "B"
        assert str(right(instance)).startswith(winner)
        assert min(a, b) == math.inf or max(a, b) > 2 * min(a, b)


def check_survivors(instance: Instance, run: Settings, scales: Array) -> None:
    rates, rise = scales * run["rate"], run["set"]["warmup"]["warmup_steps"]
    first = rates / (rise + 1)
    lost = [
        gone(run, bare(run, at, run["steps"]))
        for at in (steady(rates), lambda n: first + (rates - first) * min(n / rise, 1.0))
    ]
    told = {
        (False, False): "both survive",
        (False, True): "only constant survives",
        (True, False): "only warmup survives",
        (True, True): "neither survives",
    }
    assert {told[bool(constant), bool(warmup)] for constant, warmup in zip(*lost, strict=True)} == {
        right(instance)
    }


def check_place(instance: Instance, run: Settings, scales: Array) -> None:
    x = run["start"][0] * (1 - scales * run["rate"]) ** run["steps"]  # on a bowl, each step takes η of x
    low, high = sorted(map(number_in, re.findall(r"x = (−?[\d.]+)", str(right(instance)))))
    assert ((low < x) & (x < high)).all()
    assert high - low == pytest.approx(abs(run["start"][0]) / 4)


def check_line_search(instance: Instance, run: Settings, scales: Array) -> None:
    start = np.array(run["start"])
    gradient = slope(run, start)
    for scale in scales:
        rate = scale * run["rate"]
        while (
            loss(run, start - rate * gradient) > loss(run, start) - run["set"]["c"] * rate * gradient @ gradient
        ):
            rate *= run["set"]["shrink"]
        assert number_in(str(right(instance)).removeprefix("η = ")) * scale == pytest.approx(rate)


def check_batches(instance: Instance, run: Settings, scales: Array) -> None:
    """Other examples than the instance's own: its answer is no accident of theirs."""
    random = np.random.default_rng(7)
    d, sizes = run["dimension"], run["batches"]
    diverging = np.zeros(len(scales), int)
    for size in sizes:
        weights = np.full((len(scales), d), d**-0.5)
        for _ in range(run["steps"]):
            inputs = random.normal(size=(size, d))
            weights = weights - scales[:, None] * run["rate"] * (weights @ inputs.T) @ inputs / size
        diverging += np.sum(weights**2, axis=1) > 1.0
    some = [" and ".join(map(str, sizes[:n])) for n in range(2, len(sizes))]
    texts = [
        "none of them",
        f"only batch {sizes[0]}",
        *(f"only batches {each}" for each in some),
        "all of them",
    ]
    assert {texts[n] for n in diverging} == {right(instance)}


@cache
def limit_anew(setting: Setting) -> float:
    """From a start that is not the instance's own."""
    return largest_stable(setting, seed=11)


def check_digits_limit(instance: Instance, run: Settings, scales: Array) -> None:
    """Other weights and examples than the instance's own: its answer is no accident of theirs."""
    axis = run["over"]
    fixed = {
        key: run[key]
        for key in ("batch", "depth", "width", "scale", "activation", "init", "steps")
        if key in run
    }
    low, high = (limit_anew(Setting(**{**fixed, axis: value})) for value in run["values"])
    said = re.search(r"With (?:batches of|layers of|first weights|) ?(\S+)", instance.text)
    assert said
    ratio = high / low if number_in(said[1]) == run["values"][1] else low / high
    told = (
        "about the same"
        if 0.55 < ratio < 1.8
        else "less than half of that"
        if ratio < 1
        else "more than twice that"
    )
    assert right(instance) == told, (ratio, run)


def check_digits_grid(instance: Instance, run: Settings, scales: Array) -> None:
    rates = np.array(run["rates"])
    setting = Setting(
        **{key: run[key] for key in ("batch", "depth", "width", "loss", "optimizer")},
        steps=run["epochs"] * (run["examples"] // run["batch"]),
    )
    ends, _ = trained(setting, rates, seed=11)
    assert number_in(str(right(instance)).removeprefix("η = ")) == rates[ends.argmin()], (ends, run)


def check_racers(instance: Instance, run: Settings, scales: Array) -> None:
    ends = []
    for name in run["optimizers"]:
        rates = scales * run["rate"] * run["shares"].get(name, 1)
        points = oracles.ends_of(name, lambda here: slope(run, here), run["start"], rates, run["steps"])
        with np.errstate(all="ignore"):
            far = ~(np.abs(points).max(axis=1) < 1e4)
            ends.append(np.where(far, math.inf, loss(run, points)))
    winner = str(right(instance)).partition(",")[0]
    for each in zip(*ends, strict=True):
        best, second = sorted(each)[:2]
        assert winner == ("none of them: all diverge" if best == math.inf else "ABC"[each.index(best)])
        assert best == math.inf or second > 2 * best


def check_basin(instance: Instance, run: Settings, scales: Array) -> None:
    ends = oracles.ends_of("sgd", oracles.himmelblau_slope, run["start"], scales * run["rate"], run["steps"])
    for x, y in ends:
        if math.isfinite(x + y):
            told = re.findall(r"−?[\d.]+", str(right(instance)))
            assert math.dist((x, y), list(map(number_in, told))) < 0.2
        else:
            assert right(instance) == "nowhere: it diverges"


def check_schedule_rate(instance: Instance, run: Settings, scales: Array) -> None:
    (name,), step = run["schedules"], re.search(r"at step ([\d,]+)\?", instance.text)
    assert step
    given = run.get("set", {}).get(name, {})
    value = oracles.rate_of(name, run["rate"], run["steps"], int(step[1].replace(",", "")), given)
    assert right(instance) == pytest.approx(value, rel=1e-5)


def check_noise_floor(instance: Instance, run: Settings, scales: Array) -> None:
    rates, sizes = run.get("rates", [run.get("rate")] * 2), run.get("batches", [run.get("batch")] * 2)
    before, after = (
        oracles.variance(rate, run["h"], size, run["momentum"]) for rate, size in zip(rates, sizes, strict=True)
    )
    assert right(instance) == pytest.approx(after / before, rel=1e-3)


def check_signal(instance: Instance, run: Settings, scales: Array) -> None:
    """Other weights and inputs than the instance's own: its answer is no accident of theirs."""
    (scale,) = run["scales"]
    for n, near in enumerate(scales):
        ratio = oracles.passed(run, scale * near, seed=10_000 + n)
        told = "it vanishes" if ratio < 0.1 else "it explodes" if ratio > 10 else "it keeps its size"
        assert str(right(instance)).partition(",")[0] == told, (ratio, run)


def check_conditioning(instance: Instance, run: Settings, scales: Array) -> None:
    a, b = oracles.kappas(instance.text)
    share = float(re.findall(r"at ([\d.]+) times", instance.text)[0])
    for scale in scales:
        first, second = (oracles.arrival(kappa, run["start"], scale * share * 2 / kappa) for kappa in (a, b))
        assert right(instance) == pytest.approx(second / first, rel=0.05)
        assert right(instance) == pytest.approx(b / a, rel=0.12)


CHECKS: dict[str, Callable[[Instance, Settings, Array], None]] = {
    "verdict": check_verdict,
    "stable-rate": check_stable_rate,
    "steps": check_steps,
    "race": check_race,
    "survivors": check_survivors,
    "place": check_place,
    "line-search": check_line_search,
    "batches": check_batches,
    "racers": check_racers,
    "basin": check_basin,
    "schedule-rate": check_schedule_rate,
    "noise-floor": check_noise_floor,
    "signal": check_signal,
    "conditioning": check_conditioning,
    "digits-limit": check_digits_limit,
    "digits-grid": check_digits_grid,
}
