"""What the learner is shown at a place of the session."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.errors import DeckError
from tutor.study.bookmarks import paragraphs_read
from tutor.study.hints import ladder
from tutor.study.maturing import asked_as, form_of
from tutor.study.predict import drawn, fresh_seed
from tutor.study.returns import returns_after, returns_before
from tutor.study.steps import Asking, Feedback, Finished, Reading, Result, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.config import Settings
    from tutor.memory.store import Store
    from tutor.study.library import Library
    from tutor.study.place import Place


def current_step(place: Place, library: Library, store: Store, settings: Settings) -> Step:
    """Return the step at ``place``. Raises DeckError if its card can't be read."""
    if place.feedback:
        return _feedback(place, library, store, settings)
    left = len(place.queue)
    if left and not time_is_up(place, settings):
        return _asking(place, library, store, settings)
    return Finished(tuple(_results(place, library, store)), store.today(), left)


def time_is_up(place: Place, settings: Settings) -> bool:
    """Whether the learner has answered for as long as a sitting is to take."""
    return bool(settings.minutes) and place.spent - place.box >= settings.minutes * 60_000


def _feedback(place: Place, library: Library, store: Store, settings: Settings) -> Feedback:
    last = place.answered[-1]
    card, question = library.question(last.asked.question)
    review = store.review(last.review)
    assert review is not None
    state = store.state(question.id)
    return Feedback(
        card,
        drawn(asked_as(card, question, review.kind), review.seed),
        review,
        {} if review.practice else returns_after(store, review, state),
        leech=not review.practice
        and state is not None
        and state.learning
        and state.lapses >= settings.leech_lapses,
        lapses=state.lapses if state else 0,
    )


def _asking(place: Place, library: Library, store: Store, settings: Settings) -> Reading | Asking:
    asked = place.queue[0]
    card, question = library.question(asked.question)
    state = store.state(question.id)
    reached = paragraphs_read(store, card.id)
    if state is None and reached < len(card.paragraphs):
        return Reading(card, reached)
    if state is not None and state.learning and state.lapses >= settings.leech_lapses and not asked.reread:
        return Reading(card, question.paragraph, leech=state)
    form = form_of(card, question, state)
    question = asked_as(card, question, form)
    seed = fresh_seed(question, store, shuffle=settings.shuffle) if asked.seed is None else asked.seed
    instance = drawn(question, seed)
    steps = ladder(instance if form == "open" else replace(instance, options=()))
    self_rated = form == "recall" and asked.committed
    practice = place.scope.mode == "cram"
    questions = place.questions
    return Asking(
        card,
        instance,
        number=questions.index(question.id) + 1,
        total=len(questions),
        today=store.today(),
        state=state,
        hints=steps[: asked.hints],
        next_hint=steps[asked.hints] if asked.hints < len(steps) and not self_rated else None,
        looked_up=asked.looked_up,
        seed=seed,
        form=form,
        committed=asked.committed,
        written=asked.written,
        confidence=asked.confidence,
        practice=practice,
        returns=returns_before(store, question.id, state, settings.easy_days)
        if self_rated and not practice
        else {},
    )


def _results(place: Place, library: Library, store: Store) -> Iterator[Result]:
    for id_ in dict.fromkeys(entry.asked.question for entry in place.answered):
        state = store.state(id_)
        if state is not None:
            with suppress(DeckError):  # its card's file was broken or removed meanwhile
                yield Result(library.question(id_)[1], state)
