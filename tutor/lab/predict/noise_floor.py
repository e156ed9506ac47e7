"""Prediction "noise-floor": by what factor noise's variance changes with η or with the batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.hovering import HOVERS, MOST_BATCH, Hovering, Setting, parabola
from tutor.lab.predict.instance import Draw, Instance, Quantity
from tutor.lab.predict.scene import rounded
from tutor.lab.words import exact, number

if TYPE_CHECKING:
    from tutor.lab.predict.chance import Chance
    from tutor.lab.settings import Settings

CHANGED = 1.25
"""The factor by which a variance has to change to be worth a question."""

BORNE_OUT = 0.05
"""How far the factor measured may be from that of theory, as a share of it."""

STEPS, SEEDS = 400, 1_000


@dataclass(frozen=True, eq=False)
class Floors:
    """Stochastic descent on ½hx² at two rates, or with two sizes of batch."""

    over: tuple[str, ...]
    rates: tuple[float, ...]
    batches: tuple[int, ...]
    momenta: tuple[float, ...]
    h: float

    def draw(self, chance: Chance) -> Instance | None:
        """Draw a setting and a change; it is clear if both hover, and the runs bear theory out."""
        over = chance.pick(self.over)
        rates = [chance.pick(self.rates) for _ in range(2)]
        batches = [chance.pick(self.batches) for _ in range(2)]
        momentum, seed = chance.pick(self.momenta), chance.below(SEEDS)
        if over == "rate":
            batches = [batches[0]] * 2
        else:
            rates = [rates[0]] * 2
        pair = zip(rates, batches, strict=True)
        hovering = Hovering(
            tuple(Setting("", rate, batch) for rate, batch in pair),
            h=self.h,
            sigma=1.0,
            momentum=momentum,
            start=1.0,
            steps=STEPS,
            seed=seed,
        )
        chance.spend(3 * STEPS)
        before, after = hovering.levels(1.0, hovering.walks(1.0))
        if before.deed != HOVERS or after.deed != HOVERS:
            return None
        factor, seen = after.theory / before.theory, after.measured / before.measured
        if max(factor, 1.0 / factor) < CHANGED or abs(seen - factor) > BORNE_OUT * factor:
            return None
        held = f" with momentum {exact(momentum)}" if momentum else ""
        new = f"η = {exact(rates[1])}" if over == "rate" else f"batches of {batches[1]:,}"
        top = (
            f"η·σ²·(1 + β)/(B·h·(1 − β)·(2(1 + β) − η·h)), β = {exact(momentum)}"
            if momentum
            else "η·σ²/(B·h·(2 − η·h))"
        )
        return Instance(
            text=(
                f"Stochastic descent{held} hovers at the bottom of {parabola(self.h)}, at η = "
                f"{exact(rates[0])} and with batches of {batches[0]:,}. With {new} instead, how many times as "
                "large is the variance of x?"
            ),
            experiment={
                "kind": "noise",
                "h": self.h,
                **({"rates": rates, "batch": batches[0]} if over == "rate" else {}),
                **({"batches": batches, "rate": rates[0]} if over == "batch" else {}),
                "momentum": momentum,
                "start": 1.0,
                "steps": STEPS,
                "seed": seed,
            },
            quantity=Quantity(
                rounded(factor, 6),
                unit="times",
                explanation=(
                    f"By theory the variance is {top}: {number(before.theory)}·σ² before and "
                    f"{number(after.theory)}·σ² after, {number(factor)} times that. In this run it is "
                    f"{number(seen)} times."
                ),
            ),
        )


def read(settings: Settings) -> Draw:
    """Take ``over`` ("rate", "batch" or both to draw from), ``rates``, ``batches``, ``momenta`` and ``h``."""
    over = settings.words("over") if "over" in settings else ("rate", "batch")
    if not set(over) <= {"rate", "batch"}:
        raise settings.wrong('over must be of "rate" and "batch", such as over = ["rate"]')
    return Floors(
        over,
        tuple(map(rounded, settings.rates("rates"))),
        settings.wholes("batches", 1, MOST_BATCH),
        settings.numbers("momenta", 0.0, 0.95) if "momenta" in settings else (0.0,),
        settings.number("h", 1e-3, 1e3, default=1.0),
    ).draw
