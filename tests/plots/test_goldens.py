"""Whole pictures, compared character by character with those in ``goldens/``.

Look at what changed, then write them anew:

    WRITE_GOLDENS=1 python -m pytest tests/plots/test_goldens.py
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path as File

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.plots.draw import draw
from tutor.plots.figure import Contour, Curves, Dash, Figure, HeatMap, Path, Picture, Points, Series

Array = NDArray[np.float64]

GOLDENS = File(__file__).with_name("goldens")
VIEW = ((-5.0, 5.0), (-2.0, 5.0))
KAPPA, BEND = 19.0, 0.1


def ravine(points: Array) -> Array:
    """½(x² + κ(y − c·x²)²)."""
    x, y = points[..., 0], points[..., 1]
    return np.asarray((x * x + KAPPA * (y - BEND * x * x) ** 2) / 2)


def descent(rate: float, steps: int = 60) -> Array:
    """Gradient descent on the ravine, in plain operations on which every machine agrees to the last bit."""
    x, y = -4.0, 3.0
    points = [(x, y)]
    while len(points) <= steps and max(abs(x), abs(y)) < 1e6:
        across = KAPPA * (y - BEND * x * x)
        x, y = x - rate * (x - 2 * BEND * x * across), y - rate * across
        points.append((x, y))
    return np.array(points)


def plane(*paths: Path) -> Contour:
    return Contour(ravine, "ravine", VIEW, paths, ((0.0, 0.0),))


def losses(rates: dict[str, float], levels: tuple[float, ...] = ()) -> Curves:
    runs = {label: ravine(descent(rate)) for label, rate in rates.items()}
    series = (Series(np.arange(len(values), dtype=np.float64), values, label) for label, values in runs.items())
    return Curves(tuple(series), "step", "loss", log_y=True, levels=levels)


def schedules() -> Curves:
    steps = np.arange(61.0)
    rates = {"A": np.full(61, 0.1), "B": 0.1 * (1 - steps / 60) ** 2, "C": 0.1 * np.minimum(steps / 15, 1)}
    return Curves(
        tuple(Series(steps, rate, label) for label, rate in rates.items()), "step", "η", levels=(0.105,)
    )


def dashed() -> Contour:
    runs: tuple[tuple[float, str, Dash], ...] = (
        (0.085, "A", "solid"),
        (0.06, "B", "dashed"),
        (0.02, "C", "dotted"),
        (0.04, "D", "dash-dot"),
    )
    paths = (Path(descent(rate), label, dash=dash) for rate, label, dash in runs)
    return replace(plane(*paths), probes=((-3.0, 1.0), (-2.0, 0.0), (-1.0, -1.0)))


def over_steps() -> Curves:
    losses_of = losses({"A": 0.09, "B": 0.02}, levels=(1e-3,))
    first, second = losses_of.series
    series = (first, replace(second, dash="dashed"))
    return replace(losses_of, series=series, x_range=(0.0, 80.0), cursor=25.0, label_width=6)


def bracket() -> Curves:
    """A coarse grid of four rates, of which one diverged, and two rounds round the best."""
    rates = np.array([0.01, 0.1, 1.0, 10.0, 0.03, 0.3, 0.05, 0.18])
    losses = np.array([0.9, 0.11, 0.3, np.inf, 0.35, 0.07, 0.2, 0.065])
    high = np.where(rates == 1.0, np.inf, 1.4 * losses)
    points = Points(rates, losses, 0.8 * losses, high, "11112233")
    return Curves((), "η", "validation loss", log_x=True, log_y=True, points=(points,), cursor=0.18)


LIMITS = HeatMap(
    np.array([[0.8, 0.31, 0.077], [1.84, 0.31, 0.024], [np.nan, np.inf, 0.0017]]),
    ("8", "32", "128"),
    ("0.5", "1", "2"),
    "initialisation scale",
    "width",
    "largest stable η",
    marks=((1, 0),),
)

THREE = np.array(
    [
        [0, 0, 7, 15, 13, 1, 0, 0],
        [0, 8, 13, 6, 15, 4, 0, 0],
        [0, 2, 1, 13, 13, 0, 0, 0],
        [0, 0, 2, 15, 11, 1, 0, 0],
        [0, 0, 0, 1, 12, 12, 1, 0],
        [0, 0, 0, 0, 1, 10, 8, 0],
        [0, 0, 8, 4, 5, 14, 9, 0],
        [0, 0, 7, 13, 13, 9, 0, 0],
    ],
    dtype=np.float64,
)
"""A digit of the test set, in 16 levels."""

DIGIT = Picture(THREE / 16.0, "a 3")
FINE_DIGIT = Picture(THREE.repeat(4, axis=0).repeat(4, axis=1)[2:30, 2:30] / 16.0)


FIGURES: dict[str, tuple[Figure, int, int]] = {
    "crawl": (plane(Path(descent(0.01))), 40, 14),
    "converge": (plane(Path(descent(0.05))), 40, 14),
    "bounce": (plane(Path(descent(0.09))), 40, 14),
    "diverge": (plane(Path(descent(0.12))), 40, 14),
    "flow": (plane(Path(descent(0.062), "A"), Path(descent(0.002, 2000), "B", smooth=True)), 44, 15),
    "race": (
        plane(*(Path(descent(rate), label) for rate, label in ((0.085, "A"), (0.06, "B"), (0.02, "C")))),
        70,
        30,
    ),
    "loss": (losses({"": 0.05}), 40, 10),
    "loss-diverges": (losses({"": 0.12}), 40, 10),
    "losses": (losses({"A": 0.09, "B": 0.05, "C": 0.02, "D": 0.005}, levels=(1e-3,)), 60, 16),
    "schedules": (schedules(), 44, 14),
    "dashes": (dashed(), 70, 20),
    "cursor": (over_steps(), 44, 8),
    "cursor-upper": (replace(over_steps(), x_labels=False), 44, 8),
    "smallest": (plane(Path(descent(0.05))), 24, 6),
    "bracket": (bracket(), 70, 16),
    "bracket-linear": (replace(bracket(), log_y=False), 44, 12),
    "limits": (LIMITS, 70, 13),
    "limits-narrow": (replace(LIMITS, log=False), 30, 8),
    "digit": (DIGIT, 40, 18),
    "digit-low": (DIGIT, 24, 6),
    "digit-fine": (FINE_DIGIT, 40, 15),
    "digit-fine-low": (FINE_DIGIT, 24, 7),
    "digit-finer": (FINE_DIGIT, 24, 6),
    "too-small": (plane(), 12, 2),
}


@pytest.mark.parametrize("name", FIGURES)
def test_picture(name: str) -> None:
    text = str(draw(*FIGURES[name])) + "\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("WRITE_GOLDENS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {file.stem for file in GOLDENS.iterdir()} == set(FIGURES)
