"""Parameters that the learner adopted: which scheduler holds for which question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.memory.schedule import Scheduler

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def value(
    parameters: Iterable[float] | None = None,
    retention: float = 0.9,
    questions: Collection[str] | None = None,
    deck: str | None = None,
) -> dict[str, object]:
    """Return the value of an act that adopts FSRS ``parameters`` (None: its own) and a desired retention.

    They hold for all questions, or for some. A ``deck`` is but a name to show: its questions are named one by
    one, because a question that moves to another deck must not change what the log adds up to.
    """
    return {
        "parameters": None if parameters is None else [float(weight) for weight in parameters],
        "retention": float(retention),
        "questions": None if questions is None else sorted(questions),
        "deck": deck,
    }


@dataclass(frozen=True)
class Adopted:
    """A scheduler, and the questions that it is for."""

    scheduler: Scheduler
    questions: frozenset[str] | None
    """None for all."""


def adopted(given: object) -> Adopted:
    """Return what a `value` says. Raises UsageError if it is none."""
    if not isinstance(given, dict) or given.keys() != value().keys():
        raise UsageError(f"'adopt' needs {', '.join(value())}, not {given!r:.60}")
    parameters, retention, questions = given["parameters"], given["retention"], given["questions"]
    if parameters is not None and not _all(parameters, (int, float)):
        raise UsageError("'adopt' needs a list of 21 numbers for parameters")
    if questions is not None and not _all(questions, (str,)):
        raise UsageError("'adopt' needs a list of ids for questions")
    if not isinstance(retention, int | float):
        raise UsageError(f"'adopt' needs a number for retention, not {retention!r}")
    scheduler = Scheduler(float(retention), None if parameters is None else tuple(map(float, parameters)))
    _ = scheduler.fsrs  # the bounds of the parameters
    return Adopted(scheduler, None if questions is None else frozenset(questions))


def _all(given: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(given, list) and all(isinstance(item, kinds) for item in given)


class Schedulers:
    """The scheduler of each question: that of the last adoption in force that is for it."""

    def __init__(self, otherwise: Scheduler, adoptions: Iterable[Adopted]) -> None:
        """``adoptions``, oldest first; ``otherwise`` is for questions without one."""
        self._otherwise = otherwise
        self._adopted = list(adoptions)

    def __getitem__(self, question: str) -> Scheduler:
        for adoption in reversed(self._adopted):
            if adoption.questions is None or question in adoption.questions:
                return adoption.scheduler
        return self._otherwise

    def after(self, adoption: Adopted) -> Schedulers:
        """Return what holds once this one is adopted too."""
        return Schedulers(self._otherwise, [*self._adopted, adoption])
