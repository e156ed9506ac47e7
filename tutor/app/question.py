"""The question that waits for its answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from tutor.app.asking import asking_lines
from tutor.app.lab.prompt import Prompt
from tutor.app.page import Heading, StepPage
from tutor.app.question_keys import KEYS, SURE
from tutor.errors import UsageError
from tutor.memory.model import Rating
from tutor.study.session import Session
from tutor.study.steps import Asking
from tutor.study.wording import asked_where, help_taken, what_is_shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.binding import Binding, BindingType

LONGEST_NUMBER = 20


class QuestionPage(StepPage[Asking]):
    """Asks one question, with the hints it was given."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    marked: int | None = None
    """The number of the option that the arrow keys chose."""

    typed: str = ""
    """The number typed so far."""

    def body(self) -> ComposeResult:
        """Yield the text, and a line to write an answer on."""
        yield from super().body()
        yield Prompt()

    def show(self, step: Asking) -> None:
        """Show a question; another one has no option marked, and nothing typed."""
        if step.question != self.step.question:
            self.marked, self.typed = None, ""
        super().show(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the answers that there are, and the experiment only once it was given."""
        question = self.step.question
        match action:
            case "answer":
                offered = parameters[0] in range(1, len(self.step.options) + 1)
            case "type":  # without a number before it, e opens the card
                offered = question.number is not None and (parameters[0] != "e" or bool(self.typed))
            case "erase" | "submit":
                offered = bool(self.typed)
            case "look_up":
                offered = not (self.typed or self.step.self_rated)
            case "mark" | "confirm":
                offered = bool(self.step.options)
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
            case _:
                return super().check_action(action, parameters)
        return offered

    @property
    def newest_is_last(self) -> bool:
        """Whether a hint stands at the end; one who marks options looks at those."""
        return bool(self.step.hints) and self.marked is None

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Name the answers' keys together."""
        if binding.action == "answer(1)":
            return f"1–{len(self.step.options)}", binding.description
        if binding.action == "commit":
            return "Enter", what_is_shown(self.step)
        if binding.action == "judge(1)":
            return "1–4", binding.description
        if binding.action == "feel(1)":
            return " ".join(SURE.values()), binding.description
        if binding.action == "type('0')":
            return "0–9", binding.description
        return super().describe(binding)

    def head(self, heading: Heading) -> None:
        """Say which question of how many, and the help taken."""
        step = self.step
        heading.show(step.card.title, help_taken(step), asked_where(step))

    def lines(self) -> list[RenderableType]:
        """Return the question as text."""
        return asking_lines(self.step, self.marked, self.typed)

    def action_answer(self, number: int) -> None:
        """Answer with the option of this number."""
        self.app.act(partial(Session.answer, given=str(number)))

    def action_mark(self, step: int) -> None:
        """Mark the next option, or the one before; the ends meet."""
        options = len(self.step.options)
        before = self.marked or (0 if step > 0 else options + 1)
        self.marked = (before + step - 1) % options + 1
        self.show(self.step)
        self.query_one("#body").scroll_home(animate=False)

    def action_confirm(self) -> None:
        """Answer with the marked option."""
        if self.marked is None:
            raise UsageError("Answer with 1, 2, …, or mark an option with ↑ ↓ first")
        self.action_answer(self.marked)

    def action_type(self, sign: str) -> None:
        """Add a sign to the number."""
        self._retype((self.typed + sign)[:LONGEST_NUMBER])

    def action_erase(self) -> None:
        """Take the last sign back."""
        self._retype(self.typed[:-1])

    def _retype(self, typed: str) -> None:
        self.typed = typed
        self.show(self.step)

    def action_submit(self) -> None:
        """Answer with the number."""
        self.app.act(partial(Session.answer, given=self.typed))

    def action_commit(self) -> None:
        """Show more, now that the learner has an answer in mind."""
        self.app.act(Session.commit)

    def action_write(self) -> None:
        """Let the learner write the answer down first."""
        self.query_one(Prompt).ask("Your answer:", "", self._write)

    def _write(self, written: str) -> None:
        self.app.act(partial(Session.commit, written=written))

    def action_put_away(self) -> None:
        """Leave the line that was to be written."""
        self.query_one(Prompt).put_away()

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
        self.marked = None
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
