"""Gradient descent: what the card says of slopes, steps, saddles and basins, run."""

from __future__ import annotations

import numpy as np
import pytest

from tests.course.bundled import asked, fates, shown
from tests.course.proof import computes, defines, settles
from tutor.optim.descend import descend
from tutor.optim.objectives import objective
from tutor.optim.verdict import Verdict
from tutor.plots.figure import Contour

CARD = "gradient-descent"
BOWL = objective("quadratic", kappa=5)
PASS = objective("x**4/4 - x**2/2 + y**2/2")
WELLS = objective("styblinski-tang")

defines("what-a-step-uses", "the rule itself names what it uses")
defines("own-minimum", "a name that the card defines")


@settles("downhill-direction")
def test_which_way_the_first_step_goes() -> str:
    """Among all directions, by the loss a little way off."""
    here = np.array([-4.0, 1.0])
    angles = np.linspace(0.0, 2.0 * np.pi, 3601)[:-1]
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    rises = BOWL.value(here + 1e-4 * ways) - BOWL.value(here)
    step = descend(BOWL, 0.15, start=here, steps=1).points[1] - here
    step /= np.linalg.norm(step)
    assert step @ ways[rises.argmin()] > 0.999
    agree = {
        "toward the minimum": abs(step @ here) / np.linalg.norm(here),
        "with the largest slope": abs(step).max(),
        "along the contour line, to its lower end": abs(step @ ways[abs(rises).argmin()]),
        "straight across": np.sqrt(1.0 - (step @ ways[abs(rises).argmin()]) ** 2),
    }
    (found,) = [phrase for phrase, cosine in agree.items() if cosine > 0.999]
    return found


@computes("first-step")
def test_y_after_one_step() -> float:
    return float(descend(objective("quadratic", kappa=4), 0.1, start=(3, 2), steps=1).points[1, 1])


@settles("same-contour")
def test_what_two_places_of_a_contour_line_share() -> str:
    along, across = np.array([-4.0, 0.0]), np.array([0.0, 4.0 / np.sqrt(5.0)])
    slopes = np.linalg.norm(BOWL.gradient(np.stack([along, across])), axis=-1)
    ends = [descend(PASS, 0.1, start=(x, 0.5), steps=400).points[-1, 0] for x in (-0.5, 0.5)]
    apart = {
        "their loss": abs(float(BOWL.value(along) - BOWL.value(across))),
        "their gradient": abs(float(slopes[0] - slopes[1])),
        "their distance": abs(4.0 - 4.0 / np.sqrt(5.0)),
        "the minimum": abs(float(ends[0] - ends[1])),  # from mirrored places of a line round both wells
    }
    (found,) = [phrase for phrase, gap in apart.items() if gap < 1e-9]
    return found


@settles("at-the-saddle")
def test_what_a_run_does_on_the_ridge() -> str:
    for rate in (0.2, 0.5, 1.0):
        run = descend(PASS, rate, start=(0, 1.8), steps=200)
        assert run.verdict is Verdict.STALLED
        on = descend(PASS, 5 * rate, start=run.points[-1], steps=10)
        assert np.abs(on.points - run.points[-1]).max() < 1e-12
    return "it stays where it is"


def test_the_first_step_of_the_text() -> None:
    run = descend(BOWL, 0.1, start=(-4, 2), steps=7)
    np.testing.assert_allclose(BOWL.gradient(run.points[0]), [-4, 10])
    np.testing.assert_allclose(run.points[1], [-3.6, 1])
    np.testing.assert_allclose(run.points[7, 0], -4 * 0.9**7)


def test_steps_of_one_rate_grow_shorter() -> None:
    figure = shown(CARD, 2).outcome().figure
    assert isinstance(figure, Contour)
    lengths = np.linalg.norm(np.diff(figure.paths[0].points, axis=0), axis=-1)
    assert (np.diff(lengths) < 0).all()


def test_beside_the_ridge_a_run_lingers_and_leaves() -> None:
    figure = shown(CARD, 3).outcome().figure
    assert isinstance(figure, Contour)
    path = figure.paths[0].points
    assert np.linalg.norm(path, axis=-1).min() < 0.05  # it visits the saddle
    np.testing.assert_allclose(path[-1], [1, 0], atol=0.02)
    assert fates(shown(CARD, 3), 0.2, 0.5) == ["Converging", "Converging"]
    assert fates(asked("at-the-saddle")) == ["Stalled"]


def test_the_wells_and_their_ridges() -> None:
    assert WELLS.minima[0] == pytest.approx((-2.9, -2.9), abs=0.005)
    corner = max(WELLS.minima, key=lambda point: float(WELLS.value(np.array(point))))
    assert corner == pytest.approx((2.75, 2.75), abs=0.005)
    for axis in (0, 1):
        for side, end in ((0.15, -2.9), (0.17, 2.75)):  # the ridge is at 0.157
            start = np.array([2.0, 2.0])
            start[axis] = side
            run = descend(WELLS, 0.005, start=start, steps=400)
            assert run.points[-1, axis] == pytest.approx(end, abs=0.01)


def test_a_start_in_the_corner_ends_there_unless_a_step_crosses_a_ridge() -> None:
    ends = {}
    for rate in (0.01, 0.02, 0.05):
        figure = shown(CARD, 4).outcome(rate).figure
        assert isinstance(figure, Contour)
        ends[rate] = figure.paths[0].points[-1]
    assert ends[0.01] == pytest.approx((2.75, 2.75), abs=0.01)
    assert ends[0.02] == pytest.approx((2.75, 2.75), abs=0.01)
    assert ends[0.05][0] == pytest.approx(-2.9, abs=0.05)
