"""Predictions: seeds of each template against runs written anew, and the settings that are refused."""

from __future__ import annotations

import json
import math
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab import oracles
from tests.lab.bare_network import Setting, largest_stable, trained
from tutor.errors import UsageError
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment, instant
from tutor.lab.predict.chance import Chance
from tutor.lab.predict.templates import KINDS, draw, template
from tutor.plots.figure import Curves

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tutor.lab.outcome import Experiment, Outcome
    from tutor.lab.predict.instance import Instance

    Array = NDArray[np.float64]
    Settings = dict[str, Any]

CARD = Path(__file__).parents[2] / "decks" / "optimization" / "learning-rate.md"
BLOCKS = re.findall(r"^```predict\n(.*?)^```", CARD.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
BOWLS: Settings = {
    "objective": "quadratic",
    "param": {"kappa": [8, 12, 20, 40]},
    "start": {"x": [-4.0, -3.0, 3.5], "y": [1.0, 2.0]},
}
TEMPLATES: dict[str, Settings] = {
    **{f"card-{block['kind']}": block for block in map(tomllib.loads, BLOCKS)},
    "heavy-ball": {"kind": "stable-rate", **BOWLS, "optimizers": ["sgd", "momentum"], "steps": 200},
    "steps": {"kind": "steps", **BOWLS, "shares": [0.05, 0.1, 0.3, 0.6], "steps": 1000},
    "race": {"kind": "race", **BOWLS, "shares": [0.02, 0.1, 0.5, 0.9, 1.2, 1.5], "steps": 60},
    "place": {"kind": "place", **BOWLS, "rates": [0.005, 0.01, 0.02, 0.04], "steps": 30},
    "racers": {
        "kind": "racers",
        "objective": "ravine",
        "param": {"kappa": [12, 20, 30], "bend": 0.05},
        "start": {"x": [-4.0, -3.0], "y": [1.6, 2.0]},
        "optimizers": ["sgd", "momentum", "adam"],
        "shares": {"adam": 5},
        "rates": [0.002, 0.005, 0.01, 0.05, 0.1, 0.5],
        "steps": 60,
    },
    "basin": {
        "kind": "basin",
        "objective": "himmelblau",
        "start": {"x": [-4.0, -2.0, 0.0, 1.0, 4.0], "y": [-4.0, -1.0, 0.0, 1.0, 4.0]},
        "rates": [0.005, 0.01, 0.02, 0.05],
        "steps": 200,
    },
    "schedule-rate": {
        "kind": "schedule-rate",
        "schedules": ["cosine", "warmup", "step", "exponential", "linear"],
        "set": {"warmup": {"warmup_steps": 20}, "step": {"step_size": 30}},
        "rates": [0.1, 0.2, 0.5],
        "lengths": [100, 200],
        "shares": [0.05, 0.25, 0.5, 0.75],
    },
    "noise-floor": {
        "kind": "noise-floor",
        "rates": [0.05, 0.1, 0.2, 0.4, 0.8],
        "batches": [1, 4, 16, 64],
        "momenta": [0.0, 0.9],
        "h": 2,
    },
    "signal": {
        "kind": "signal",
        "activations": ["tanh", "relu"],
        "inits": ["lecun", "glorot", "he"],
        "scales": [0.5, 1.0, 1.5, 2.0],
        "depths": [5, 10, 20, 30],
        "shows": ["forward", "backward"],
    },
    "conditioning": {"kind": "conditioning", **BOWLS, "shares": [0.5, 0.9], "steps": 400},
}
EACH = pytest.mark.parametrize("name", TEMPLATES)
SEEDS = range(25)
FEW = 8
"""How many of the instances that take their time are run by what settles them."""

SCALES = np.array([1.0, 0.975, 0.99, 1.01, 1.025])
"""The rate of an instance, and rates near by."""


def seeds(name: str) -> range:
    """The seeds that a template is tried with: fewer where each instance trains networks."""
    return SEEDS[:FEW] if str(TEMPLATES[name]["kind"]).startswith("digits") else SEEDS


@cache
def many(name: str) -> tuple[Instance, ...]:
    return tuple(draw(TEMPLATES[name], seed) for seed in seeds(name))


def right(instance: Instance) -> str | float:
    """The key: the text of the right option, or the number."""
    if instance.quantity:
        assert not instance.choices
        return instance.quantity.value
    (found,) = [choice.text for choice in instance.choices if choice.right]
    return found


def number_in(text: str) -> float:
    return float(text.replace("−", "-"))


# The runs, written anew: each of them m times, at rates (m,)


def slope(run: Settings, points: Array) -> Array:
    """(…, 2) -> (…, 2)."""
    kappa, bend = run["param"]["kappa"], run["param"].get("bend", 0.0)
    x, y = points.T
    off = y - bend * x**2
    return np.stack([x - 2 * kappa * bend * off * x, kappa * off]).T


def loss(run: Settings, points: Array) -> Array:
    """(…, 2) -> (…)."""
    kappa, bend = run["param"]["kappa"], run["param"].get("bend", 0.0)
    x, y = np.moveaxis(points, -1, 0)
    return np.asarray(0.5 * x**2 + 0.5 * kappa * (y - bend * x**2) ** 2)


def bare(run: Settings, rates: Callable[[int], Array], steps: int, beta: float = 0.0) -> Array:
    """The points (n+1, m, 2)."""
    points = np.tile(run["start"], (steps + 1, len(rates(0)), 1))
    velocity = np.zeros_like(points[0])
    with np.errstate(all="ignore"):
        for n in range(steps):
            velocity = beta * velocity + slope(run, points[n])
            points[n + 1] = points[n] - rates(n)[:, None] * velocity
    return points


def gone(run: Settings, points: Array) -> NDArray[np.bool_]:
    """Which of the runs (n+1, m, 2) diverge: they leave the map, or have only climbed of late."""
    with np.errstate(all="ignore"):
        losses = loss(run, points[-len(points) // 4 :])
        climbing = (np.diff(losses, axis=0) > 0).all(axis=0)
        return np.asarray(climbing | ~(np.abs(points).max(axis=(0, 2)) < 1e6))


def check_verdict(instance: Instance, run: Settings, scales: Array) -> None:
    points = bare(run, lambda _: scales * run["rate"], run["steps"])
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
    assert (gone(run, bare(run, lambda _: scales * limit, 400, beta)) == (scales > 1.0)).all()


def check_steps(instance: Instance, run: Settings, scales: Array) -> None:
    points = bare(run, lambda _: scales * run["rate"], 1100)
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
        points = bare(run, lambda _, rate=rate: scales * rate, run["steps"])  # type: ignore[misc]
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
        for at in (lambda _: rates, lambda n: first + (rates - first) * min(n / rise, 1.0))
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


def test_every_kind_is_checked_here() -> None:
    assert set(CHECKS) == set(KINDS) == {each["kind"] for each in TEMPLATES.values()}


@EACH
def test_the_key_is_what_a_run_written_anew_gives_and_rates_near_by_give_the_same(name: str) -> None:
    for instance in {instance.text: instance for instance in many(name)}.values():
        CHECKS[TEMPLATES[name]["kind"]](instance, dict(instance.experiment), SCALES)


@EACH
def test_the_same_seed_gives_the_same_question(name: str) -> None:
    np.random.seed(0)  # noqa: NPY002 - to show that nothing depends on it
    first = list(many(name))
    np.random.seed(1)  # noqa: NPY002
    assert [draw(json.loads(json.dumps(TEMPLATES[name])), seed) for seed in seeds(name)] == first
    assert len({instance.text for instance in first}) > len(first) / 8  # few alike
    assert len({right(instance) for instance in first}) >= 3  # no answer is right for ever


def settled(made: Experiment | LongExperiment) -> Outcome:
    if isinstance(made, LongExperiment):
        *_, last = made.run(Workshop())
        return last.outcome()
    return made.outcome()


@EACH
def test_an_instance_can_be_run_and_read(name: str) -> None:
    for number, instance in enumerate({instance.text: instance for instance in many(name)}.values()):
        made = experiment(instance.experiment)
        if number < FEW or not isinstance(made, LongExperiment):
            assert settled(made).verdict
        explained = [(choice.text, choice.explanation) for choice in instance.choices]
        if instance.quantity:
            explained = [("", instance.quantity.explanation)]
        assert len({text for text, _ in explained}) == len(explained)
        for text in (instance.text, *(part for pair in explained for part in pair)):
            words = re.sub(r"[A-Za-z]+(_[A-Za-z]+)+", "", text)  # names of parameters
            assert not re.search(r"[$_\\{}]|nan|None", words)
        assert all(explanation[0].isupper() and explanation.endswith(".") for _, explanation in explained)
        assert len(instance.text) < 300


def test_no_answer_of_the_bundled_templates_is_much_likelier_than_the_others() -> None:
    for name in TEMPLATES:
        if name.startswith("card-"):
            keys = [right(instance) for instance in many(name)]
            assert max(keys.count(key) for key in keys) <= 22, name


def test_draws_are_those_of_the_mersenne_twister() -> None:
    chance = Chance(2**32 - 1)
    assert [chance.below(1000) for _ in range(6)] == [635, 203, 607, 291, 340, 381]


def test_on_a_saddle_a_run_ends_at_its_top_only_if_it_starts_on_its_ridge() -> None:
    saddle: Settings = {
        "kind": "basin",
        "objective": "saddle",
        "start": {"x": [-2.0, 1.0], "y": [0.0, 0.5]},
        "rates": [0.1, 0.5],
        "steps": 100,
    }
    for seed in range(20):
        instance = draw(saddle, seed)
        run: Settings = dict(instance.experiment)
        told = "nowhere: it diverges" if run["start"][1] else "at a saddle, which is flat but no minimum"
        assert right(instance) == told
        assert instance.choices[0].text == "at a minimum"


def test_methods_of_the_flow_are_called_by_their_names() -> None:
    asked: Settings = {
        "kind": "verdict",
        "objective": "quadratic",
        "start": {"x": -4.0, "y": 2.0},
        "rates": [0.1],
        "steps": 100,
    }
    names = {
        "midpoint": "The midpoint rule",
        "rk3": "RK3",
        "rk4": "RK4",
        "implicit-euler": "Implicit Euler",
        "trapezoid": "The trapezoid rule",
        "rmsprop": "RMSProp (alpha = 0.99)",
    }
    for method, name in names.items():
        assert draw({**asked, "optimizers": [method]}, 0).text.startswith(f"{name} with η = 0.1 on the bowl")


GOLDENS: dict[str, tuple[object, ...]] = {
    "card-verdict": (25, [-3.0, 2.0], 0.0772, "it oscillates: it goes to and fro between the walls"),
    "card-stable-rate": (40, [-4.0, 1.0], 0.0525, 0.05),
    "card-line-search": (40, [-3.0, 1.0], 2.0, "η = 0.03125"),
    "card-survivors": (24, [-4.0, 2.0], 0.167, "neither survives"),
    "card-batches": (64, None, 1.0, "all of them"),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_a_seed_stands_for_its_question_on_any_machine(name: str) -> None:
    instance = draw(TEMPLATES[name], 20_261_123)
    run: Settings = dict(instance.experiment)
    ground = run["param"]["kappa"] if "param" in run else run["dimension"]
    assert (ground, run.get("start"), run["rate"], right(instance)) == GOLDENS[name]


# What is refused

WRONG: dict[str, tuple[Settings, str]] = {
    "no kind": ({"kind": None}, "a prediction needs a kind in quotes, one of verdict, "),
    "a kind unknown": ({"kind": "verdikt"}, "unknown kind of prediction 'verdikt': did you mean 'verdict'?"),
    "a setting unknown": ({"step": 5}, "unknown setting of prediction 'verdict' 'step': did you mean 'steps'?"),
    "an objective unknown": (
        {"objective": "quadric"},
        "unknown objective 'quadric': did you mean 'quadratic'?",
    ),
    "a parameter unknown": ({"param": {"cappa": [1, 2]}}, "unknown parameter of objective 'quadratic' 'cappa'"),
    "a parameter out of range": ({"param": {"kappa": [10, -1]}}, "kappa of objective 'quadratic' must be"),
    "an empty list": ({"param": {"kappa": []}}, "the lists in param must give 1 to 100 combinations"),
    "too many combinations": (
        {"param": {"kappa": list(range(1, 102))}},
        "the lists in param must give 1 to 100 combinations",
    ),
    "a start that is a point": ({"start": [-4.0, 2.0]}, "start must be a table"),
    "half a start": ({"start": {"x": 1.0}}, "start must be a table such as { x = [-4.0, -3.0], y = 2.0 }"),
    "a start that is nowhere": ({"start": {"x": math.nan, "y": 1.0}}, "each of start must be a number"),
    "no rates": ({"shares": None}, "give either rates = [0.01, 0.1] or, of the largest stable one, shares"),
    "rates twice": ({"rates": [0.1]}, "give either rates"),
    "a rate of 0": ({"shares": None, "rates": [0.0]}, "each of rates must be a number from"),
    "an endless rate": ({"shares": None, "rates": [math.inf]}, "each of rates must be a number from"),
    "too many steps": ({"steps": 10_000}, "steps must be a number from 1 to 1,000, not 10000"),
    "an optimizer unknown": ({"optimizers": ["sdg"]}, "unknown optimizer 'sdg': did you mean 'sgd'?"),
    "answers that are never clear": ({"shares": [1.0]}, "60 draws in a row were too near a boundary"),
    "two schedules alike": (
        {"kind": "survivors", "schedules": ["warmup", "warmup"]},
        "schedules must be two different ones",
    ),
    "batches unsorted": (
        {"kind": "batches", "dimensions": [8], "batches": [4, 1]},
        "batches must be two to four sizes, ascending",
    ),
    "a single racer": (
        {"kind": "racers", "optimizers": ["sgd"], "rates": [0.1]},
        "optimizers must be two to 4, such as",
    ),
    "a racer that is slow": (
        {"kind": "racers", "optimizers": ["sgd", "trapezoid"], "rates": [0.1]},
        "'trapezoid' takes too long to be drawn",
    ),
    "a racer unknown": (
        {"kind": "racers", "optimizers": ["sgd", "adamm"], "rates": [0.1]},
        "unknown optimizer 'adamm': did you mean 'adam'?",
    ),
    "racers without a start of their own": (
        {"kind": "racers", "optimizers": ["sgd", "sgd"], "rates": [0.1]},
        "optimizers must have different names",
    ),
    "a schedule unknown": (
        {"kind": "schedule-rate", "schedules": ["cosin"], "rates": [0.1], "lengths": [100]},
        "unknown schedule 'cosin': did you mean 'cosine'?",
    ),
    "a run that is too long": (
        {"kind": "schedule-rate", "schedules": ["cosine"], "rates": [0.1], "lengths": [100_000]},
        "each of lengths must be a number from 4 to 10,000",
    ),
    "a change of something else": (
        {"kind": "noise-floor", "over": ["h"], "rates": [0.1], "batches": [1]},
        'over must be of "rate" and "batch"',
    ),
    "noise that never changes": (
        {"kind": "noise-floor", "over": ["rate"], "rates": [0.1], "batches": [1]},
        "no clear answer in 17 draws, and more would take too long",
    ),
    "a network that is too deep": (
        {"kind": "signal", "depths": [100]},
        "each of depths must be a number from 2 to 40",
    ),
    "an activation unknown": (
        {"kind": "signal", "depths": [10], "activations": ["relux"]},
        "unknown entry of activations 'relux': did you mean 'relu'?",
    ),
    "conditioning without a limit": (
        {"kind": "conditioning", "optimizers": ["adam"]},
        "'adam' has no largest stable rate here",
    ),
    "conditioning with several minima": (
        {"kind": "conditioning", "objective": "himmelblau", "param": {}},
        "choose an objective that has just one",
    ),
    "batches that take too long": (
        {"kind": "batches", "dimensions": [100], "batches": [1, 1024], "steps": 500},
        "steps × batch × dimension must be at most 1,000,000",
    ),
}


@pytest.mark.parametrize(("changes", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_told_in_one_line(changes: Settings, message: str) -> None:
    right_one: Settings = {"kind": "verdict", **BOWLS, "shares": [0.5], "steps": 60}
    template(right_one)
    if str(changes.get("kind")) in {"schedule-rate", "noise-floor", "signal"}:  # which have no surface
        right_one = {"shares": [0.5]} if changes["kind"] == "schedule-rate" else {}
    if changes.get("kind") == "racers":
        del right_one["shares"]
    changed = {key: value for key, value in {**right_one, **changes}.items() if value is not None}
    with pytest.raises(UsageError) as caught:
        template(changed)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def one_line(error: UsageError) -> None:
    assert "\n" not in str(error)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2000)
    | st.floats(allow_nan=True)
    | st.sampled_from(["sgd", "momentum", "quadratic", "ravine", "warmup", "constant", "zzz"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["x", "y", "kappa", "bend", "warmup"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(TEMPLATES)), data=st.data())
def test_whatever_a_deck_says_is_drawn_or_refused(name: str, data: st.DataObject) -> None:
    changed = dict(TEMPLATES[name])
    for key in data.draw(st.lists(st.sampled_from(sorted(changed)), min_size=1, max_size=2)):
        changed[key] = data.draw(VALUES)
    try:
        assert right(draw(changed, data.draw(st.integers(0, 2**32 - 1))))
    except UsageError as error:
        one_line(error)


def test_the_rates_of_a_schedule_fill_their_figure() -> None:
    figure = instant(dict(draw(TEMPLATES["schedule-rate"], 1).experiment)).outcome().figure
    assert isinstance(figure, Curves)
    rates, limits = (series.y for series in figure.series)
    assert rates.max() < limits.min() < 2 * rates.max()


def test_the_words_of_a_prediction_say_what_its_numbers_mean() -> None:
    stairs: Settings = {
        "kind": "schedule-rate",
        "schedules": ["step"],
        "rates": [0.2],
        "lengths": [200],
        "shares": [0.25],
        "set": {"step": {"step_size": 30}},
    }
    assert draw(stairs, 0).text == (
        "A run of 200 steps, counted from 0, has the base rate 0.2 and the schedule step: a staircase, times "
        "gamma after every step_size steps (gamma = 0.1, step_size = 30). What is η at step 50?"
    )
    place: Settings = {"kind": "place", **BOWLS, "rates": [0.02], "steps": 30, "optimizers": ["adagrad"]}
    assert draw(place, 0).text.startswith("AdaGrad with η = 0.02 on ")
    strict: Settings = {
        "kind": "line-search",
        "objective": "quadratic",
        "param": {"kappa": 30},
        "start": {"x": -2.0, "y": 1.5},
        "trials": [0.7],
        "c": 0.5,
    }
    told = [choice.explanation for seed in range(4) for choice in draw(strict, seed).choices]
    assert "Cut: there the loss goes from 35.8 to 5.12, and " in "".join(told)  # lower, but not by enough
    assert " is the most that would do." in "".join(told)
