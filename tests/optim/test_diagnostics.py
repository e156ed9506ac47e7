from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.optim import diagnostics, theory
from tutor.optim.descend import Trajectory, descend
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import OBJECTIVES, objective
from tutor.optim.optimizers import OPTIMIZERS, Here, optimizer
from tutor.optim.schedules import schedule

BOWL = objective("quadratic", kappa=10)
RAVINE = objective("ravine")


def test_curvatures_on_a_bowl() -> None:
    run = descend(BOWL, 0.05, steps=7)
    np.testing.assert_array_equal(diagnostics.sharpness(run, BOWL), np.full(8, 10.0))
    np.testing.assert_array_equal(diagnostics.condition(diagnostics.curvatures(run, BOWL)), np.full(8, 10.0))


def test_two_over_rate_follows_the_schedule() -> None:
    run = descend(BOWL, schedule("cosine", rate=0.1, steps=5), steps=5)
    np.testing.assert_allclose(diagnostics.two_over_rate(run) * run.rates, 2.0)


def test_the_condition_of_a_saddle_is_none() -> None:
    assert np.isnan(diagnostics.condition(np.array([-1.0, 1.0])))
    assert np.isnan(diagnostics.condition(np.array([0.0, 1.0])))


def test_many_points_are_measured_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    run = descend(RAVINE, 0.05, steps=30)
    whole = diagnostics.curvatures(run, RAVINE), diagnostics.step_ratio(run, RAVINE)
    monkeypatch.setattr(diagnostics, "MOST_ENTRIES", 4 * 7)
    np.testing.assert_array_equal(diagnostics.curvatures(run, RAVINE), whole[0])
    np.testing.assert_allclose(diagnostics.step_ratio(run, RAVINE), whole[1], rtol=1e-12)


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.15, 0.2])
def test_the_ratio_of_a_gradient_step(rate: float) -> None:
    run = descend(RAVINE, rate, start=(-3, 2), steps=20)
    g, h = RAVINE.gradient(run.points[:-1]), RAVINE.hessian(run.points[:-1])
    bends = np.einsum("ni,nij,nj->n", g, h, g) / np.sum(g * g, axis=-1)
    np.testing.assert_allclose(diagnostics.step_ratio(run, RAVINE), rate * bends, rtol=1e-6)


@settings(max_examples=40)
@given(st.floats(0.01, 0.25), st.tuples(st.floats(0.5, 5), st.floats(0.5, 5)))
def test_beyond_two_the_loss_rises(rate: float, start: tuple[float, float]) -> None:
    """Exactly so on a quadratic."""
    run = descend(BOWL, rate, start=start, steps=8)
    ratio, rise = diagnostics.step_ratio(run, BOWL), np.diff(run.values) / run.values[:-1]
    sure = np.abs(ratio - 2) > 1e-6
    assert ((ratio > 2) == (rise > 0))[sure].all()


def test_an_exact_search_has_the_ratio_one() -> None:
    run = descend(BOWL, 1.0, start=(10, 1), steps=10, line_search=line_search("exact"))
    np.testing.assert_allclose(diagnostics.step_ratio(run, BOWL), 1.0, rtol=1e-9)


def test_effective_rates() -> None:
    plain = descend(BOWL, 0.05, start=(3, 0), steps=6)
    rates = diagnostics.effective_rates(plain, BOWL)
    np.testing.assert_allclose(rates[:, 0], 0.05, rtol=1e-10)
    assert np.isnan(rates[:, 1]).all()
    adam = descend(BOWL, 0.1, start=(3, 1), steps=1, optimizer=optimizer("adam"))
    np.testing.assert_allclose(diagnostics.effective_rates(adam, BOWL), [[0.1 / 3, 0.1 / 10]], rtol=1e-6)


def test_turns_and_the_oscillation_score() -> None:
    hops = descend(BOWL, 0.19, start=(0, 1), steps=40)
    np.testing.assert_allclose(diagnostics.turns(hops), -1.0)
    assert diagnostics.oscillation(hops, BOWL) == 1.0
    slide = descend(BOWL, 0.05, start=(1, 0), steps=40)
    np.testing.assert_allclose(diagnostics.turns(slide), 1.0)
    assert diagnostics.oscillation(slide, BOWL) == 0.0


@pytest.mark.parametrize(("rate", "start"), [(0.05, (1, 1)), (0.15, (1, 1)), (0.18, (0, 1)), (0.21, (0, 1))])
def test_the_measured_contraction_is_the_predicted(rate: float, start: tuple[float, float]) -> None:
    run = descend(BOWL, rate, start=start, steps=60)
    curvatures = np.array([1.0, 10.0]) if start[0] else np.array([10.0])
    predicted = float(theory.contraction(rate, curvatures))
    assert diagnostics.contraction(run) == pytest.approx(predicted, rel=1e-3)


