"""The learner's own log as an objective for the optimizers of the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.app.statistics.truth import LATER
from tutor.errors import UsageError

if TYPE_CHECKING:
    from tutor.lab.outcome import Experiment
    from tutor.memory.statistics.summary import Statistics


def own_forgetting(found: Statistics, method: str) -> tuple[Experiment, int]:
    """The experiment that fits a forgetting curve to the learner's own answers, and how many these are.

    Raises UsageError if there is no optimizer ``method``, or no answer to fit to.
    """
    from tutor.lab.forgetting import own_forgetting as experiment

    bins = [each for each in found.forgetting if each.share.total]
    if not bins:
        raise UsageError(f"there is no forgetting curve to fit yet: {LATER}")
    columns = ((each.mean, float(each.share.passed), float(each.share.total)) for each in bins)
    elapsed, passed, answers = zip(*columns, strict=True)
    return experiment(elapsed, passed, answers, method), int(sum(answers))
