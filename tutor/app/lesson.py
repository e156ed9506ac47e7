"""The card's text, paragraph by paragraph, with the experiment of each beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.app.experiment import ExperimentView
from tutor.app.long import LongView, show_figure
from tutor.app.page import Heading, Page
from tutor.app.prose import prose
from tutor.decks.documents import paragraph_line
from tutor.decks.read import read
from tutor.study.unclear import questions_of
from tutor.study.wording import facts, rests_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tutor.decks.model import Card


UNCLEAR = "?"
"""Marks a paragraph that is not clear."""


class Lesson(Page):
    """Shows one paragraph of a card; ``go_to`` is called with the index of the one that the learner wants.

    That index may be the number of paragraphs, when the card has been read. The owner answers with ``show``.
    ``questions_follow`` tells whether that leads on to the card's questions.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "step(1)",
            "next",
            key_display="Enter",
            tooltip="the next paragraph, then the questions",
        ),
        Binding("backspace,b", "step(-1)", "back", key_display="b", tooltip="the paragraph before"),
        Binding("down", "scroll(1)", "scroll the text", show=False, key_display="↑↓"),
        Binding("up", "scroll(-1)", show=False),
        Binding("o", "lab", "lab", tooltip="open the figure in the lab"),
        Binding("t", "skip", "questions", tooltip="go straight to the questions"),
        Binding("x", "unclear", "not clear", tooltip="mark it as not clear, so that its questions come sooner"),
        Binding(
            "c",
            "about",
            "card",
            show=False,
            tooltip="approvals, sources and videos of the card, and the cards around it",
        ),
        Binding("slash", "app.find", "search", show=False, key_display="/", tooltip="search the cards"),
        Binding("E", "edit", "edit", show=False, tooltip="edit this paragraph in your $EDITOR"),
        Binding("q,escape", "app.leave", "leave", key_display="q", tooltip="leave; your place is kept"),
    ]

    AUTO_FOCUS = ""  # a figure that isn't there has no keys

    def __init__(
        self,
        card: Card,
        paragraph: int,
        go_to: Callable[[int], None],
        mark: Callable[[int], None],
        *,
        questions_follow: bool,
        note: str = "",
    ) -> None:
        """``mark`` marks a paragraph as not clear, or takes that back; ``note`` says why the text is shown."""
        super().__init__()
        self._note = note
        self.questions_follow = questions_follow
        self.card = card
        self._paragraph = paragraph
        self._go_to = go_to
        self._unclear = False
        self._drawn: int | None = None
        self._mark = mark

    def body(self) -> ComposeResult:
        """Yield the text and the figure, side by side where there is room."""
        with Horizontal(id="lesson"):
            with VerticalScroll(id="text", can_focus=False):
                yield Static(id="paragraph", markup=False)
            yield ExperimentView()
            yield LongView()

    def on_mount(self) -> None:
        self.app.attempt(partial(self.show, self._paragraph))

    def show(self, paragraph: int) -> None:
        """Show the paragraph with this index, and its experiment."""
        self._paragraph = paragraph
        total = len(self.card.paragraphs)
        unclear = self.app.unclear(self.card)
        self._unclear = paragraph in unclear
        bar = "".join(UNCLEAR if n in unclear else "■" if n <= paragraph else "□" for n in range(total))
        self.query_one(Heading).show(self.card.title, f"¶ {paragraph + 1} of {total}  {bar}")
        shown = self.card.paragraphs[paragraph]
        text = Content.from_rich_text(prose(shown.text))
        if paragraph == 0:
            text = Content("\n").join(
                [text, Content(), *(Content.styled(fact, "dim") for fact in facts(self.card))]
            )
        marked = [f"{UNCLEAR} Not clear yet: its questions come sooner."] if self._unclear else []
        if paragraph == total - 1 and rests_on(self.card):
            around = f"c  more of this card: {rests_on(self.card)}"
            text = Content("\n").join([text, Content(), Content.styled(around, "dim")])
        for note in filter(None, (*marked, self._note)):
            text = Content("\n").join([Content.styled(note, "bold"), Content(), text])
        self.query_one("#paragraph", Static).update(text)
        if paragraph != self._drawn:  # one that was only marked keeps its rate
            self.query_one("#text").scroll_home(animate=False)
            show_figure(self, shown.experiment)
            self._drawn = paragraph
        self.refresh_bindings()

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Say what marking does to a paragraph that is marked."""
        if binding.action == "unclear" and self._unclear:
            return "x", "clear now"
        return super().describe(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go back, to the questions, to the lab, and to scroll, only where that leads somewhere."""
        if action == "lab":
            return self.card.paragraphs[self._paragraph].experiment is not None
        if action == "unclear":
            return bool(questions_of(self.card, self._paragraph))
        if action == "skip":
            return self.questions_follow and not self._note
        if action == "scroll":
            return self.query_one("#text").max_scroll_y > 0
        return parameters != (-1,) or action != "step" or (self._paragraph > 0 and not self._note)

    def action_step(self, step: int) -> None:
        """Go to the paragraph before or after."""
        self._go_to(self._paragraph + step)

    def action_lab(self) -> None:
        """Open the figure in the lab, at the rate that it is turned to."""
        block = self.card.paragraphs[self._paragraph].experiment
        if block:
            self.app.take_to_lab(block, self.query_one(ExperimentView).rate)

    def action_unclear(self) -> None:
        """Mark the paragraph as not clear, or take that back."""
        self._mark(self._paragraph)

    def action_about(self) -> None:
        """Show what there is around the card."""
        self.app.open_about(self.card)

    def action_skip(self) -> None:
        """Go to the end of the text."""
        self._go_to(len(self.card.paragraphs))

    def action_edit(self) -> None:
        """Edit the card's file at the paragraph."""
        path = self.card.path
        self.app.edit(str(path), paragraph_line(self.card, self._paragraph, read(path)))

    def renew(self, card: Card) -> None:
        """Show the card anew, whose file has changed, at the same place if it is still there."""
        self.card = card
        self._drawn = None
        self.show(min(self._paragraph, len(card.paragraphs) - 1))

    def action_scroll(self, rows: int) -> None:
        """Scroll the text, where it is longer than the screen."""
        self.query_one("#text").scroll_relative(y=rows, animate=False)
