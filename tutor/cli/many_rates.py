"""A range of rates at once: where they converge, and where they no longer do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tutor.cli.output import print_json
from tutor.lab.bench.predictions import plain
from tutor.optim.survey import survey
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.cli.setup import Setup

MOST_BANDS = 20
"""How many bands of rates with one verdict the table shows."""


def show_rates(setup: Setup, low: float, high: float, count: int, *, as_json: bool) -> None:
    """Run at ``count`` rates, evenly spread on a log scale, and print the verdicts and the boundary."""
    rates = np.geomspace(low, high, count)
    rates[0], rates[-1] = low, high
    made = survey(
        setup.objective,
        rates if plain(setup.plan) else [setup.pace(rate) for rate in rates.tolist()],
        steps=setup.steps,
        start=setup.start,
        optimizer=setup.optimizer,
        line_search=setup.line_search,
    )
    stable, diverging = boundary(rates.tolist(), made.verdicts)
    sharpness = setup.objective.minimum_sharpness(np.array(setup.start or setup.objective.start))
    limit = setup.stable_rate(sharpness)
    if as_json:
        print_json(
            {
                "objective": setup.objective.name,
                "rates": rates.tolist(),
                "verdicts": [str(verdict) for verdict in made.verdicts],
                "steps": made.steps.tolist(),
                "boundary": {"stable": stable, "diverging": diverging},
                "sharpness": sharpness,
                "stable_rate": limit,
            }
        )
        return
    _print_bands(rates.tolist(), made.verdicts)
    theory = f"; theory says {limit:.6g}" if limit else ""
    print(f"{_words(stable, diverging)}{theory}.")


def boundary(rates: list[float], verdicts: tuple[Verdict, ...]) -> tuple[float | None, float | None]:
    """Find the rate before the first of ascending rates that diverges, and that one; None for none."""
    first = next((n for n, verdict in enumerate(verdicts) if verdict is Verdict.DIVERGING), len(rates))
    return (rates[first - 1] if first else None), (rates[first] if first < len(rates) else None)


def _words(stable: float | None, diverging: float | None) -> str:
    if diverging is None:
        return f"None diverges up to η = {stable:.6g}"
    if stable is None:
        return f"All diverge from η = {diverging:.6g} on"
    return f"Stable up to η = {stable:.6g}, diverging from {diverging:.6g}"


def _print_bands(rates: list[float], verdicts: tuple[Verdict, ...]) -> None:
    """Print the neighbouring rates that have one verdict together."""
    bands = [
        (verdict, [rate for rate, _ in band])
        for verdict, band in groupby(zip(rates, verdicts, strict=True), key=lambda pair: pair[1])
    ]
    print(f"{'from':>12}  {'to':>12}  {'rates':>8}  verdict")
    for verdict, band in bands[:MOST_BANDS]:
        print(f"{band[0]:12.6g}  {band[-1]:12.6g}  {len(band):8,}  {verdict}")
    if len(bands) > MOST_BANDS:
        print(f"… and {len(bands) - MOST_BANDS:,} more bands")
