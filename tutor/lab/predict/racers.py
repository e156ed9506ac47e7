"""Prediction "racers": which of several optimizers ends lowest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.curves import LETTERS
from tutor.lab.entrants import kind_of, read_entrants
from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.race import CLEAR, told
from tutor.lab.predict.scene import ITSELF, NAMES, Scene, cost, read_scenes, rounded
from tutor.lab.settings import Settings
from tutor.lab.words import count, exact
from tutor.optim.integrators import METHODS
from tutor.optim.optimizers import OPTIMIZERS
from tutor.optim.tables import Parameter
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.entrants import Entrant, Entrants
    from tutor.lab.predict.chance import Chance
    from tutor.optim.descend import Trajectory

MOST_STEPS = 300
"""Each draw makes five runs of each optimizer."""

MOST_RACERS = 4

LATE = 5
"""How many of the last losses count: that of a run which swings depends on when it ends."""


@dataclass(frozen=True, eq=False)
class Racers:
    """Runs that differ in their optimizers."""

    scenes: tuple[Scene, ...]
    entrants: Entrants
    rates: tuple[float, ...]
    steps: int
    given: Mapping[str, object]
    """The settings of the race that are the same in every draw."""

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a surface and a rate; the race is clear if the same one ends far lower at rates near by."""
        scene, rate = chance.pick(self.scenes), chance.pick(self.rates)
        entrants = self.entrants(rate)
        chance.spend(sum(cost(kind_of(entrant.name), self.steps) for entrant in entrants))
        fans = [scene.fan(entrant.pace, self.steps, entrant.optimizer) for entrant in entrants]
        truth = _winner([[_late(run) for run in fan] for fan in fans])
        if truth is None:
            return None
        names = [
            f"{letter}, {self._named(entrant)}" for letter, entrant in zip(LETTERS, entrants, strict=False)
        ]
        stories = [f"{name[0]} {told(fan[ITSELF])}" for name, fan in zip(names, fans, strict=True)]
        lost = len(entrants)
        return Instance(
            text=(
                f"Several optimizers run on {scene.words}: {'; '.join(names)}. Which has the lowest loss after "
                f"{count(self.steps, 'step')}?"
            ),
            experiment={"kind": "race", **scene.settings, **self.given, "rate": rate, "steps": self.steps},
            choices=(
                *(Choice(name, n == truth, f"{stories[n]}.") for n, name in enumerate(names)),
                Choice("none of them: all diverge", truth == lost, f"{'; '.join(stories)}."),
            ),
        )

    def _named(self, entrant: Entrant) -> str:
        """Give an optimizer's name, its momentum or what else is set, and its rate."""
        assert not callable(entrant.pace)
        kind, tables = kind_of(entrant.name), self.given.get("set", {})
        assert isinstance(tables, dict)
        momentum = OPTIMIZERS[kind].parameters.get("momentum")
        usual = {"momentum": momentum.default} if isinstance(momentum, Parameter) and momentum.default else {}
        held = [f"{name} = {value}" for name, value in {**usual, **tables.get(entrant.name, {})}.items()]
        return f"{NAMES.get(kind, kind)} with {', '.join([*held, f'η = {exact(entrant.pace)}'])}"


def _late(run: Trajectory) -> tuple[float, float]:
    """Give the lowest and the highest of the last losses, infinite for a run that diverges."""
    if run.verdict is Verdict.DIVERGING:
        return math.inf, math.inf
    late = run.values[-LATE:]
    return float(late.min()), float(late.max())


def _winner(ends: list[list[tuple[float, float]]]) -> int | None:
    """Find whose highest is clearly below the lowest of all others; their number if all diverge; else None."""
    highest = [max(high for _, high in fan) for fan in ends]
    if all(low == math.inf for fan in ends for low, _ in fan):
        return len(ends)
    first = highest.index(min(highest))
    others = [low for n, fan in enumerate(ends) if n != first for low, _ in fan]
    return first if CLEAR * highest[first] < min(others) else None


def read(settings: Settings) -> Draw:
    """Take scenes, ``optimizers`` with their ``set`` and ``shares``, ``rates`` to draw from, and ``steps``."""
    names = settings.words("optimizers")
    if not 2 <= len(names) <= MOST_RACERS:
        raise settings.wrong(f'optimizers must be two to {MOST_RACERS}, such as ["sgd", "momentum", "adam"]')
    if slow := [name for name in names if name.split()[:1] and kind_of(name) in METHODS]:
        raise settings.wrong(f"'{slow[0]}' takes too long to be drawn: choose another optimizer")
    rates = tuple(map(rounded, settings.rates("rates")))
    given: dict[str, object] = {"optimizers": list(names)}
    for table in ("set", "shares"):
        if table in settings:
            given[table] = settings.parameters(table)
    steps = settings.steps(MOST_STEPS)
    race = Settings(settings.kind, {"kind": settings.kind, **given, "rate": rates[0]}, "prediction")
    _, _, entrants = read_entrants(race)
    return Racers(read_scenes(settings), entrants, rates, steps, given).draw
