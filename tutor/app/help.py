"""Every key of the screen below, and what it does."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading
from tutor.app.prose import blank, hanging
from tutor.app.scrolled import ScrolledPage
from tutor.study.standing import SIGNS, Standing

STANDINGS: dict[Standing, str] = {
    "due": "due: asked today",
    "learned": "learned: it comes back on its day",
    "reading": "begun: some of its questions are still to come",
    "new": "new",
    "waiting": "waits until the cards that it requires are known for a week",
    "held": "left out: suspended, or buried until a later day",
}


class HelpPage(ScrolledPage):
    """Lists the keys that were active when it was opened, and the signs of the first screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q,question_mark", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def on_mount(self) -> None:
        self.query_one(Heading).show("Keys", "of the screen you came from")
        signs = [(SIGNS[standing], words) for standing, words in STANDINGS.items()]
        keys, meanings = (hanging((sign, Text(words)) for sign, words in told) for told in (self._keys, signs))
        self.write(Group(keys, blank(), meanings))
