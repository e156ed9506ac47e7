"""The question that waits for its answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading, StepPage
from tutor.app.prose import blank, hanging, prose, quoted
from tutor.errors import UsageError
from tutor.study.session import Session
from tutor.study.steps import Asking
from tutor.study.wording import help_taken, number_asked

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tutor.study.hints import Hint

MOST_OPTIONS = 9
LETTERED = "abcd"
TYPED = {**{digit: digit for digit in "0123456789"}, "full_stop": ".", "minus": "-", "e": "e"}
"""The keys that a number is typed with, and what they type."""

LONGEST_NUMBER = 20


def _answer_binding(number: int) -> Binding:
    letter = f",{LETTERED[number - 1]}" if number <= len(LETTERED) else ""
    return Binding(f"{number}{letter}", f"answer({number})", "answer" if number == 1 else "")


class QuestionPage(StepPage[Asking]):
    """Asks one question, with the hints it was given."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_answer_binding, range(1, MOST_OPTIONS + 1)),
        *(
            Binding(
                key, f"type('{sign}')", "type" if sign == "0" else "", tooltip="a number, such as 0.08 or 8e-2"
            )
            for key, sign in TYPED.items()
            if key != "e"
        ),
        Binding("backspace", "erase", "erase", show=False, tooltip="take back the last sign"),
        Binding("enter", "submit", "answer", key_display="Enter", tooltip="answer with the number typed"),
        Binding("down", "mark(1)", "mark an option, which Enter answers with", show=False, key_display="↑↓"),
        Binding("up", "mark(-1)", show=False),
        Binding("enter,space", "confirm", show=False),
        Binding("h", "hint", "hint", tooltip="the next hint; a right answer then counts as Hard"),
        Binding("r", "run", "run it", tooltip="the experiment that the last hint gave"),
        Binding("x", "give_up", "give up", tooltip="show the answer; the question comes back in this session"),
        Binding("e", "look_up", "card", tooltip="read the card; this counts as a hint"),
        Binding("e", "type('e')", ""),  # down here, or e would be named before the other keys
        Binding("u", "app.undo", "undo", tooltip="take back the last answer"),
    ]

    marked: int | None = None
    """The number of the option that the arrow keys chose."""

    typed: str = ""
    """The number typed so far."""

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
                offered = parameters[0] in range(1, len(question.options) + 1)
            case "type":  # without a number before it, e opens the card
                offered = question.number is not None and (parameters[0] != "e" or bool(self.typed))
            case "erase" | "submit":
                offered = bool(self.typed)
            case "look_up":
                offered = not self.typed
            case "mark" | "confirm":
                offered = bool(question.options)
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
            return f"1–{len(self.step.question.options)}", binding.description
        if binding.action == "type('0')":
            return "0–9", binding.description
        return super().describe(binding)

    def head(self, heading: Heading) -> None:
        """Say which question of how many, and the help taken."""
        step = self.step
        again = ", again" if step.repeated else ""
        heading.show(f"{step.card.title} · question {step.number} of {step.total}{again}", help_taken(step))

    def lines(self) -> list[RenderableType]:
        """Return the question, its options, and below them the hints."""
        step = self.step
        struck = {hint.option for hint in step.hints if hint.kind == "strike"}
        rows = [
            (
                f"{'▸' if n + 1 == self.marked else ' '} {n + 1}",
                prose(option.text, "strike dim" if n in struck else ""),
            )
            for n, option in enumerate(step.question.options)
        ]
        lines: list[RenderableType] = [prose(step.question.text, "bold"), blank(), hanging(rows), blank()]
        number = step.question.number
        if number:
            line = Text.assemble("Your answer:  ", (f"{self.typed}▏", "bold"), number.unit)
            lines[2:] = [line, Text(number_asked(number), "dim"), blank()]
        for hint in step.hints:
            lines += [self._hint(hint), blank()]
        if step.next_hint:
            lines.append(Text(f"h  {step.next_hint.offer}", "dim"))
        return lines

    def _hint(self, hint: Hint) -> RenderableType:
        step = self.step
        if hint.kind == "passage":
            paragraph = step.card.paragraphs[step.question.paragraph].text
            return hanging([("The card", quoted(paragraph, hint.text))])
        if hint.kind == "strike" and hint.option is not None:
            return hanging([(f"Not {hint.option + 1}", prose(hint.text))])
        if hint.kind == "experiment":
            return hanging([("Run it", Text("r shows the experiment that settles it"))])
        return hanging([("Hint", prose(hint.text))])

    def action_answer(self, number: int) -> None:
        """Answer with the option of this number."""
        self.app.act(partial(Session.answer, given=str(number)))

    def action_mark(self, step: int) -> None:
        """Mark the next option, or the one before; the ends meet."""
        options = len(self.step.question.options)
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
