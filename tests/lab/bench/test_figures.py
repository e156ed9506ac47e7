from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.lab.bench import edits
from tutor.lab.bench.figures import DIAGRAMS, diagrams, plane
from tutor.lab.bench.presets import PRESETS, preset
from tutor.lab.bench.runs import trajectories, trajectory
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice
from tutor.lab.bench.wording import scale, short, table, values, verdict
from tutor.plots.draw import draw

if TYPE_CHECKING:
    from tutor.plots.figure import Figure

RACE = preset("race")


def test_the_plane_shows_the_way_up_to_the_cursor() -> None:
    figure = plane(replace(RACE, cursor=12))
    assert [path.label for path in figure.paths] == ["A", "B", "C"]
    assert len({path.dash for path in figure.paths}) == 3
    for path, run in zip(figure.paths, trajectories(RACE), strict=True):
        assert path.points.tolist() == run.points[:13].tolist()


def test_the_diagrams_show_all_steps_with_one_cursor() -> None:
    figures = diagrams(replace(RACE, cursor=12))
    assert list(figures) == list(DIAGRAMS) == ["loss", "gradient norm", "effective rate", "η"]
    assert {figure.cursor for figure in figures.values()} == {12}
    assert {figure.x_range for figure in figures.values()} == {(0.0, 150.0)}
    first = trajectories(RACE)[0]
    assert figures["loss"].series[0].y.tolist() == first.values.tolist()
    assert figures["gradient norm"].series[0].y.tolist() == first.gradient_norms.tolist()
    assert figures["η"].series[0].y.tolist() == first.rates.tolist()
    assert figures["effective rate"].series[0].y == pytest.approx(first.rates)


def test_the_limit_of_stability_goes_along_with_eta() -> None:
    state = LabState(Ground(choice("quadratic", {"kappa": 10.0})), (RunSetup(0.1),))
    *_, limits = diagrams(state)["η"].series
    assert limits.label == "L"
    assert limits.y == pytest.approx(np.full(101, 0.2))


def test_what_is_hidden_is_not_drawn() -> None:
    hidden = replace(RACE, predict=True, hidden=4)
    assert all(len(path.points) == 5 for path in plane(hidden).paths)
    for figure in diagrams(hidden).values():
        assert figure.x_range == (0.0, 150.0)
        assert all(np.isnan(series.y[5:]).all() for series in figure.series)


def test_the_probes_of_the_step_at_the_cursor_lie_on_its_ray() -> None:
    state = replace(preset("backtracking"), cursor=0)
    run = trajectory(state.ground, state.run)
    probes = np.array(plane(state).probes)
    assert len(probes) == len(run.searches[0].probes) > 2
    assert probes[-1] == pytest.approx(run.points[1])
    along = probes - run.points[0]
    step = run.points[1] - run.points[0]
    assert along[:, 0] * step[1] == pytest.approx(along[:, 1] * step[0])


def test_a_run_without_a_line_search_has_no_probes() -> None:
    assert not plane(RACE).probes


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("width", [78, 118])
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    state = PRESETS[name].state
    for cursor in (0, 7, None):
        at = replace(state, cursor=cursor)
        lines = [*table(at, width), *values(at, width), verdict(at, width), scale(at, width)]
        assert [line for line in lines if len(line) > width] == []
        assert {len(line) for line in table(at, width)} == {width}


@given(st.floats(-1e300, 1e300) | st.sampled_from([np.nan, np.inf, -np.inf]), st.integers(2, 6))
def test_a_short_number_is_short_and_near(value: float, digits: int) -> None:
    text = short(value, digits)
    assert len(text) <= digits + 7
    if np.isfinite(value) and value:
        assert float(text.replace("−", "-").replace(",", "")) == pytest.approx(value, rel=10 ** (1 - digits))


def test_the_scale_marks_the_rates_and_the_limit() -> None:
    state = LabState(Ground(choice("quadratic", {"kappa": 10.0})), (RunSetup(0.1), RunSetup(0.01)))
    line = scale(state, 78)
    assert line.startswith("η 0.001 ├")
    assert line.index("B") < line.index("●") < line.index("┊")
    assert line.endswith("┤ 10   ┊ 0.2 = 2/L")
    assert "┊" not in scale(replace(state, predict=True, hidden=0), 78).split("┤")[0]


def test_a_question_stands_where_the_verdict_will() -> None:
    hidden = replace(RACE, predict=True, hidden=0)
    assert verdict(hidden, 78).startswith("What will A do?")
    assert "?" in table(hidden, 78)[1]
    assert verdict(RACE, 78) == trajectories(RACE)[0].reason


@settings(max_examples=30)
@given(
    st.floats(-5, 2),
    st.sampled_from(["sgd", "momentum", "adam"]),
    st.sampled_from(["ravine", "quadratic", "rosenbrock", "saddle"]),
    st.integers(0, 60),
)
def test_whatever_the_run_it_can_be_drawn(power: float, optimizer: str, objective: str, cursor: int) -> None:
    run = RunSetup(10.0**power, optimizer=Choice(optimizer))
    state = edits.look(LabState(Ground(Choice(objective), steps=60), (run,)), cursor)
    figures: list[Figure] = [plane(state), *diagrams(state).values()]
    for figure in figures:
        assert {len(row) for row in str(draw(figure, 40, 8)).splitlines()} == {40}
    assert len(values(state, 78)) == 3
