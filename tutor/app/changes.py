"""What changes under the app, cards and acts; each page takes it in when it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.app.beside import Beside
from tutor.app.lesson import Lesson
from tutor.app.page import Page, StepPage
from tutor.errors import TutorError
from tutor.study.session import Session
from tutor.study.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable


class Changes(Beside):
    """Keeps the pages in step with the decks and the store."""

    def act(self, action: Callable[[Session], None]) -> None:
        """Let the learner's action change the session, and show where that leads."""
        raise NotImplementedError

    def take_in(self) -> None:
        """Let every page take in what was changed from beside, once it is on the screen."""
        for page in self.screen_stack:
            if isinstance(page, Page):
                page.stale = True
        self.catch_up()

    def catch_up(self) -> None:
        """Let the page on the screen take in what was changed from beside."""
        page = self.screen
        if not isinstance(page, Lesson | StepPage):
            return
        page.stale = False
        if isinstance(page, Lesson):
            try:
                card = self.library.card(page.card.id)
            except TutorError:  # told when it was broken; until it is mended it is shown as it was
                return
            if not page.questions_follow:
                page.renew(card)
                return
        self.act(Session.refresh)

    def edit(self, path: str, line: int) -> None:
        """Open a card's file in the learner's editor, and show what was changed there."""
        from tutor.app.editing import edit, first_of

        edit(self, path, line)
        self.library.reload()
        self.tell(first_of(path, self.library.problems))
        self.take_in()

    def tell(self, problems: list[str]) -> None:
        """Tell what is wrong with the decks in one notice, so that it hides little of the screen."""
        if problems:
            others = f"; and {counted(len(problems) - 1, 'more problem')}: see 'tutor cards'."
            text = problems[0] + others * (len(problems) > 1)
            self.notify(text, title="A card is left out", severity="warning", markup=False)