def test_the_contraction_of_a_run_that_has_arrived_is_of_its_way_there() -> None:
    run = descend(BOWL, 0.15, start=(1, 0), steps=3000)
    assert run.gradient_norms[-1] < 1e-200
    assert diagnostics.contraction(run) == pytest.approx(0.85, rel=1e-6)
    assert np.isnan(diagnostics.contraction(descend(BOWL, 0.1, start=(0, 0), steps=5)))


def test_gradient_noise() -> None:
    assert diagnostics.gradient_noise(descend(BOWL, 0.1, steps=9), BOWL).tolist() == [0.0] * 9
    noisy = objective("noisy-quadratic", h=1.0, sigma=0.5, batch=4)
    noise = diagnostics.gradient_noise(descend(noisy, 0.1, steps=4000), noisy)
    assert (noise**2).mean() == pytest.approx(2 * 0.5**2 / 4, rel=0.06)


@pytest.mark.parametrize(("momentum", "nesterov"), [(0.0, False), (0.5, False), (0.9, False), (0.9, True)])
def test_contraction_is_a_spectral_radius(momentum: float, nesterov: bool) -> None:
    for s in np.linspace(0.01, 4, 60):
        share = 1 - s if nesterov else 1.0
        top = (1 + momentum) * (1 - s) if nesterov else 1 + momentum - s
        companion = np.array([[top, -momentum * share], [1.0, 0.0]])
        radius = np.abs(np.linalg.eigvals(companion)).max()
        found = theory.contraction(s, np.array([1.0]), momentum=momentum, nesterov=nesterov)
        assert found == pytest.approx(radius, rel=1e-6)


def test_a_contraction_is_a_number_at_any_rate() -> None:
    for nesterov in (False, True):
        assert theory.contraction(1e308, np.array([1e3]), momentum=0.9, nesterov=nesterov) > 1e100


def test_steps_to() -> None:
    assert theory.steps_to(1e-6, 0.1) == 6
    assert theory.steps_to(1e-6, 0.0) == 1
    assert theory.steps_to(1e-6, 1.0) is None


def test_a_run_of_no_steps() -> None:
    """Its first step leads nowhere, and so it ends where it starts."""
    for name in ("ravine", "noisy-quadratic"):
        run = descend(objective(name), 1e300, start=(1, 0), steps=5)
        assert run.steps <= 1
        everything(run, name)


def everything(run: Trajectory, name: str) -> None:
    ground = objective(name)
    n, d = run.steps, run.points.shape[1]
    assert diagnostics.curvatures(run, ground).shape == (n + 1, d)
    assert diagnostics.step_ratio(run, ground).shape == (n,)
    assert diagnostics.effective_rates(run, ground).shape == (n, d)
    assert diagnostics.turns(run).shape == (max(0, n - 1),)
    assert diagnostics.two_over_rate(run).shape == diagnostics.gradient_noise(run, ground).shape == (n,)
    assert 0.0 <= diagnostics.oscillation(run, ground) <= 1.0
    assert not diagnostics.contraction(run) < 0.0


@settings(max_examples=80)
@given(
    st.sampled_from(sorted(OBJECTIVES)),
    st.sampled_from(sorted(set(OPTIMIZERS) - {"polyak"})),
    st.floats(1e-8, 1e8),
    st.integers(1, 60),
)
def test_whatever_the_run_no_diagnosis_raises(name: str, rule: str, rate: float, steps: int) -> None:
    everything(descend(objective(name), rate, steps=steps, optimizer=optimizer(rule)), name)


def test_the_preconditioned_sharpness_against_its_definition() -> None:
    """The largest eigenvalue of P⁻¹H, which is not symmetric, with P of Adam's own state."""
    ground = objective("rosenbrock")
    rule = optimizer("adam", beta2=0.9, eps=1e-3)
    run = descend(ground, 0.05, steps=30, optimizer=rule)
    found = diagnostics.preconditioned_sharpness(run, ground, beta2=0.9, eps=1e-3)
    state = rule.init(run.points[0])
    for step, point in enumerate(run.points[:-1]):
        _, state = rule.update(Here(point, ground.gradient(point), ground), state, 0.05)
        root = np.sqrt(state[2] / (1 - 0.9 ** (step + 1))) + 1e-3
        eigenvalues = np.linalg.eigvals(ground.hessian(point) / root[:, None])
        assert found[step] == pytest.approx(eigenvalues.real.max(), rel=1e-9)


def test_a_part_of_a_run_has_what_the_run_has_there() -> None:
    ground = objective("ravine")
    run = descend(ground, 0.05, steps=30)
    part = run.part(7, 9)
    np.testing.assert_array_equal(part.points, run.points[7:10])
    assert part.steps == 2
    np.testing.assert_array_equal(
        diagnostics.step_ratio(part, ground), diagnostics.step_ratio(run, ground)[7:9]
    )
