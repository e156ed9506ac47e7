"""The kinds of experiment, and how the settings of a block become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.lab import batch, descent, edge, flow, line_search, noise, race, signal
from tutor.lab.digits.problem import EMBEDDED
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.table import EXPERIMENTS, long_experiment
from tutor.lab.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.lab.outcome import Experiment

KINDS: Mapping[str, Callable[[Settings], Experiment]] = {
    "descent": descent.read,
    "flow": flow.read,
    "race": race.read,
    "line-search": line_search.read,
    "batch": batch.read,
    "noise": noise.read,
    "signal": signal.read,
    "edge": edge.read,
}


MOST_SECONDS = 120.0
"""About how long an experiment of a deck may take."""


def experiment(settings: Mapping[str, object]) -> Experiment | LongExperiment:
    """Make the experiment that the settings of a block describe: one of KINDS, or a long one of EXPERIMENTS.

    Raises UsageError, in one line that says what is wrong and how to mend it, on anything that is unknown,
    missing, of the wrong type, out of range, or would take too long.
    """
    kind = settings.get("kind")
    if not isinstance(kind, str):
        raise UsageError(f"an experiment needs a kind in quotes, one of {', '.join((*KINDS, *EXPERIMENTS))}")
    if kind in EXPERIMENTS:
        return _long(kind, {key: value for key, value in settings.items() if key != "kind"})
    if kind not in KINDS:
        raise unknown("kind of experiment", kind, (*KINDS, *EXPERIMENTS))
    reader = Settings(kind, settings)
    made = KINDS[kind](reader)
    reader.finish()
    return made


def instant(settings: Mapping[str, object]) -> Experiment:
    """Make an experiment that is done at once; UsageError as above, and for a long one."""
    made = experiment(settings)
    if isinstance(made, LongExperiment):
        raise UsageError(
            f"experiment '{made.kind}' takes {made.about}: here it must be one of {', '.join(KINDS)}"
        )
    return made


def _long(kind: str, given: dict[str, object]) -> LongExperiment:
    """Make a long experiment, as far as a deck, which anybody may have written, may ask for one."""
    data = given.get("data", EMBEDDED[0])
    if data not in EMBEDDED:
        raise UsageError(
            f"experiment '{kind}': data in a deck must be one of {', '.join(EMBEDDED)}, not {data!r}"
        )
    made = long_experiment(kind, **given)
    if made.seconds > MOST_SECONDS:
        raise UsageError(
            f"experiment '{kind}' would take {made.about}: make it smaller, such as by fewer epochs"
        )
    return made
