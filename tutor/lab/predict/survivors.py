"""Prediction "survivors": which of two schedules with the same full rate does not diverge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.predict.instance import Choice, Draw, Instance
from tutor.lab.predict.scene import ITSELF, MOST_STEPS, PickRate, Rule, Scene, read_rate, read_scenes
from tutor.lab.words import count, exact, number
from tutor.optim.optimizers import SGD
from tutor.optim.schedules import schedule
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings
    from tutor.optim.descend import Trajectory

RULE = Rule("sgd", SGD)


@dataclass(frozen=True, eq=False)
class Trials:
    """Gradient descent under two schedules."""

    scenes: tuple[Scene, ...]
    schedules: Mapping[str, Mapping[str, object]]
    """With the parameters of each."""

    rate: PickRate
    steps: int

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a rate; it is clear if the runs, at rates near by too, do what the curvatures foretell."""
        scene = chance.pick(self.scenes)
        rate = self.rate(chance, scene, RULE)
        chance.spend(2 * self.steps)
        fans = {
            name: scene.fan(schedule(name, rate=rate, steps=self.steps, **given), self.steps)
            for name, given in self.schedules.items()
        }
        at_start, at_minimum = scene.surface.objective.sharpness(scene.surface.start), scene.surface.sharpness
        if at_minimum is None:
            return None
        truth = tuple(_survives(fan[ITSELF]) for fan in fans.values())
        for fan, fate in zip(fans.values(), truth, strict=True):
            if any({_survives(run), _foretold(run, at_start, at_minimum)} != {fate} for run in fan):
                return None
        a, b = self.schedules
        ends = [_told(name, fan[ITSELF]) for name, fan in fans.items()]
        return Instance(
            text=(
                f"{RULE.words} takes {count(self.steps, 'step')} with η = {exact(rate)} on {scene.words}: once "
                f"with the schedule {self._named(a)}, once with {self._named(b)}. "
                f"L is {number(at_start)} at the start and {number(at_minimum)} at the minimum. Which survive?"
            ),
            experiment={
                "kind": "race",
                **scene.settings,
                "schedules": list(self.schedules),
                "set": {name: dict(given) for name, given in self.schedules.items() if given},
                "rate": rate,
                "steps": self.steps,
            },
            choices=tuple(
                Choice(
                    text,
                    fates == truth,
                    f"So it is: {'; '.join(ends)}." if fates == truth else _denial(fates, truth, ends),
                )
                for text, fates in (
                    ("both survive", (True, True)),
                    (f"only {a} survives", (True, False)),
                    (f"only {b} survives", (False, True)),
                    ("neither survives", (False, False)),
                )
            ),
        )

    def _named(self, schedule: str) -> str:
        """Give a schedule's name and parameters: ``warmup (warmup_steps = 30)``."""
        held = ", ".join(f"{name} = {value}" for name, value in self.schedules[schedule].items())
        return f"{schedule} ({held})" if held else schedule


def _survives(run: Trajectory) -> bool:
    return run.verdict is not Verdict.DIVERGING


def _foretold(run: Trajectory, at_start: float, at_minimum: float) -> bool:
    """Whether the first rate is stable with the curvature at the start, and the highest at the minimum."""
    return bool(run.rates[0] * at_start < 2.0 and run.rates.max() * at_minimum < 2.0)


def _told(name: str, run: Trajectory) -> str:
    begins = f"{name} begins with η = {number(run.rates[0])} and"
    if _survives(run):
        return f"{begins} survives: its loss goes from {number(run.values[0])} to {number(run.values[-1])}"
    return f"{begins} is thrown off the map within {count(run.steps, 'step')}"


def _denial(fates: tuple[bool, ...], truth: tuple[bool, ...], ends: list[str]) -> str:
    """Tell how the first run ended whose fate would have been another."""
    told = next(end for fate, true, end in zip(fates, truth, ends, strict=True) if fate is not true)
    return f"Not so: {told}."


def read(settings: Settings) -> Draw:
    """Take scenes, two ``schedules`` with their ``set``, ``rates`` or ``shares``, and ``steps``."""
    names = settings.words("schedules")
    if len(set(names)) != 2 or len(names) != 2:
        raise settings.wrong('schedules must be two different ones, such as ["constant", "warmup"]')
    given, steps = settings.parameters_of("set", names), settings.steps(MOST_STEPS)
    for name, parameters in given.items():  # a wrong name or parameter is told now
        schedule(name, rate=1.0, steps=steps, **parameters)
    return Trials(read_scenes(settings), given, read_rate(settings), steps).draw
