"""``tutor fit``: the schedule's parameters fitted to the learner's own log, beside those that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tutor.cli.output import complain, print_json
from tutor.cli.study import open_library, open_store
from tutor.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tutor.memory.fit import Fit
    from tutor.memory.store import Store
    from tutor.study.library import Library

ROWS = 7
"""Lines of the table of parameters, in three columns."""


class Fitted(NamedTuple):
    """A fit, and what it is for."""

    deck: str | None
    """The id of a deck; None for all questions."""

    questions: list[str] | None
    """The ids of its questions; None for all."""

    fit: Fit

    def value(self, retention: float) -> dict[str, object]:
        """What is adopted: the new parameters if they predict better, or else those that hold."""
        from tutor.memory.adoption import value

        kept = self.fit.after if self.fit.improves else self.fit.before
        return value(kept, retention, self.questions, self.deck)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("--deck", metavar="D", help="only this deck, which then has parameters of its own")
    add(
        "--retention",
        metavar="R",
        type=float,
        help="aim at another probability of remembering, from 0.7 to 0.99",
    )
    add("--adopt", action="store_true", help="schedule by what predicts better, and by the retention if given")
    add("--undo", action="store_true", help="go back to what held before the last adoption")
    add("--json", action="store_true", help="print one JSON object, full precision")


def run(options: argparse.Namespace) -> int:
    """Fit, show, and adopt if that is wanted; exit 1 if it was and there was nothing worth adopting."""
    with open_store() as store:
        if options.undo:
            return _undo(store)
        held = store.scheduler_for("").desired_retention
        retention = held if options.retention is None else options.retention
        found = list(_fits(open_library(), store, options.deck))
        worth = [each for each in found if each.fit.improves or retention != held]
        moves = [_moves(store, each, retention) for each in worth]
        adopted = [store.act("", "adopt", each.value(retention)) for each in worth if options.adopt]
    if options.json:
        print_json(
            {
                "fits": [_row(each) for each in found],
                "retention": retention,
                "moves": [moved for each in moves for moved in each],
                "adopted": adopted,
            }
        )
    else:
        for each in found:
            print(*_told(each), sep="\n")
        for each, moved in zip(worth, moves, strict=True):
            print(*_told_moves(each, moved), sep="\n")
        if worth:
            print(
                "Adopted; 'tutor fit --undo' goes back."
                if adopted
                else "Nothing is changed yet: 'tutor fit --adopt' adopts this, 'tutor fit --undo' goes back."
            )
    if options.adopt and not worth:
        complain("nothing was adopted: the parameters that hold predict as well")
        return 1
    return 0


def _fits(library: Library, store: Store, deck: str | None) -> Iterator[Fitted]:
    """Fit to all questions and to each deck with enough answers, or only to one deck."""
    import numpy as np

    from tutor.memory.fit import LEAST_OF_A_DECK, LEAST_TESTS, fit
    from tutor.memory.statistics.log import read_log

    log = read_log(store.path)
    everything = fit(log, store.scheduler_for("").parameters) if deck is None else None
    if everything:
        yield Fitted(None, None, everything)
    decks = [deck] if deck is not None else list(library.decks) if len(library.decks) > 1 else []
    for each in decks:
        questions = library.questions(each)
        chosen = np.isin(log.questions, questions) if questions else np.zeros(len(log.questions), dtype=bool)
        tests = int(np.sum(chosen[log.question] & ~log.fresh))
        if tests < (LEAST_TESTS if deck else LEAST_OF_A_DECK):
            if deck is not None:
                raise UsageError(f"the deck '{each}' has {tests} answers to learn from; it takes {LEAST_TESTS}")
            continue
        before = store.scheduler_for(questions[0]).parameters
        if everything and everything.improves:
            before = everything.after  # a deck's own must predict better than those for all
        yield Fitted(each, questions, fit(log, before, chosen))


class Moved(NamedTuple):
    """A question that comes back on another day."""

    question: str
    due: str
    then: str


def _moves(store: Store, found: Fitted, retention: float) -> list[dict[str, str]]:
    """What would come back on another day, by question."""
    moved = store.preview_adoption(found.value(retention)).items()
    return [
        Moved(question, now.isoformat(), then.isoformat())._asdict() for question, (now, then) in sorted(moved)
    ]


def _undo(store: Store) -> int:
    """Revoke the last adoption in force."""
    in_force = [act for act in store.acts("") if act.what == "adopt" and not act.revoked]
    if not in_force:
        raise UsageError("nothing was adopted that could be undone: the parameters are those of FSRS-6")
    last = in_force[-1]
    store.revoke(last.id)
    deck = last.value["deck"] if isinstance(last.value, dict) else None
    print(f"The last adoption, for {f'the deck {deck}' if deck else 'all questions'}, is undone.")
    return 0


def _row(found: Fitted) -> dict[str, Any]:
    from tutor.memory.statistics.tables import row

    return {
        "deck": found.deck,
        **row(found.fit),
        "gain": found.fit.gain,
        "improves": found.fit.improves,
    }


def _told(found: Fitted) -> Iterator[str]:
    """Tell what was fitted, and how well it predicts."""
    fit = found.fit
    yield f"{f'The deck {found.deck}' if found.deck else 'All questions'}: {fit.tests:,} answers on later days"
    yield f"  log loss, on {fit.judged:,} answers that came after what was fitted to"
    yield f"    the parameters that hold   {fit.loss_before:.5f}"
    yield f"    fitted to your log         {fit.loss_after:.5f}"
    by = f"by {abs(fit.gain):.5f} ± {1.96 * fit.error:.5f} nats an answer (95 %)"
    verdict = f"better {by}" if fit.improves else f"worse {by}: those that hold are kept"
    yield f"  The new ones predict {verdict}."
    pairs = [
        f"w{n:<3}{old:>8.4f} → {new:<9.4f}"
        for n, (old, new) in enumerate(zip(fit.before, fit.after, strict=True))
    ]
    for line in zip(*(pairs[n : n + ROWS] for n in range(0, len(pairs), ROWS)), strict=True):
        yield f"  {'  '.join(line)}".rstrip()


def _told_moves(found: Fitted, moved: list[dict[str, str]]) -> Iterator[str]:
    """Tell what would move."""
    later = sum(each["then"] > each["due"] for each in moved)
    name = f"the deck {found.deck}" if found.deck else "all questions"
    sooner = len(moved) - later
    yield f"With these for {name}, {len(moved):,} questions move: {later:,} later, {sooner:,} earlier."
