"""What the last line and the help say is true, and no keys, however fast, do harm."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import sits_down
from tests.desk import study
from tutor.app.app import TutorApp
from tutor.app.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.conftest import Sitting
    from tests.desk import Desk
    from tutor.study.session import Session


def with_all_hints(session: Session) -> None:
    session.read(4)
    for _ in range(5):
        session.hint()


def at_the_feedback(session: Session) -> None:
    session.read(4)
    session.answer("3")


def at_the_second_question(session: Session) -> None:
    study(session, "3")


def done(session: Session) -> None:
    study(session, "3", "2", "4", "1")


PLACES: dict[str, tuple[Callable[[Session], None] | None, tuple[str, ...]]] = {
    "today": (None, ("q",)),
    "lesson": (None, ("enter",)),
    "map": (None, ("q", "m")),
    "about": (None, ("c",)),
    "second question": (at_the_second_question, ()),
    "question, with all hints": (with_all_hints, ()),
    "feedback": (at_the_feedback, ()),
    "run": (at_the_feedback, ("r",)),
    "done": (done, ()),
    "questions": (at_the_second_question, ("q", "i")),
    "history": (at_the_second_question, ("q", "i", "enter")),
    "search, among the results": (at_the_second_question, ("q", "slash", "down")),
    "help": (done, ("question_mark",)),
}
"""What leads to each place of the app: what was done in the session, and keys from where it was left."""

MAY_DO_NOTHING = {
    "suspend_process",  # the end-to-end tests see to it
    *("scroll", "cursor_up", "cursor_down", "page_up", "page_down", "first", "last"),  # at the end already
}


def page(at: Sitting) -> Page:
    """The screen that is shown."""
    shown = at.app.screen
    assert isinstance(shown, Page)
    return shown


TRIED: set[tuple[type, str]] = set()
"""The actions that some place has shown to work, by page or app: to try one takes time."""


def offered(at: Sitting) -> dict[str, str]:
    """Each action that is offered now, by its first key."""
    keys: dict[str, str] = {}
    for key, active in page(at).active_bindings.items():
        action = active.binding.action
        if active.enabled and active.binding.description and action.partition("(")[0] not in MAY_DO_NOTHING:
            keys.setdefault(action, key)
    return {key: action for action, key in keys.items()}


@pytest.mark.parametrize("place", PLACES)
async def test_the_keys_that_are_offered_are_the_ones_that_work(place: str, bundled: Desk) -> None:
    lead, keys = PLACES[place]
    session = bundled.session()
    if lead:
        lead(session)
    store = bundled.folder / "store.db"
    kept = store.read_bytes()

    async with sits_down(bundled, size=(80, 40)) as at:
        await at.press(*keys)
        listed, in_last_line = page(at).keys(shown=False), page(at).keys(shown=True)
        await at.sees(*(f"{key} {words}" for key, words in in_last_line))
        assert {key for key, _ in in_last_line} <= {key for key, _ in listed}
        to_try, shown = offered(at), type(page(at))
        if place != "help":
            assert to_try.pop("question_mark") == "app.help"
            await at.press("question_mark")
            await at.sees("Keys", *(f"{key} {words}" for key, words in listed))

    for key, action in to_try.items():
        tried = TutorApp if action.startswith("app.") else shown, action
        if tried in TRIED:
            continue
        TRIED.add(tried)
        store.write_bytes(kept)
        async with sits_down(bundled) as at:
            await at.press(*keys)
            before = at.app.screen, at.text
            await at.press(key)
            await at.until(
                lambda: not at.app.is_running or (at.app.screen, at.text) != before,  # noqa: B023
                f"{key} does nothing",
            )


@pytest.mark.parametrize("after", ["r", "question_mark", "enter", "q"])
async def test_keys_after_the_last_one_do_no_harm(after: str, bundled: Desk) -> None:
    async with sits_down(bundled, start=False) as at:
        at.app.simulate_key("q")
        at.app.simulate_key(after)
        await at.until(lambda: not at.app.is_running, "it stays")


@pytest.mark.parametrize("seed", range(2))
async def test_keys_typed_ahead_do_no_harm(seed: int, bundled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a slow link many keys arrive at once, before the screens that they lead to."""
    draw = Random(seed)
    names = [
        *"1234adhrxeuqtblocm",
        *["enter"] * 5,
        "question_mark",
        "space",
        "left",
        "right",
        "up",
        "down",
        "escape",
    ]
    bundled.session().read(4)
    async with sits_down(bundled) as at:
        monkeypatch.setattr(at.app, "exit", lambda: None)
        for _ in range(25):
            for name in draw.choices(names, k=draw.randint(1, 6)):
                at.app.simulate_key(name)
                if draw.random() < 0.5:
                    await asyncio.sleep(0)
            for _ in range(draw.randint(0, 2)):
                await at.pilot.pause(0.001)
        await at.press(*["f1"] * 5)  # does nothing, but comes last
    states = bundled.store().states()
    bundled.store().rebuild()
    assert bundled.store().states() == states
