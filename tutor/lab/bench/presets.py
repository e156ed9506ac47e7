"""Where to begin: states that show one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutor.errors import unknown
from tutor.lab.bench.state import Choice, Ground, LabState, RunSetup, choice

if TYPE_CHECKING:
    from collections.abc import Mapping


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
ROOT = 301**0.5
"""√(3κ+1) at κ = 100, of which Nesterov's best momentum is made (Lessard et al. 2016)."""

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
    "nesterov": Preset(
        "Nesterov's method at 1/L leaves 0.9 of the slope a step; at its best rate and momentum 0.885",
        _on(
            BOWL,
            RunSetup(0.01, optimizer=choice("nesterov", {"momentum": 9 / 11})),
            RunSetup(4 / 301, optimizer=choice("nesterov", {"momentum": (ROOT - 2) / (ROOT + 2)})),
            steps=150,
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
    "adam-first-step": Preset(
        "Adam's first step is η in each coordinate, as sign descent's, however steep the slope",
        _on(
            BOWL,
            RunSetup(0.5, optimizer=Choice("adam")),
            RunSetup(0.5, optimizer=Choice("sign")),
            RunSetup(0.005),
            steps=20,
        ),
    ),
    "adam-edge": Preset(
        "Adam at its own edge of stability: the curvature over √v̂ rises to 38/η and stays there (i)",
        _on(
            choice("quadratic", {"kappa": 10.0}),
            RunSetup(0.3, optimizer=choice("adam", {"beta2": 0.99})),
            steps=2000,
        ),
    ),
    "rmsprop-cycle": Preset(
        "at a constant rate RMSprop never settles: it ends hopping between +η/2 and −η/2",
        _on(
            choice("quadratic", {"kappa": 1.0}),
            RunSetup(0.5, optimizer=choice("rmsprop", {"alpha": 0.9})),
            start=(4.0, 0.0),
            steps=300,
        ),
    ),
    "polyak": Preset(
        "Polyak's step halves the distance to the minimum at every step along one axis",
        _on(BOWL, RunSetup(1.0, optimizer=Choice("polyak")), RunSetup(0.005), start=(0.0, 2.0), steps=20),
    ),
    "flow": Preset(
        "the gradient flow F, and descent, its explicit Euler, with a small and a large step",
        LabState(Ground(RAVINE, steps=80), (RunSetup(0.02), RunSetup(0.075)), flow=True),
    ),
    "integrators": Preset(
        "at h·L = 2.5 Euler's steps and the midpoint's diverge; those of Runge and Kutta hold",
        _on(
            BOWL,
            RunSetup(0.025),
            *(RunSetup(0.025, optimizer=Choice(name)) for name in ("midpoint", "rk3", "rk4")),
            steps=200,
        ),
    ),
    "implicit": Preset(
        "at h·L = 10 implicit Euler glides and the trapezoid rings; what steps explicitly is gone",
        _on(
            BOWL,
            *(RunSetup(0.1, optimizer=Choice(name)) for name in ("implicit-euler", "trapezoid", "rk4")),
            steps=40,
        ),
    ),
    "order": Preset(
        "a method of higher order stays nearer to the flow F at the same step: see 'from the flow' (i)",
        LabState(
            Ground(RAVINE, steps=30),
            (RunSetup(0.05), *(RunSetup(0.05, optimizer=Choice(name)) for name in ("midpoint", "rk4"))),
            flow=True,
        ),
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
    "armijo-bound": Preset(
        "Armijo takes the first half of a half of 1 that is at most 2(1−c)/L: 1/64, just below 0.02",
        _on(BOWL, RunSetup(1.0, search=Choice("armijo")), start=(0.0, 2.0), steps=10),
    ),
    "wolfe": Preset(
        "strong Wolfe takes no step that is too short: along one axis αL is in [0.1, 1.9] (overshoot)",
        _on(BOWL, RunSetup(0.0001, search=Choice("strong-wolfe")), start=(0.0, 2.0), steps=10),
    ),
    "edge": Preset(
        "Rosenbrock at the edge of stability: it hops round x = 0.8646, where the sharpness is 2/η",
        _on(Choice("rosenbrock"), RunSetup(0.0025), RunSetup(0.007), steps=2000),
    ),
    "noise": Preset(
        "in noise a constant rate hovers: the variance grows with η, and with momentum (i)",
        _on(
            choice("noisy-quadratic", {"h": 1.0, "sigma": 1.0, "batch": 1.0}),
            RunSetup(0.1),
            RunSetup(0.4),
            RunSetup(0.1, optimizer=MOMENTUM),
            steps=5000,
        ),
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
