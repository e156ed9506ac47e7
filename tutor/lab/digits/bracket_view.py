"""What a bracket shows while it goes on and at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tutor.lab.digits.bracket_plan import WIDER, End, Plan, Why, best_of
from tutor.lab.digits.spread import Tried, give_or_take, percent
from tutor.lab.digits.state import Progress
from tutor.lab.outcome import Outcome
from tutor.lab.words import count, exact, listing, number
from tutor.plots.figure import Curves, Points

USUAL = 3
"""About how many rounds a bracket takes."""

GUESSING = 0.25
"""The accuracy below which a network has learned next to nothing: one in ten comes by chance."""

MUCH_WORSE = 1.5
"""The ratio of losses from which a rate is called worse."""


@dataclass(frozen=True, eq=False)
class Round:
    """A round, whole or on its way."""

    rates: tuple[float, ...]
    why: Why
    tried: tuple[Tried, ...] = ()
    share: float = 0.0


@dataclass(frozen=True, eq=False)
class BracketState:
    """A bracket on its way, or done."""

    data: str
    seeds: int
    rounds: tuple[Round, ...] = ()
    ended: End | None = None

    def begin(self, plan: Plan) -> BracketState:
        """Begin a round."""
        return replace(self, rounds=(*self.rounds, Round(plan.rates, plan.why)))

    def updated(self, tried: tuple[Tried, ...], share: float) -> BracketState:
        """Say what is known in the latest round."""
        *before, latest = self.rounds
        return replace(self, rounds=(*before, replace(latest, tried=tried, share=share)))

    @property
    def finished(self) -> bool:
        """Whether it has ended."""
        return self.ended is not None

    @property
    def progress(self) -> Progress:
        """How far it is, by the usual number of rounds, of which there may be more."""
        if self.finished or not self.rounds:
            return Progress(float(self.finished), "done" if self.finished else "starting")
        past = len(self.rounds) - 1 + self.rounds[-1].share
        fraction = past / (USUAL + 1) if past <= USUAL else 1 - 0.5 ** (past - USUAL) / (USUAL + 1)
        rates = listing(exact(rate) for rate in self.rounds[-1].rates)
        return Progress(min(fraction, 0.99), f"round {len(self.rounds)}: η = {rates}"[:40])

    @property
    def tried(self) -> list[Tried]:
        """All rates so far, ascending."""
        return sorted((each for done in self.rounds for each in done.tried), key=lambda each: each.rate)

    @property
    def best(self) -> Tried | None:
        """The best rate so far; None as long as all diverge."""
        return best_of(self.tried)

    def outcome(self) -> Outcome:
        """Show the validation loss against η."""
        tried, best = self.tried, self.best
        diverging = [each.rate for each in tried if each.diverged]
        return Outcome(
            figure=self._figure(),
            description=self._description(),
            readouts=self._readouts(),
            verdict=self._verdict(),
            limit=min((rate for rate in diverging if best is None or rate > best.rate), default=None),
        )

    def table(self) -> tuple[str, ...]:
        """List the rates, each with its round, its loss and its accuracy."""
        best = self.best
        lines = [f"{'η':<10} {'round':>5}   {'validation loss':<18} {'accuracy':>8}"]
        rounds = {each.rate: n for n, done in enumerate(self.rounds, 1) for each in done.tried}
        for each in self.tried:
            loss = give_or_take(each.loss, each.spread)
            if each.diverged:
                loss = "diverges" if each.diverged == len(each.runs) else self._some_diverge(each)
            accuracy = "" if each.diverged else percent(each.accuracy)
            mark = "  ◂ best" if each is best else ""
            lines.append(
                f"{exact(each.rate):<10} {rounds[each.rate]:>5}   {loss:<18} {accuracy:>8}{mark}".rstrip()
            )
        return tuple(lines)

    def record(self) -> dict[str, Any]:
        """Give every round, its mean losses and those of each seed."""
        best = self.best
        return {
            "rounds": [
                {
                    "why": done.why,
                    "rates": [each.rate for each in done.tried],
                    "validation_loss": [_json(each.loss) for each in done.tried],
                    "spread": [None if each.diverged else each.spread for each in done.tried],
                    "validation_accuracy": [_json(each.accuracy) for each in done.tried],
                    "diverged": [each.diverged for each in done.tried],
                    "by_seed": [[_json(run.loss) for run in each.runs] for each in done.tried],
                }
                for done in self.rounds
            ],
            "best_rate": best.rate if best else None,
            "validation_loss": best.loss if best else None,
            "spread": best.spread if best else None,
            "validation_accuracy": best.accuracy if best else None,
            "seeds": self.seeds,
            "ended": self.ended,
            "verdict": self._verdict(),
        }

    def _figure(self) -> Curves:
        tried, best = self.tried, self.best
        numbers = {each.rate: str(n) for n, done in enumerate(self.rounds, 1) for each in done.tried}
        loss = np.array([each.loss for each in tried], dtype=float)
        spread = np.array([each.spread for each in tried], dtype=float)
        points = Points(
            np.array([each.rate for each in tried], dtype=float),
            loss,
            low=np.maximum(loss - spread, 0.5 * loss),
            high=loss + spread,
            signs="".join(numbers[each.rate] for each in tried),
        )
        return Curves(
            (),
            x_label="η",
            y_label="validation loss",
            log_x=True,
            log_y=True,
            points=(points,),
            cursor=best.rate if best else None,
        )

    def _some_diverge(self, each: Tried) -> str:
        return f"{each.diverged} of {len(each.runs)} diverge"

    def _description(self) -> str:
        told = [
            f"{'diverges' if each.diverged else number(each.loss, 2)} at {exact(each.rate)}"
            for each in self.tried
        ]
        losses = listing(told) if told else "nothing is known yet"
        return f"Validation loss against the rate η, both on log axes, {self._over}: {losses}."

    @property
    def _over(self) -> str:
        return f"mean of {count(self.seeds, 'seed')}" if self.seeds > 1 else "one seed"

    def _readouts(self) -> tuple[str, ...]:
        best = self.best
        done = f"1 2 …: {count(len(self.rounds), 'round')}, {count(len(self.tried), 'rate')}"
        if best is None:
            return (done,)
        return (
            f"{'best' if self.finished else 'best so far'} η = {exact(best.rate)}",
            f"loss {give_or_take(best.loss, best.spread)}",
            f"accuracy {percent(best.accuracy)}",
            done,
        )

    def _verdict(self) -> str:
        if self.finished:
            return self._answer()
        return self._stage()

    def _stage(self) -> str:
        """Say what the round on its way is for."""
        latest = self.rounds[-1] if self.rounds else None
        if latest is None or latest.why == "coarse":
            return "Round 1: the coarse grid."
        before = best_of([each for done in self.rounds[:-1] for each in done.tried])
        rates = listing(exact(rate) for rate in latest.rates)
        head = f"Round {len(self.rounds)}: "
        if before is None:
            return f"{head}every rate so far diverges, so lower ones are tried: {rates}."
        if latest.why == "finer":
            return f"{head}{exact(before.rate)} is best so far; {rates} beside it."
        edge = "smallest" if latest.why == "lower" else "largest"
        return f"{head}the best, {exact(before.rate)}, is the {edge} tried: the grid is widened to {rates}."

    def _answer(self) -> str:
        best = self.best
        if best is None:
            lowest = exact(self.tried[0].rate)
            return f"Every rate from {lowest} up diverges: make the first weights smaller (--scale)."
        seeds = f" over {self.seeds} seeds" if self.seeds > 1 else ""
        answer = f"Take η = {exact(best.rate)}: validation loss {give_or_take(best.loss, best.spread)}{seeds}"
        return f"{answer}{self._further(best)}.{self._rivals(best)}{ENDS[self.ended or 'plateau']}"

    def _rivals(self, best: Tried) -> str:
        """Name the other rates that cannot be told from the best by these seeds."""
        rates = [
            exact(each.rate) for each in self.tried if each is not best and each.loss <= best.loss + best.spread
        ]
        return (
            f" Within the spread {listing(rates)} {'do' if len(rates) > 1 else 'does'} as well."
            if rates
            else ""
        )

    def _further(self, best: Tried) -> str:
        """Say what a larger rate would do: the one nearest to ten times as much."""
        larger = [each for each in self.tried if each.rate > best.rate * MUCH_WORSE]
        if not larger:
            return ""
        other = min(larger, key=lambda each: abs(math.log(each.rate / best.rate / WIDER)))
        times = f"{number(other.rate / best.rate, 2)} × more"
        if other.diverged:
            return f"; {times} diverges"
        if other.accuracy < GUESSING:
            return f"; {times} learns next to nothing"
        ratio = other.loss / best.loss
        if ratio < MUCH_WORSE:
            return f"; {times} is hardly worse"
        return f"; {times} gives {number(other.loss, 2)}"


ENDS: dict[End, str] = {
    "plateau": "",
    "finest": "",
    "rounds": " It was still falling: allow more rounds.",
    "all diverge": "",
}
"""What to add to the answer."""


def _json(value: float) -> float | None:
    return value if math.isfinite(value) else None
