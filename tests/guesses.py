"""A card with three questions: a number to predict, a fate to predict, and one of the ordinary kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import FRONT, PARAGRAPH, QUESTION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk import Desk
    from tutor.study.steps import Asking

PREDICTION = """
### Question {id} {{#{id} .predict}}

Predict {id}.

1. Think of {id}.

> a slope points uphill.

```predict
objective = "quadratic"
param = {{ kappa = [{kappas}] }}
start = {{ x = [-4.0, -3.0], y = [1.0, 2.0] }}
{settings}
```
"""
KAPPAS = "8, 10, 16, 20, 25, 32, 40, 50"
LIMIT = 'kind = "stable-rate"\nsteps = 200'
FATE = 'kind = "verdict"\nshares = [0.02, 0.6, 1.1, 1.5]'


def write_guesses(desk: Desk, kappas: str = KAPPAS) -> Path:
    """Put the card on the desk."""
    path = desk.folder / "decks" / "hills" / "guesses.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        FRONT.format(id="guesses")
        + PARAGRAPH.format(n=1, id="guesses")
        + "\n## Tasks\n"
        + PREDICTION.format(id="limit", kappas=kappas, settings=LIMIT)
        + PREDICTION.format(id="fate", kappas=kappas, settings=FATE)
        + QUESTION.format(n=3, id="plain", experiment=""),
        encoding="utf-8",
    )
    return path


def key(step: Asking) -> str:
    """The right answer, as it is typed."""
    if step.question.number:
        return repr(step.question.number.value)
    (place,) = [n for n, option in enumerate(step.question.options, 1) if option.right]
    return str(place)


def wrong(step: Asking) -> str:
    """A wrong answer, as it is typed."""
    if step.question.number:
        return repr(7 * step.question.number.value)
    return "1" if key(step) != "1" else "2"
