"""What the learner is shown at a place of the session."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.errors import DeckError
from tutor.study.bookmarks import paragraphs_read
from tutor.study.hints import ladder
from tutor.study.predict import drawn, fresh_seed
from tutor.study.steps import Asking, Feedback, Finished, Reading, Result, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.place import Place


def current_step(place: Place, library: Library, store: Store) -> Step:
    """Return the step at ``place``. Raises DeckError if its card can't be read."""
    if place.feedback:
        return _feedback(place, library, store)
    if place.queue:
        return _asking(place, library, store)
    return Finished(tuple(_results(place, library, store)), store.today())


def _feedback(place: Place, library: Library, store: Store) -> Feedback:
    last = place.answered[-1]
    card, question = library.question(last.asked.question)
    review = next(review for review in store.reviews(question.id) if review.id == last.review)
    return Feedback(card, drawn(question, review.seed), review, store.preview(review))


def _asking(place: Place, library: Library, store: Store) -> Reading | Asking:
    asked = place.queue[0]
    card, question = library.question(asked.question)
    state = store.state(question.id)
    reached = paragraphs_read(store, card.id)
    if state is None and reached < len(card.paragraphs):
        return Reading(card, reached)
    seed = fresh_seed(question, store) if asked.seed is None else asked.seed
    instance = drawn(question, seed)
    steps = ladder(instance)
    return Asking(
        card,
        instance,
        number=place.questions.index(question.id) + 1,
        total=len(place.questions),
        state=state,
        hints=steps[: asked.hints],
        next_hint=steps[asked.hints] if asked.hints < len(steps) else None,
        looked_up=asked.looked_up,
        seed=seed,
    )


def _results(place: Place, library: Library, store: Store) -> Iterator[Result]:
    states = store.states()
    for id_ in dict.fromkeys(entry.asked.question for entry in place.answered):
        if id_ in states:
            with suppress(DeckError):  # its card's file was broken or removed meanwhile
                yield Result(library.question(id_)[1], states[id_])
