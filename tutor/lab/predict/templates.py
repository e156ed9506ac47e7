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
from tutor.lab.words import count

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

MOST_WORK, CHECKED_WORK = 100_000, 20_000
"""After which work, in steps of gradient descent, no further draw is made: of a question, and of a check.

The one is about a second, the other a quarter of one: a deck of hundreds of templates is opened at once.
"""

TRAINED = ("digits-limit", "digits-grid")
"""The kinds whose draws train networks for too long to be made in a check."""


def draw(settings: Mapping[str, object], seed: int) -> Instance:
    """Draw the instance that belongs to ``seed``. Raises UsageError as `template` does."""
    return _clear(*_read(settings), Chance(seed), MOST_WORK)


def template(settings: Mapping[str, object]) -> None:
    """Check that questions can be drawn with these settings.

    Raises UsageError, in one line that says what is wrong and how to mend it, on anything that is unknown,
    missing, of the wrong type, out of range, would take too long, or has no clear answers. Of the kinds that
    train networks only the settings are looked at.
    """
    kind, attempt = _read(settings)
    if kind not in TRAINED:
        _clear(kind, attempt, Chance(0), CHECKED_WORK)


def _clear(kind: str, attempt: Draw, chance: Chance, most_work: float) -> Instance:
    """Draw until an instance is clear, or the work is up."""
    for n in range(1, MOST_DRAWS + 1):
        instance = attempt(chance)
        if instance:
            return instance
        if chance.work >= most_work:
            raise UsageError(
                f"prediction '{kind}': no clear answer in {count(n, 'draw')}, and more would take too long: "
                "move the values apart, or make the runs shorter"
            )
    raise UsageError(
        f"prediction '{kind}': {MOST_DRAWS} draws in a row were too near a boundary to have a clear answer: "
        "move the values apart"
    )


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
