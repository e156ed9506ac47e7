"""A learner's desk: small decks, a store and a clock that stands still, all in one folder."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tutor.config import Settings
from tutor.decks.folders import scan
from tutor.decks.index import index
from tutor.memory.clock import Moment
from tutor.memory.model import Rating
from tutor.memory.store import Store
from tutor.study.bookmarks import SESSION
from tutor.study.library import Library
from tutor.study.plan import Scope
from tutor.study.session import Session
from tutor.study.steps import Asking, Feedback, Finished, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.study.plan import Mode

NOON = Moment(1_795_435_200_000, 0)  # 2026-11-23T12:00Z
MINUTE = 60_000
DAY = 24 * 60 * MINUTE

FRONT = """\
---
id: {id}
title: "The card {id}"
topic: Hills
difficulty: Beginner
author: Ada
created: 2026-06-01T06:20:00Z
---
"""

PARAGRAPH = """
Paragraph {n} of {id} says that a slope points uphill.
"""

QUESTION = """
### Question {n} {{#{id}}}

What does {id} ask?

- [ ] wrong one

  It leads nowhere.

- [x] right one

  It is what the card says.

- [ ] other wrong one

  It leads elsewhere.

1. Think of {id}.

> a slope points uphill.
{experiment}"""

EXPERIMENT = """
```experiment
kind = "descent"
objective = "quadratic"
rate = 0.05
steps = 20
```
"""

WRONG, RIGHT = "1", "2"


def card_text(
    card: str,
    *questions: str,
    paragraphs: int = 2,
    experiment: str = EXPERIMENT,
    requires: tuple[str, ...] = (),
) -> str:
    """Write a card; the second of the three options is right, and four hints lead to it."""
    front = FRONT.format(id=card)
    if requires:
        front = front.replace("topic:", f"requires: [{', '.join(requires)}]\ntopic:")
    return (
        front
        + "".join(PARAGRAPH.format(n=n, id=card) for n in range(1, paragraphs + 1))
        + "\n## Tasks\n"
        + "".join(QUESTION.format(n=n, id=q, experiment=experiment) for n, q in enumerate(questions, 1))
    )


def any_experiment(fence: str, settings: Mapping[str, object]) -> None:
    """Stand in for the lab, which these tests needn't import."""


@cache
def _empty_store() -> bytes:
    """A new store's file; to make one takes the disk its time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        Store(str(path)).close()
        return path.read_bytes()


@dataclass
class Desk:
    """Decks in ``folder/decks``, a store beside them, and a clock to turn."""

    folder: Path
    now: Moment = NOON
    tick: int = 0
    """Milliseconds by which the clock goes on whenever it is read."""

    settings: Settings = Settings(shuffle=False)  # noqa: RUF009 - it is immutable
    """What the learner has set; the second option stays the right one."""

    stores: list[Store] = field(default_factory=list)
    shelf: tuple[object, Library] | None = None

    def write(
        self,
        card: str,
        *questions: str,
        deck: str = "hills",
        paragraphs: int = 2,
        requires: tuple[str, ...] = (),
    ) -> Path:
        """Put a card into a deck."""
        path = self.folder / "decks" / deck / f"{card}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(card_text(card, *questions, paragraphs=paragraphs, requires=requires), encoding="utf-8")
        return path

    def wait(self, days: int = 0, ms: int = 0) -> None:
        """Let time pass, or go back."""
        self.now = self.now._replace(ms=self.now.ms + days * DAY + ms)

    def clock(self) -> Moment:
        """What the clock says."""
        self.wait(ms=self.tick)
        return self.now

    def library(self) -> Library:
        """Read the decks."""
        again = partial(index, self.roots, str(self.folder / "index.json"), any_experiment)
        return Library(again(), again)

    def library_again(self) -> Library:
        """What ``library`` returned last, if the decks are as they were; it saves reading them."""
        found = scan(self.roots)
        if self.shelf is None or self.shelf[0] != found:
            self.shelf = found, self.library()
        return self.shelf[1]

    @property
    def roots(self) -> list[str]:
        """Where the decks are."""
        return [str(self.folder / "decks")]

    def store(self) -> Store:
        """Open the store."""
        path = self.folder / "store.db"
        if not path.exists():
            path.write_bytes(_empty_store())
        store = Store(str(path), clock=self.clock)
        database = store._db
        assert isinstance(database, sqlite3.Connection)
        database.execute("PRAGMA synchronous = OFF")
        self.stores.append(store)
        return store

    def session(
        self,
        deck: str | None = None,
        limit: int | None = None,
        library: Library | None = None,
        *,
        mode: Mode = "today",
        days: int = 0,
    ) -> Session:
        """Sit down to study, as in a process of its own."""
        scope = Scope(deck, limit, mode, days)
        return Session(library or self.library_again(), self.store(), self.clock, scope, self.settings)

    def session_on(self, store: Store) -> Session:
        """Sit down to study with a store that is open already."""
        return Session(self.library_again(), store, self.clock, Scope(), self.settings)

    def close(self) -> None:
        """Close the stores."""
        for store in self.stores:
            store.close()


def asking(session: Session) -> Asking:
    """The question that waits for its answer, its card read if need be."""
    if isinstance(session.step, Reading):
        session.read(len(session.step.card.paragraphs))
    assert isinstance(session.step, Asking), session.step
    return session.step


def asked(session: Session) -> str:
    """The id of that question."""
    return asking(session).question.id


def answer(session: Session, given: str | None = RIGHT) -> Feedback:
    """Answer what is asked, and stay at the feedback."""
    asked(session)
    session.answer(given)
    assert isinstance(session.step, Feedback)
    return session.step


def study(session: Session, *answers: str | None) -> list[str]:
    """Give these answers and go on after each; return the questions that were asked.

    Where more is shown only to one who has an answer, it is; one's own answer counts as Good if it is right.
    """
    questions = []
    for given in answers:
        questions.append(asked(session))
        assert isinstance(session.step, Asking)
        if session.step.waits:
            session.commit()
        if session.step.self_rated:
            session.judge(Rating.GOOD if given == RIGHT else Rating.AGAIN)
        else:
            answer(session, given)
            session.next()
    return questions


def finish(session: Session) -> Finished:
    """Answer all that is left rightly."""
    while not isinstance(session.step, Finished):
        if isinstance(session.step, Feedback):
            session.next()
        else:
            study(session, RIGHT)
    return session.step


def ask_all(session: Session) -> list[str]:
    """Answer all that is left rightly, and return the questions of the session."""
    return [result.question.id for result in finish(session).results]


def make_known(desk: Desk, question: str, stability: float) -> None:
    """Let a question be known so well, by good answers on the days it was due, and let it be due."""
    while True:
        state = desk.store().state(question)
        if state is not None and state.stability >= stability:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
            return
        if state is not None:
            desk.wait(days=max(0, (state.due - desk.store().today()).days))
        finish(desk.session())


def lose_the_bookmark(session: Session, action: Callable[[], None]) -> None:
    """Let the session do something, and the bookmark be what it was before, as after a store was merged."""
    store = session._store
    before = store.bookmark(SESSION)
    action()
    store.set_bookmark(SESSION, before)
