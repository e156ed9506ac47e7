"""What settles the predictions of the course: their runs, written anew for its surfaces and optimizers.

It takes in the checks of the lab's own tests, and replaces those that know only gradient descent on a ravine.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.lab import oracles
from tests.lab.predict.checks import CHECKS as OF_THE_LAB
from tests.lab.predict.drawn import number_in, right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from tutor.lab.predict.instance import Instance

    Array = NDArray[np.float64]
    Run = dict[str, Any]

FAR = 1e6
"""A coordinate of a run that has left the map."""


# Surfaces, at points (m, 2)


def turned(run: Run) -> Array:
    """The Hessian of a bowl that may be turned."""
    angle = math.radians(run["param"].get("rotation", 0.0))
    axes = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return np.asarray(axes.T @ np.diag([1.0, run["param"]["kappa"]]) @ axes)


def loss(run: Run, points: Array) -> Array:
    x, y = points.T
    if run["objective"] == "rosenbrock":
        return np.asarray((1 - x) ** 2 + 100 * (y - x**2) ** 2)
    if bend := run["param"].get("bend"):
        return np.asarray(0.5 * x**2 + 0.5 * run["param"]["kappa"] * (y - bend * x**2) ** 2)
    return np.asarray(0.5 * np.einsum("mi,ij,mj->m", points, turned(run), points))


def slope(run: Run, points: Array) -> Array:
    x, y = points.T
    if run["objective"] == "rosenbrock":
        return np.stack([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]).T
    if run["objective"] == "himmelblau":
        return oracles.himmelblau_slope(points)
    if run["objective"] == "styblinski-tang":
        return np.asarray(2 * points**3 - 16 * points + 2.5)
    if bend := run["param"].get("bend"):
        push = run["param"]["kappa"] * (y - bend * x**2)
        return np.stack([x - 2 * bend * x * push, push]).T
    return points @ turned(run)


def goal(run: Run) -> Array:
    """The minimum."""
    return np.ones(2) if run["objective"] == "rosenbrock" else np.zeros(2)


# Optimizers: each gives the direction of step n, from the slope and what it has kept, which it changes


def _adagrad(_n: int, g: Array, kept: dict[str, Array]) -> Array:
    kept["v"] = kept.get("v", 0.0) + g * g
    return np.asarray(g / (np.sqrt(kept["v"]) + 1e-10))


def _rmsprop(_n: int, g: Array, kept: dict[str, Array]) -> Array:
    kept["v"] = 0.99 * kept.get("v", 0.0) + 0.01 * g * g
    return np.asarray(g / (np.sqrt(kept["v"]) + 1e-8))


def _adam(n: int, g: Array, kept: dict[str, Array]) -> Array:
    kept["m"] = 0.9 * kept.get("m", 0.0) + 0.1 * g
    kept["v"] = 0.999 * kept.get("v", 0.0) + 0.001 * g * g
    return np.asarray(kept["m"] / (1 - 0.9**n) / (np.sqrt(kept["v"] / (1 - 0.999**n)) + 1e-8))


def _momentum(_n: int, g: Array, kept: dict[str, Array]) -> Array:
    kept["v"] = 0.9 * kept.get("v", 0.0) + g
    return np.asarray(kept["v"])


def _nesterov(_n: int, g: Array, kept: dict[str, Array]) -> Array:
    kept["v"] = 0.9 * kept.get("v", 0.0) + g
    return np.asarray(g + 0.9 * kept["v"])


RULES: Mapping[str, Callable[[int, Array, dict[str, Array]], Array]] = {
    "sgd": lambda _n, g, _kept: g,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}


def path(run: Run, name: str, rates: Array, **given: float) -> Array:
    """The points (n+1, m, 2) of an optimizer at the rates (n, m)."""
    points = np.tile(np.array(run["start"], float), (len(rates) + 1, rates.shape[1], 1))
    kept: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for n, rate in enumerate(rates):
            g = slope(run, points[n])
            if name == "newton":
                move = np.linalg.solve(turned(run), g.T).T
            elif name == "midpoint":
                move = slope(run, points[n] - rate[:, None] * g / 2)
            elif name == "rk4":
                second = slope(run, points[n] - rate[:, None] * g / 2)
                third = slope(run, points[n] - rate[:, None] * second / 2)
                fourth = slope(run, points[n] - rate[:, None] * third)
                move = (g + 2 * second + 2 * third + fourth) / 6
            elif name == "polyak":
                gap = np.maximum(loss(run, points[n]) - given.get("f_min", 0.0), 0.0)
                size = (g * g).sum(axis=1)
                move = np.divide(gap, size, out=np.zeros_like(gap), where=size > 0)[:, None] * g
            else:
                move = RULES[name](n + 1, g, kept)
            points[n + 1] = points[n] - rate[:, None] * move
    return points


def constant(rates: Array, steps: int) -> Array:
    """The rates (m,) at each step: (n, m)."""
    return np.tile(rates, (steps, 1))


def gone(run: Run, points: Array) -> NDArray[np.bool_]:
    """Which of the runs (n+1, m, 2) diverge: they leave the map, or have only climbed of late."""
    with np.errstate(all="ignore"):
        late = np.array([loss(run, here) for here in points[-len(points) // 4 :]])
        climbing = (np.diff(late, axis=0) > 0).all(axis=0)
        return np.asarray(climbing | ~(np.abs(points).max(axis=(0, 2)) < FAR))


# The checks


def check_verdict(instance: Instance, run: Run, scales: Array) -> None:
    points = path(run, run["optimizer"], constant(run["rate"] * scales, run["steps"]))
    with np.errstate(all="ignore"):
        sizes = np.linalg.norm([slope(run, points[0]), slope(run, points[-1])], axis=2)
    for one, is_gone, (first, last) in zip(np.moveaxis(points, 1, 0), gone(run, points), sizes.T, strict=True):
        moves = np.diff(one, axis=0)[len(one) // 2 :]
        way, ahead = math.dist(one[0], one[-1]), math.dist(one[-1], goal(run))
        if is_gone:
            told = "it diverges"
        elif last > 1e-6 * first and (np.sum(moves[1:] * moves[:-1], axis=1) < 0).mean() >= 1 / 3:
            told = "it oscillates"
        else:
            told = "it converges" if ahead <= 0.1 * (way + ahead) else "it crawls"
        assert str(right(instance)).partition(":")[0] == told


def check_steps(instance: Instance, run: Run, scales: Array) -> None:
    tolerance = number_in(re.findall(r"is ([\d.]+) times the first one", instance.text)[0])
    steps = int(2 * float(right(instance)))
    points = path(run, run["optimizer"], constant(run["rate"] * scales, steps))
    sizes = np.array([np.linalg.norm(slope(run, here), axis=1) for here in points])
    counts = (sizes <= tolerance * sizes[0]).argmax(axis=0)
    assert counts[0] == right(instance)
    assert (np.abs(counts / counts[0] - 1) < 0.1).all()


def check_place(instance: Instance, run: Run, scales: Array) -> None:
    ends = path(run, run["optimizer"], constant(run["rate"] * scales, run["steps"]))[-1, :, 0]
    low, high = sorted(map(number_in, re.findall(r"x = (−?[\d.]+)", str(right(instance)))))
    assert ((low < ends) & (ends < high)).all()


def rate_of(name: str, run: Run, step: int) -> float:
    """The rate of a schedule at a step."""
    base, steps, given = run["rate"], run["steps"], run.get("set", {}).get(name, {})
    if name == "constant":
        return float(base)
    if name == "warmup-cosine":
        rise = given["warmup_steps"]
        if step < rise:
            return oracles.rate_of("warmup", base, steps, step, given)
        return oracles.rate_of("cosine", base, steps - rise, step - rise, {})
    return oracles.rate_of(name, base, steps, step, given)


def check_survivors(instance: Instance, run: Run, scales: Array) -> None:
    names = run["schedules"]
    lost = [
        gone(run, path(run, "sgd", np.outer([rate_of(name, run, n) for n in range(run["steps"])], scales)))
        for name in names
    ]
    told = {
        (False, False): "both survive",
        (False, True): f"only {names[0]} survives",
        (True, False): f"only {names[1]} survives",
        (True, True): "neither survives",
    }
    assert {told[bool(a), bool(b)] for a, b in zip(*lost, strict=True)} == {right(instance)}


def check_racers(instance: Instance, run: Run, scales: Array) -> None:
    ends = []
    for name in run["optimizers"]:
        own = 1.0 if name in {"polyak", "newton"} else run["rate"]
        rates = scales * (run["shares"][name] * run["rate"] if name in run.get("shares", {}) else own)
        points = path(run, name, constant(rates, run["steps"]), **run.get("set", {}).get(name, {}))
        ends.append(np.where(gone(run, points), math.inf, loss(run, points[-1])))
    winner = str(right(instance)).partition(",")[0]
    for each in zip(*ends, strict=True):
        best, second = sorted(each)[:2]
        assert winner == ("none of them: all diverge" if best == math.inf else "ABCD"[each.index(best)])
        assert best == math.inf or second > 2 * best


def check_basin(instance: Instance, run: Run, scales: Array) -> None:
    """Each run ends where the key says, or leaves the map."""
    points = path(run, run["optimizer"], constant(run["rate"] * scales, run["steps"]))
    for end, is_gone in zip(points[-1], np.abs(points).max(axis=(0, 2)) > FAR, strict=True):
        if is_gone or not np.isfinite(end).all():
            assert right(instance) == "nowhere: it diverges"
        else:
            told = list(map(number_in, re.findall(r"−?[\d.]+", str(right(instance)))))
            assert math.dist(end, told) < 0.2


CHECKS: Mapping[str, Callable[[Instance, Run, Array], None]] = {
    **OF_THE_LAB,
    "verdict": check_verdict,
    "steps": check_steps,
    "place": check_place,
    "survivors": check_survivors,
    "racers": check_racers,
    "basin": check_basin,
}
