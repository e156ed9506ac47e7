from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.plots.draw import LEAST_HEIGHT, LEAST_WIDTH, draw
from tutor.plots.figure import Contour, Curves, Path, Role, Series

Array = NDArray[np.float64]
VIEW = ((-4.0, 4.0), (-4.0, 4.0))


def bowl(points: Array) -> Array:
    return np.asarray(np.square(points).sum(axis=-1))


def contour(*paths: Path, minima: tuple[tuple[float, float], ...] = ()) -> Contour:
    return Contour(bowl, "bowl", VIEW, paths, minima)


def path(*points: tuple[float, float], label: str = "", smooth: bool = False) -> Path:
    return Path(np.array(points, dtype=np.float64), label, smooth)


def glyphs(figure: Contour | Curves, role: Role, size: tuple[int, int] = (42, 18)) -> str:
    """All that stands for a role, row by row."""
    return "".join(span.text for row in draw(figure, *size).rows for span in row if span.role == role)


def test_start_end_and_minimum_are_marked() -> None:
    figure = contour(path((-3, 3), (-3, -3), (2, -3)), minima=((0, 0),))
    assert glyphs(figure, "start") == "s"
    assert glyphs(figure, "current") == "●"
    assert glyphs(figure, "minimum") == "*"
    assert "•" in glyphs(figure, "path-a")


@pytest.mark.parametrize(
    ("end", "arrow"), [((9, 0), "→"), ((0, 9), "↑"), ((-9, 0), "←"), ((1e308, -1e308), "↘"), ((9, 9), "↗")]
)
def test_a_run_that_leaves_the_view_ends_in_an_arrow(end: tuple[float, float], arrow: str) -> None:
    assert glyphs(contour(path((0, 0), end)), "current") == arrow


def test_an_empty_run_shows_nothing() -> None:
    assert str(draw(contour(path(), Path(np.array([]))), 42, 18)) == str(draw(contour(), 42, 18))


def test_a_run_that_comes_back_ends_where_it_stands() -> None:
    assert glyphs(contour(path((0, 0), (9, 0), (1, 1))), "current") == "●"


def test_a_run_that_ends_in_nan_stands_at_its_last_number() -> None:
    assert glyphs(contour(path((0, 0), (2, 2), (np.nan, 0))), "current") == "●"


def test_labelled_runs_are_told_apart_by_letters() -> None:
    figure = contour(path((-3, 3), (3, 3), (3, 0), label="A"), path((-3, -3), (3, -3), (3, -1), label="B"))
    assert {"a", "A"} <= set(glyphs(figure, "path-a"))
    assert {"b", "B"} <= set(glyphs(figure, "path-b"))
    assert glyphs(figure, "current") == ""


def test_letters_at_the_same_end_stand_side_by_side_and_spare_the_minimum() -> None:
    figure = contour(path((3, 3), (0, 0), label="A"), path((-3, 3), (0, 0), label="B"), minima=((0.3, 0),))
    text = str(draw(figure, 42, 18))
    assert "BA*" in text


def test_the_points_of_a_flow_are_not_marked() -> None:
    figure = contour(path((-3, 3), (-3, -3), (2, -3), smooth=True))
    assert "•" not in str(draw(figure, 42, 18))


def test_contour_lines_are_lighter_than_paths() -> None:
    """Without colour, fewer dots a cell tell a contour line from a path."""

    def density(text: str) -> float:
        return float(
            np.mean([(ord(glyph) - 0x2800).bit_count() for glyph in text if 0x2800 < ord(glyph) < 0x2900])
        )

    angle = np.linspace(0, 2 * np.pi, 200)
    circle = Path(np.stack([3 * np.cos(angle), 3 * np.sin(angle)], axis=1), smooth=True)
    figure = contour(circle)
    assert density(glyphs(figure, "contour")) < 0.6 * density(glyphs(figure, "path-a"))


def test_contour_lines_are_computed_once_for_a_key_view_and_size() -> None:
    calls = []

    def counted(points: Array) -> Array:
        calls.append(points.shape)
        return bowl(points)

    for size in [(40, 14), (40, 14), (50, 14)]:
        draw(Contour(counted, "counted once", VIEW), *size)
    assert len(calls) == 2


def test_a_later_figure_shows_nothing_of_an_earlier_one() -> None:
    figure = contour(path((-3, 3), (2, -3)))
    first = str(draw(figure, 42, 18))
    draw(Curves((Series(np.arange(5.0), np.arange(5.0)),), "step", "loss", levels=(2.0,)), 60, 20)
    assert str(draw(figure, 42, 18)) == first


def test_curves_have_names_levels_and_letters() -> None:
    steps = np.arange(11.0)
    figure = Curves(
        (Series(steps, 10.0**-steps, "A"), Series(steps, 0.5**steps, "B")),
        "step",
        "loss",
        log_y=True,
        levels=(1e-5,),
    )
    text = str(draw(figure, 60, 16))
    assert "loss" in text.splitlines()[0]
    assert "step" in text.splitlines()[-1]
    assert "10⁻⁶" in text
    assert glyphs(figure, "path-a")[-1] == "A"
    assert "B" in glyphs(figure, "path-b")
    assert set(glyphs(figure, "level")) == {"┈"}


def test_a_curve_that_diverges_leaves_upwards() -> None:
    figure = Curves((Series(np.arange(40.0), 10.0 ** np.arange(40.0)),), log_y=True)
    assert glyphs(figure, "current") == "↑"


@pytest.mark.parametrize(
    "size", [(1, 1), (LEAST_WIDTH - 1, 30), (80, LEAST_HEIGHT - 1), (LEAST_WIDTH, LEAST_HEIGHT)]
)
def test_too_small_a_room_says_so(size: tuple[int, int]) -> None:
    width, height = size
    text = str(draw(contour(), width, height))
    assert [len(line) for line in text.splitlines()] == [width] * height
    enough = width >= LEAST_WIDTH and height >= LEAST_HEIGHT
    assert text.startswith("too small to draw"[:width]) != enough
