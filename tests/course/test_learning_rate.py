"""The first card: its four questions, whose experiments tests/lab/test_card.py looks at in detail."""

from __future__ import annotations

import numpy as np

from tests.course.bundled import asked, fates
from tests.course.proof import settles
from tutor.optim.descend import descend
from tutor.optim.least_squares import draw
from tutor.optim.linesearch import line_search
from tutor.optim.objectives import objective
from tutor.plots.figure import Curves


@settles("narrow-valley")
def test_what_a_large_rate_does_in_a_narrow_valley() -> str:
    ravine = objective("ravine", kappa=19.5, bend=0.05)
    run = descend(ravine, 0.11, start=(-4, 1.6), steps=16)
    side = np.sign(run.points[:, 1] - 0.05 * run.points[:, 0] ** 2)
    assert (side[1:] == -side[:-1]).all()
    assert (np.diff(np.abs(run.points[1:, 1] - 0.05 * run.points[1:, 0] ** 2)[:14]) > 0).all()
    assert fates(asked("narrow-valley"), 0.02, 0.11) == ["Crawling", "Diverging"]
    return "from wall to wall, oscillating or diverging"


@settles("line-search")
def test_what_a_line_search_looks_at() -> str:
    ravine = objective("ravine", kappa=19.5, bend=0.05)
    run = descend(ravine, 1.0, start=(-4, 2), steps=5, line_search=line_search("armijo"))
    for search, value, after in zip(run.searches, run.values, run.values[1:], strict=False):
        assert len(search.probes)
        assert after < value
        assert search.rate == search.probes[-1]  # the last that it tried, of falling ones
    return "probing points"


@settles("warmup")
def test_what_the_rates_of_a_warmup_do() -> str:
    figure = asked("warmup").outcome().figure
    assert isinstance(figure, Curves)
    rates = figure.series[1].y
    assert (np.diff(rates) >= 0).all()
    assert rates[0] < 0.1 * rates[-1]
    assert rates[-1] == asked("warmup").rate
    return "to its full value"


@settles("batch-size")
def test_what_four_times_the_batch_does_to_the_gradient() -> str:
    examples = draw(np.random.default_rng(0), steps=4000, batch=4, dimension=8, noise=0.0)
    here = np.full(8, 8**-0.5)
    each = np.einsum("nbi,nbj,j->nbi", examples.inputs, examples.inputs, here)
    one, four = each[:, 0], each.mean(axis=1)
    assert np.abs(one.mean(axis=0) - four.mean(axis=0)).max() < 0.15  # the same gradient on average
    assert 3.5 < one.var(axis=0).sum() / four.var(axis=0).sum() < 4.5
    assert asked("batch-size").outcome().verdict.startswith("A diverges, B converges")
    return "less noisy"
