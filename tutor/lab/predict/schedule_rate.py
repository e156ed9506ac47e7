"""Prediction "schedule-rate": the rate of a schedule at one of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.entrants import kind_of
from tutor.lab.predict.instance import Draw, Instance, Quantity
from tutor.lab.predict.scene import rounded
from tutor.lab.words import exact, number
from tutor.optim.schedules import SCHEDULES, schedule
from tutor.optim.tables import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

STEADY = 0.05
"""The share by which the rates of the steps before and after may differ: a slip by one step is forgiven."""

LOWEST = 1e-3
"""The least share of the highest rate to ask for: nobody counts digits behind it."""

ROOM = 1.6
"""The sharpness times the highest rate in the run that is shown: 2/L stands above the rates, and not far."""

FEWEST, MOST_STEPS = 4, 10_000


@dataclass(frozen=True, eq=False)
class Timetables:
    """Schedules, rates and lengths to draw from."""

    schedules: Mapping[str, Mapping[str, object]]
    """With the parameters of each, by the names that a race gives them."""

    rates: tuple[float, ...]
    lengths: tuple[int, ...]
    shares: tuple[float, ...]
    """How far into the run the step is."""

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a step of a run; it is clear if its neighbours have about the same rate."""
        name, rate, steps = (
            chance.pick(tuple(self.schedules)),
            chance.pick(self.rates),
            chance.pick(self.lengths),
        )
        chance.spend(steps / 25)
        step = min(steps - 2, max(1, round(chance.pick(self.shares) * steps)))
        given = self.schedules[name]
        at = schedule(kind_of(name), rate=rate, steps=steps, **given)
        rates = [at(each) for each in range(steps)]
        value, highest = rates[step], max(rates)
        near = rates[step - 1], rates[step + 1]
        if value < LOWEST * highest or any(abs(other - value) > STEADY * value for other in near):
            return None
        words = _words(name, given)
        return Instance(
            text=(
                f"A run of {steps:,} steps, counted from 0, has the base rate {exact(rate)} and the schedule "
                f"{kind_of(name)}: {words}. What is η at step {step:,}?"
            ),
            experiment={
                "kind": "race",
                "objective": "quadratic",
                "param": {"kappa": max(1.0, rounded(ROOM / highest))},
                "schedules": [name],
                **({"set": {name: dict(given)}} if given else {}),
                "rate": rate,
                "steps": steps,
                "show": "rates",
            },
            quantity=Quantity(
                rounded(value, 6),
                unit="",
                explanation=(
                    f"It begins at {number(rates[0])}, is {number(value)} at step {step:,}, "
                    f"{number(100 * step / steps)} % of the way, and ends at {number(rates[-1])} in step "
                    f"{steps - 1:,}; its highest is {number(highest)}."
                ),
            ),
        )


def _words(name: str, given: Mapping[str, object]) -> str:
    """Tell its shape, with the parameters that are given and the usual ones that are neither 0 nor 1."""
    if kind_of(name) == "cosine" and not given:
        return "half a cosine, from the base rate at step 0 to zero at the end"
    usual = {
        key: of.default
        for key, of in SCHEDULES[kind_of(name)].parameters.items()
        if isinstance(of, Parameter) and of.default not in {None, 0, 1}
    }
    held = [
        f"{key} = {number(each) if isinstance(each, float) else each}"
        for key, each in {**usual, **given}.items()
    ]
    shape = SCHEDULES[kind_of(name)].about.replace(":", ",")
    return f"{shape} ({', '.join(held)})" if held else shape


def read(settings: Settings) -> Draw:
    """Take ``schedules`` with their ``set``, ``rates``, ``lengths`` in steps, and ``shares`` of them."""
    names = settings.words("schedules")
    given = settings.parameters_of("set", names)
    lengths = settings.wholes("lengths", FEWEST, MOST_STEPS)
    shares = settings.numbers("shares", 0.0, 1.0)
    for name, parameters in given.items():  # a wrong name or parameter is told now
        if not name.strip():
            raise settings.wrong('each of schedules must be a name, such as "cosine"')
        for steps in lengths:
            schedule(kind_of(name), rate=1.0, steps=steps, **parameters)
    return Timetables(given, tuple(map(rounded, settings.rates("rates"))), lengths, shares).draw
