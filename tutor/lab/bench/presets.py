"""Where to begin: states that show one thing each, and the experiments of cards as states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError, unknown
from tutor.lab.bench.runs import trajectories
from tutor.lab.bench.state import MOST_RUNS, MOST_STEPS, Choice, Ground, LabState, RunSetup, choice
from tutor.lab.experiments import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Preset:
    """A state with a line that says what it shows."""

    about: str
    state: LabState


def _on(objective: Choice, *runs: RunSetup, steps: int = 100, **ground: Any) -> LabState:
    return LabState(Ground(objective, steps=steps, **ground), runs)


RAVINE = choice("ravine", {"kappa": 25.0, "bend": 0.1})
BOWL = choice("quadratic", {"kappa": 100.0})
MOMENTUM = Choice("momentum")

PRESETS: Mapping[str, Preset] = {
    "race": Preset(
        "gradient descent, heavy ball and Adam race down the ravine",
        _on(
            RAVINE,
            RunSetup(0.05),
            RunSetup(0.02, optimizer=MOMENTUM),
            RunSetup(0.2, optimizer=Choice("adam")),
            steps=150,
        ),
    ),
    "limit": Preset(
        "just below and just above 2/L = 0.02: the steep coordinate dies out, or grows",
        _on(BOWL, RunSetup(0.0199), RunSetup(0.02), RunSetup(0.02002), steps=500),
    ),
    "best-rate": Preset(
        "2/(L+μ) against 1/L and 0.1/L: 691, 1,375 and 13,809 steps to a millionth",
        _on(BOWL, RunSetup(2 / 101), RunSetup(0.01), RunSetup(0.001), steps=700),
    ),
    "heavy-ball": Preset(
        "the best heavy ball needs a tenth of the steps of the best gradient descent",
        _on(
            BOWL,
            RunSetup(2 / 101),
            RunSetup(4 / 121, optimizer=choice("momentum", {"momentum": (9 / 11) ** 2})),
            steps=150,
        ),
    ),
    "momentum-limit": Preset(
        "heavy ball is stable to 3.8/L: just below and just above",
        _on(BOWL, RunSetup(0.0378, optimizer=MOMENTUM), RunSetup(0.0382, optimizer=MOMENTUM), steps=200),
    ),
    "nesterov-limit": Preset(
        "Nesterov's limit, 1.357/L, is below gradient descent's 2/L, which would still take 0.0137",
        _on(
            BOWL,
            RunSetup(0.0135, optimizer=Choice("nesterov")),
            RunSetup(0.0137, optimizer=Choice("nesterov")),
            RunSetup(0.0137),
            steps=300,
        ),
    ),
    "chebyshev": Preset(
        "eight rates in Chebyshev's order, some far above 2/L, beat the best constant one",
        _on(
            BOWL,
            RunSetup(2 / 101),
            RunSetup(2 / 101, schedule=choice("chebyshev", {"kappa": 100.0, "T": 8})),
            steps=8,
        ),
    ),
    "flow": Preset(
        "the gradient flow F, and descent, its explicit Euler, with a small and a large step",
        LabState(Ground(RAVINE, steps=80), (RunSetup(0.02), RunSetup(0.075)), flow=True),
    ),
    "crawl": Preset(
        "on Rosenbrock η times steps is constant: 1e-3 comes near in 10,000 steps, 1e-4 crawls",
        _on(Choice("rosenbrock"), RunSetup(1e-3), RunSetup(1e-4), steps=10_000),
    ),
    "minima": Preset(
        "at η = 0.02 two of Himmelblau's four minima are stable, with 2/L from 0.0149 to 0.0248",
        _on(Choice("himmelblau"), RunSetup(0.02), steps=100),
    ),
    "exact-search": Preset(
        "an exact line search zigzags: the loss falls to 0.669 of itself at every step",
        _on(
            choice("quadratic", {"kappa": 10.0}),
            RunSetup(1.0, search=Choice("exact")),
            start=(10.0, 1.0),
            view=((-2.0, 11.0), (-2.0, 2.0)),
            steps=40,
        ),
    ),
    "backtracking": Preset(
        "a trial far too long is cut until it lowers the loss enough; × marks what was tried",
        _on(RAVINE, RunSetup(1.0, search=Choice("armijo")), steps=40),
    ),
    "edge": Preset(
        "Rosenbrock at the edge of stability: it hops round x = 0.8646, where the sharpness is 2/η",
        _on(Choice("rosenbrock"), RunSetup(0.0025), steps=2000),
    ),
    "warmup": Preset(
        "a rate that is too large for the walls at first, and does well after a warmup",
        _on(RAVINE, RunSetup(0.1), RunSetup(0.07, schedule=Choice("warmup")), steps=100),
    ),
}
"""What ``tutor lab NAME`` opens."""


def preset(name: str) -> LabState:
    """Return a preset; UsageError if there is none of that name."""
    if name not in PRESETS:
        raise unknown("preset", name, PRESETS)
    return PRESETS[name].state


def from_experiment(settings: Mapping[str, Any], rate: float | None = None) -> LabState:
    """Put the experiment of a card on the bench, turned to ``rate`` or as it is.

    Raises UsageError if the bench has no place for it.
    """
    turned = instant(settings).rate if rate is None else rate  # what is wrong with it is told there
    kind = settings["kind"]
    if kind not in KINDS:
        raise UsageError(f"the lab has no '{kind}': turn η where the figure is")
    view = settings.get("view")
    ground = Ground(
        choice(settings["objective"], settings.get("param")),
        start=tuple(map(float, settings["start"])) if "start" in settings else None,
        steps=settings.get("steps", 60),
        view=((view[0], view[1]), (view[2], view[3])) if view else None,
    )
    state = KINDS[kind](settings, ground, turned)
    trajectories(state)
    return state


def _descent(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    method = choice(settings.get("optimizer", "sgd"), settings.get("set"))
    return LabState(ground, (RunSetup(rate, optimizer=method),))


def _flow(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    """Descent is the flow's explicit Euler, in as many steps as the time takes."""
    steps = max(1, min(MOST_STEPS, round(settings["time"] / rate)))
    return LabState(replace(ground, steps=steps), (RunSetup(rate),))


def _race(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    if "rates" in settings:
        rates = [float(each) for each in settings["rates"]]
        middle = rates[len(rates) // 2]
        runs = [RunSetup(float(f"{each * (rate / middle):.12g}")) for each in rates]
    else:
        sets = settings.get("set", {})
        runs = [RunSetup(rate, schedule=choice(name, sets.get(name))) for name in settings["schedules"]]
    return LabState(ground, tuple(runs[:MOST_RUNS]))


def _line_search(settings: Mapping[str, Any], ground: Ground, rate: float) -> LabState:
    search = choice(settings.get("search", "armijo"), settings.get("set"))
    return LabState(ground, (RunSetup(rate, search=search),))


KINDS: Mapping[str, Callable[[Mapping[str, Any], Ground, float], LabState]] = {
    "descent": _descent,
    "flow": _flow,
    "race": _race,
    "line-search": _line_search,
}
"""How an experiment of each kind becomes a state; a kind that is missing has no place on the bench."""
