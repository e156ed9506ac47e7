"""The kinds of prediction, and how a template's settings and a seed become a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.lab.predict import (
    basin,
    batches,
    conditioning,
    digits_grid,
    digits_limit,
    line_search,
    noise_floor,
    place,
    race,
    racers,
    schedule_rate,
    signal,
    stable_rate,
    steps,
    survivors,
    verdict,
)
from tutor.lab.predict.chance import Chance
from tutor.lab.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.lab.predict.instance import Draw, Instance

KINDS: Mapping[str, Callable[[Settings], Draw]] = {
    "verdict": verdict.read,
    "stable-rate": stable_rate.read,
    "steps": steps.read,
    "race": race.read,
    "survivors": survivors.read,
    "place": place.read,
    "line-search": line_search.read,
    "batches": batches.read,
    "racers": racers.read,
    "basin": basin.read,
    "schedule-rate": schedule_rate.read,
    "noise-floor": noise_floor.read,
    "signal": signal.read,
    "conditioning": conditioning.read,
    "digits-limit": digits_limit.read,
    "digits-grid": digits_grid.read,
}
"""What is to be foretold: a verdict, a number, a winner, who is left, or a place."""

MOST_DRAWS = 60
"""How many unclear draws in a row show that a template has hardly any clear ones."""


def draw(settings: Mapping[str, object], seed: int) -> Instance:
    """Draw the instance that belongs to ``seed``. Raises UsageError as `template` does."""
    kind, attempt = _read(settings)
    chance = Chance(seed)
    for _ in range(MOST_DRAWS):
        instance = attempt(chance)
        if instance:
            return instance
    raise UsageError(
        f"prediction '{kind}': {MOST_DRAWS} draws in a row were too near a boundary to have a clear answer: "
        "move the values apart"
    )


def template(settings: Mapping[str, object]) -> None:
    """Check that questions can be drawn with these settings.

    Raises UsageError, in one line that says what is wrong and how to mend it, on anything that is unknown,
    missing, of the wrong type, out of range, would take too long, or has no clear answers.
    """
    draw(settings, seed=0)


def _read(settings: Mapping[str, object]) -> tuple[str, Draw]:
    kind = settings.get("kind")
    if not isinstance(kind, str):
        raise UsageError(f"a prediction needs a kind in quotes, one of {', '.join(KINDS)}")
    if kind not in KINDS:
        raise unknown("kind of prediction", kind, KINDS)
    reader = Settings(kind, settings, "prediction")
    attempt = KINDS[kind](reader)
    reader.finish()
    return kind, attempt
