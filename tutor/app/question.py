"""The question that waits for its answer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from tutor.app.answering import Answering
from tutor.app.asking import asking_lines
from tutor.app.lab.prompt import Prompt
from tutor.app.question_keys import KEYS, SURE, TYPING
from tutor.memory.model import Rating
from tutor.study.session import Session
from tutor.study.wording import asked_where, help_taken

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.binding import Binding, BindingType

    from tutor.app.page import Heading


class QuestionPage(Answering):
    """Asks one question, with the hints it was given."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now: while an answer is written nothing else."""
        if self.typing:
            return action == "put_away"
        answering = self.offers(action, parameters)
        if answering is not None:
            return answering
        match action:
            case "look_up":
                offered = not (self.step.question.number and self.draft.typed) and not self.step.self_rated
            case "commit" | "write":
                offered = self.step.waits
            case "judge":
                offered = self.step.self_rated
            case "feel" | "give_up":
                offered = not self.step.self_rated
            case "hint":
                offered = self.step.next_hint is not None
            case "run":
                offered = any(hint.kind == "experiment" for hint in self.step.hints)
            case "put_away":
                offered = False
            case _:
                return super().check_action(action, parameters)
        return offered

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Name the answers' keys together."""
        step, words = self.step, binding.description
        if self.typing and binding.key in TYPING:
            return TYPING[binding.key] if step.gap else super().describe(binding)
        named = {
            "answer(1)": (f"1–{len(step.options)}", "choose" if step.several else words),
            "commit": ("Enter", "show it"),
            "judge(1)": ("1–4", words),
            "feel(1)": (" ".join(SURE.values()), words),
            "type('0')": ("0–9", words),
        }
        return named.get(binding.action) or super().describe(binding)

    def head(self, heading: Heading) -> None:
        """Say which question of how many, and the help taken."""
        step = self.step
        heading.show(step.card.title, help_taken(step), asked_where(step))

    def lines(self) -> list[RenderableType]:
        """Return the question as text."""
        return asking_lines(self.step, self.draft, typing=self.typing)

    def action_commit(self) -> None:
        """Show more, now that the learner has an answer in mind."""
        self.app.act(Session.commit)

    def action_write(self) -> None:
        """Let the learner write the answer down first."""
        self.query_one(Prompt).ask("Your answer:", "", self._write)
        self.show(self.step)

    def _write(self, written: str) -> None:
        self.app.act(partial(Session.commit, written=written))

    def action_judge(self, rating: int) -> None:
        """Count the answer as the learner rates it."""
        self.app.act(partial(Session.judge, rating=Rating(rating)))

    def action_feel(self, confidence: int) -> None:
        """Note how sure the learner is."""
        self.app.act(partial(Session.feel, confidence=confidence))

    def action_history(self) -> None:
        """Show all that happened to the question."""
        self.app.open_history(self.step.question.id)

    def action_give_up(self) -> None:
        """Have the answer shown."""
        self.app.act(partial(Session.answer, given=None))

    def action_hint(self) -> None:
        """Take the next hint, and run the experiment at once if it is that."""
        offered = self.step.next_hint
        self.draft = replace(self.draft, marked=None)
        self.app.act(Session.hint)
        if offered and offered.kind == "experiment":
            self.action_run()

    def action_run(self) -> None:
        """Run the question's experiment."""
        self.app.run_experiment(self.step.question)

    def action_look_up(self) -> None:
        """Open the card at the paragraph that the question comes from."""
        self.app.act(Session.look_up)
        self.app.browse(self.step.card, self.step.question.paragraph)
