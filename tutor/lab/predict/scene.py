"""Where the runs of a prediction take place, and how: the values to draw from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from tutor.lab.settings import Settings
from tutor.lab.surface import Surface, read_surface
from tutor.lab.words import exact
from tutor.optim.descend import Trajectory, descend_many
from tutor.optim.optimizers import OPTIMIZERS, SGD, Optimizer, optimizer
from tutor.optim.tables import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.lab.predict.chance import Chance
    from tutor.optim.schedules import Schedule

MOST_STEPS = 1_000
MOST_SCENES = 100

FAN = (0.97, 0.98, 1.0, 1.02, 1.03)
"""The answer has to be the same at all of these multiples of the rate; then it is clear."""

ITSELF = FAN.index(1.0)

NAMES = {
    "sgd": "gradient descent",
    "momentum": "the heavy ball",
    "nesterov": "Nesterov's method",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
    "sign": "sign descent",
    "lion": "Lion",
    "polyak": "Polyak's step",
    "barzilai-borwein": "Barzilai and Borwein's step",
    "newton": "Newton's method",
    "lbfgs": "L-BFGS",
    "midpoint": "the midpoint rule",
    "rk3": "RK3",
    "rk4": "RK4",
    "implicit-euler": "implicit Euler",
    "trapezoid": "the trapezoid rule",
}
"""What to call optimizers that have a name of their own."""

UNTOLD = {"eps"}
"""Parameters that only guard against a division by zero."""

COSTLY = {
    "newton": 4.0,
    "lbfgs": 12.0,
    "midpoint": 2.0,
    "rk3": 3.0,
    "rk4": 4.0,
    "implicit-euler": 20.0,
    "trapezoid": 20.0,
}
"""How many steps of gradient descent the time of one of theirs is worth, where it is worth two or more."""

PickRate = Callable[["Chance", "Scene", "Rule"], float]


@dataclass(frozen=True, eq=False)
class Scene:
    """A surface and a start."""

    surface: Surface
    settings: Mapping[str, object]
    """As an experiment takes them."""

    @property
    def words(self) -> str:
        """The objective and the start."""
        start = ", ".join(map(exact, self.surface.start))
        return f"the {self.surface.objective.summary}, from ({start})"

    def limit(self, rule: Rule) -> float | None:
        """Find the largest rate that is stable at the minimum; None where there is no such number."""
        limit = self.surface.limit(rule.optimizer)
        return limit and rounded(limit, digits=9)  # eigenvalues differ in the last bit between machines

    def fan(self, rate: float | Schedule, steps: int, rule: Optimizer = SGD) -> tuple[Trajectory, ...]:
        """Run at each of the multiples in FAN of a rate."""
        return self.runs([_times(share, rate) for share in FAN], steps, rule)

    def runs(
        self, rates: Sequence[float | Schedule], steps: int, rule: Optimizer = SGD
    ) -> tuple[Trajectory, ...]:
        """Run at each of the rates."""
        ground, start = self.surface.objective, self.surface.start
        return descend_many(ground, rates, steps=steps, start=start, optimizer=rule)


@dataclass(frozen=True, eq=False)
class Rule:
    """An optimizer with its defaults, by name."""

    name: str
    optimizer: Optimizer

    @property
    def words(self) -> str:
        """What it is called, with those of its parameters that are not 0: ``Heavy ball (momentum = 0.9)``."""
        entry = OPTIMIZERS[self.name]
        held = [
            f"{name} = {exact(of.default)}"
            for name, of in entry.parameters.items()
            if isinstance(of, Parameter) and of.default and name not in UNTOLD
        ]
        called = NAMES.get(self.name) or entry.about.partition(":")[0]
        return called[:1].upper() + called[1:] + (f" ({', '.join(held)})" if held else "")


def cost(optimizer: str, steps: int) -> float:
    """Tell what a fan of runs costs, in steps of gradient descent."""
    return COSTLY.get(optimizer, 1.0) * steps


def read_scenes(settings: Settings) -> tuple[Scene, ...]:
    """Take ``objective``, ``param``, ``start`` { x = …, y = … } and ``view``; a list is there to draw from."""
    name = settings.word("objective")
    starts = combinations(settings, "start")
    view = {"view": list(settings.numbers("view", -1e6, 1e6, entries=4))} if "view" in settings else {}
    scenes = []
    for params, start in product(combinations(settings, "param"), starts):
        if start and start.keys() != {"x", "y"}:
            raise settings.wrong("start must be a table such as { x = [-4.0, -3.0], y = 2.0 }")
        there = {"start": [start["x"], start["y"]]} if start else {}
        given = {"objective": name, "param": params, **there, **view}
        scenes.append(Scene(read_surface(Settings(settings.kind, given, "prediction")), given))
    return tuple(scenes)


def combinations(settings: Settings, name: str) -> tuple[dict[str, object], ...]:
    """Take a table such as { kappa = [10, 20], bend = 0.1 }, and give each way to choose from its lists."""
    table = settings.parameters(name)
    values = [value if isinstance(value, list) else [value] for value in table.values()]
    if not 0 < prod(map(len, values)) <= MOST_SCENES:
        raise settings.wrong(f"the lists in {name} must give 1 to {MOST_SCENES} combinations")
    return tuple(dict(zip(table, chosen, strict=True)) for chosen in product(*values))


def read_rules(settings: Settings) -> tuple[Rule, ...]:
    """Take ``optimizers``, a list to draw from; gradient descent if there is none."""
    names = settings.words("optimizers") if "optimizers" in settings else ("sgd",)
    return tuple(Rule(name, optimizer(name)) for name in names)


def read_rate(settings: Settings) -> PickRate:
    """Take ``rates``, or ``shares`` of the largest stable one: a list to draw from. Three digits are kept."""
    if ("rates" in settings) == ("shares" in settings):
        raise settings.wrong(
            "give either rates = [0.01, 0.1] or, of the largest stable one, shares = [0.1, 1.2]"
        )
    if "rates" in settings:
        rates = [rounded(rate) for rate in settings.rates("rates")]
        return lambda chance, _scene, _rule: chance.pick(rates)
    shares = settings.numbers("shares", 1e-6, 100.0)

    def share(chance: Chance, scene: Scene, rule: Rule) -> float:
        limit = scene.limit(rule)
        if limit is None:
            raise settings.wrong(
                f"'{rule.name}' has no largest stable rate here: give rates in place of shares"
            )
        return rounded(chance.pick(shares) * limit)

    return share


def rounded(rate: float, digits: int = 3) -> float:
    """Keep some digits: few enough that what is shown is what is run."""
    return float(f"{rate:.{digits}g}")


def _times(share: float, rate: float | Schedule) -> float | Schedule:
    return (lambda step: share * rate(step)) if callable(rate) else share * rate
