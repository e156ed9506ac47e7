"""Finding a rate: brackets, ramps and seeds, run on the digits where that is cheap."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.course.bundled import asked, cards, questions, shown
from tests.course.proof import computes, defines, settles
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment

if TYPE_CHECKING:
    from tutor.decks.model import Block

CARD = "finding-a-rate"

defines("what-it-cannot-tell", "what lies behind the end of a test is no matter of a run")
defines("which-scale", "a name: the scale on which equal factors are equal distances")


def ran(block: Block | None) -> dict[str, Any]:
    """The record of a long experiment."""
    assert block
    made = experiment(block.settings)
    assert isinstance(made, LongExperiment)
    *_, last = made.run(Workshop())
    return dict(last.record())


@settles("best-at-the-end")
def test_beyond_the_end_it_gets_better_still() -> str:
    made = asked("best-at-the-end")
    assert made.outcome().verdict.endswith("C ends lowest.")
    assert made.outcome(0.005).verdict.endswith("C ends lowest.")  # five times as much: better still
    assert "C diverges; B ends lowest" in made.outcome(0.02).verdict
    return "go on upward"


@computes("middle-on-the-log-scale")
def test_the_middle_by_halving_the_logs() -> float:
    return float(np.geomspace(0.001, 0.01, 3)[1])


@computes("along-the-ramp")
def test_the_ramp_step_by_step() -> float:
    rate, factor = 0.0001, math.exp(math.log(10 / 0.0001) / 500)
    for _ in range(300):
        rate *= factor
    return rate


@settles("where-to-begin")
def test_the_steepest_place_is_inside_and_the_lowest_next_to_the_limit() -> str:
    """Each place against what the very next η does: it gains most, hardly anything, or nothing at all."""
    record = ran(questions()["where-to-begin"].experiment)
    ((steepest,), (smooth,)) = record["steepest"], record["smoothed"]
    rates, losses = np.array(smooth["rates"]), np.array(smooth["loss"])
    lowest = rates[losses.argmin()]
    assert steepest < 0.2 * lowest
    assert losses[-1] > 2 * losses.min()  # and not far behind the lowest place it blows up
    assert rates[-1] < 10 * lowest
    return "at 0.02"


@settles("is-it-better")
def test_what_the_seeds_say() -> str:
    low, high = np.array([0.078, 0.097, 0.084]), np.array([0.081, 0.073, 0.092])
    spread = max(low.std(ddof=1), high.std(ddof=1))
    assert abs(low.mean() - high.mean()) < spread
    assert 0 < (low < high).sum() < 3  # nor does one win with each of the seeds
    assert math.isclose(math.sqrt(0.1 * 0.3), 0.17, abs_tol=0.005)
    return "take 0.1"


def test_a_grid_with_its_best_at_the_end() -> None:
    made = shown(CARD, 1)
    assert made.outcome().verdict.endswith("C ends lowest.")
    assert made.outcome(0.05).verdict == "A crawls, B converges, C diverges; B ends lowest."
    assert math.isclose(math.sqrt(0.1 * 1), 0.32, abs_tol=0.005)


def test_the_bracket_goes_beyond_its_end() -> None:
    record = ran(cards()[CARD].paragraphs[2].experiment)
    assert record["best_rate"] > 0.1


def test_with_noise_a_schedule_need_not_compromise() -> None:
    made = shown(CARD, 4)
    for rate in (0.1, 0.2, 0.5):
        assert made.outcome(rate).verdict.endswith("B ends lowest.")
    assert made.outcome(0.02).verdict.endswith("A ends lowest.")  # and with too small a rate it loses
