from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tutor.app.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Callable


class Owner:
    """Runs what it is given when it is told."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def run_worker(self, work: Callable[[], None], *, thread: bool) -> None:
        assert thread
        self.work.append(work)


def test_of_what_is_asked_meanwhile_only_the_last_is_answered() -> None:
    owner = Owner()
    answered: list[str] = []

    def answer(what: str) -> None:
        answered.append(what)
        if what == "a":
            for letter in "bcd":
                latest.ask(letter)

    latest = Latest(cast("Any", owner), answer)
    latest.ask("a")
    assert answered == []
    owner.work.pop()()
    assert answered == ["a", "d"]
    assert owner.work == []
    latest.ask("e")
    owner.work.pop()()
    assert answered == ["a", "d", "e"]
