"""The kinds of experiment, and how the settings of a block become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.lab import batch, descent, flow, line_search, race
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
}


def experiment(settings: Mapping[str, object]) -> Experiment:
    """Make the experiment that the settings of a block describe.

    Raises UsageError, in one line that says what is wrong and how to mend it, on anything that is unknown,
    missing, of the wrong type, out of range, or would take too long.
    """
    kind = settings.get("kind")
    if not isinstance(kind, str):
        raise UsageError(f"an experiment needs a kind in quotes, one of {', '.join(KINDS)}")
    if kind not in KINDS:
        raise unknown("kind of experiment", kind, KINDS)
    reader = Settings(kind, settings)
    made = KINDS[kind](reader)
    reader.finish()
    return made
