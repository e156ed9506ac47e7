"""Who races: rates, schedules, optimizers or line searches, all made from the one rate that is turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.lab.settings import MOST_STEPS
from tutor.lab.words import exact
from tutor.optim.linesearch import line_search
from tutor.optim.optimizers import SGD, optimizer
from tutor.optim.schedules import schedule

if TYPE_CHECKING:
    from tutor.lab.settings import Settings
    from tutor.optim.linesearch import LineSearch
    from tutor.optim.optimizers import Optimizer
    from tutor.optim.schedules import Schedule

LONGEST_NAME = 20
"""The most characters of a name that a deck gives."""

Tables = dict[str, dict[str, object]]
"""The parameters of each entrant, by name."""


@dataclass(frozen=True, eq=False)
class Entrant:
    """One run of a race."""

    name: str
    pace: float | Schedule
    optimizer: Optimizer = SGD
    search: LineSearch | None = None

    share: float = 1.0
    """The multiple of the rate that is turned at which its own limit counts."""

    note: str = ""
    """The rate that it has, to follow its name, where that is another than the one that is turned."""


def kind_of(name: str) -> str:
    """Give what the tables call an entrant: the first word of its name."""
    return name.split(maxsplit=1)[0]


Entrants = Callable[[float], tuple[Entrant, ...]]
"""Makes the entrants of a race from the rate that is turned."""


def read_entrants(settings: Settings) -> tuple[float, int, Entrants]:
    """Take who races, with ``set`` and ``steps``: the rate that is turned, the steps, and the entrants.

    A name may have a word behind it that tells two of a kind apart, such as "momentum light".
    """
    ways = [way for way in WAYS if way in settings]
    if len(ways) != 1:
        raise settings.wrong(
            "give either rates = [0.01, 0.1, 1.0] or one of schedules, optimizers and searches, "
            'such as schedules = ["constant", "cosine"]'
        )
    read, most_steps = WAYS[ways[0]]
    steps = settings.steps(most_steps)
    rate, entrants = read(settings, steps)
    entrants(rate)  # a wrong name or parameter is told now, not at the first run
    return rate, steps, entrants


def _grid(settings: Settings, _: int) -> tuple[float, Entrants]:
    """Take ``rates``, of which the middle one is turned while they keep their ratios, and ``optimizer``.

    Rates that were turned have four digits, which are shown as they are run.
    """
    rates = settings.rates("rates")
    middle = rates[len(rates) // 2]
    rule, _tables = _rule(settings, ())

    def entrants(rate: float) -> tuple[Entrant, ...]:
        if rate == middle:
            return tuple(Entrant(f"η = {exact(other)}", other, rule) for other in rates)
        # the rate that is turned is as it was set; the others have few digits, as what is shown is what is run
        shown = (rate if other == middle else float(f"{other * (rate / middle):.3g}") for other in rates)
        return tuple(Entrant(f"η = {exact(other)}", other, rule) for other in shown)

    return middle, entrants


def _timetables(settings: Settings, steps: int) -> tuple[float, Entrants]:
    """Take ``schedules``, their base ``rate``, and ``optimizer``."""
    rate = settings.rate()
    names = _names(settings, "schedules")
    rule, tables = _rule(settings, names)
    return rate, lambda base: tuple(
        Entrant(name, schedule(kind_of(name), rate=base, steps=steps, **tables[name]), rule) for name in names
    )


def _optimizers(settings: Settings, _: int) -> tuple[float, Entrants]:
    """Take ``optimizers``, their ``rate``, and ``shares`` of it; a rule with a rate of its own has that one."""
    rate = settings.rate()
    names = _names(settings, "optimizers")
    tables = settings.parameters_of("set", names)
    shares = settings.numbers_of("shares", names, 1e-6, 1e6)
    rules = {name: optimizer(kind_of(name), **tables[name]) for name in names}

    def entrants(base: float) -> tuple[Entrant, ...]:
        made = []
        for name, rule in rules.items():
            own = None if name in shares else rule.own_rate
            share = shares.get(name, 1.0)
            pace = own or float(f"{share * base:.12g}")
            note = "" if pace == base else f" at η = {exact(pace)}"
            made.append(Entrant(name, pace, rule, share=share, note=note))
        return tuple(made)

    return rate, entrants


def _searches(settings: Settings, _: int) -> tuple[float, Entrants]:
    """Take ``searches``, and ``rate``, the first trial of each of their steps."""
    rate = settings.rate()
    names = _names(settings, "searches")
    tables = settings.parameters_of("set", names)
    searches = {name: line_search(kind_of(name), **tables[name]) for name in names}
    return rate, lambda base: tuple(Entrant(name, base, search=search) for name, search in searches.items())


WAYS: dict[str, tuple[Callable[[Settings, int], tuple[float, Entrants]], int]] = {
    "rates": (_grid, MOST_STEPS),
    "schedules": (_timetables, MOST_STEPS),
    "optimizers": (_optimizers, 2_000),
    "searches": (_searches, 1_000),
}
"""What may race, each with the most steps: those of some optimizers and searches take their time."""


def _rule(settings: Settings, names: tuple[str, ...]) -> tuple[Optimizer, Tables]:
    """Take the ``optimizer`` that all use, and the parameters of all that have a name."""
    chosen = settings.word("optimizer", "sgd")
    tables = settings.parameters_of("set", (*names, chosen))
    return optimizer(chosen, **tables[chosen]), tables


def _names(settings: Settings, way: str) -> tuple[str, ...]:
    names = settings.words(way)
    if len(set(names)) < len(names) or not all(map(str.strip, names)):
        raise settings.wrong(
            f"{way} must have different names: tell two of a kind apart by a word behind, "
            f'such as "{names[0].strip() or "momentum"} light"'
        )
    for name in names:
        if len(name) > LONGEST_NAME and name != kind_of(name):
            raise settings.wrong(f"a name in {way} may have {LONGEST_NAME} characters: shorten '{name[:40]}'")
    return names
