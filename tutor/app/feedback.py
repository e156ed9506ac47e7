"""What the answer was worth, why each option is right or wrong, and when the question comes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tutor.app.page import Heading, StepPage
from tutor.app.prose import blank, hanging, prose
from tutor.memory.model import Rating
from tutor.study.session import Session
from tutor.study.steps import Feedback
from tutor.study.telling import entries, judged
from tutor.study.wording import PRACTISED, RATINGS, comes_back, forgotten, span

if TYPE_CHECKING:
    from rich.console import RenderableType


class FeedbackPage(StepPage[Feedback]):
    """Explains one answer, and lets its rating be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("enter,space", "next", "next", key_display="Enter"),
        Binding("r", "run", "run it", tooltip="run the experiment that settles the question"),
        *(
            Binding(
                str(int(rating)),
                f"rate({int(rating)})",
                "rating" if rating is Rating.AGAIN else "",
                tooltip="let the answer count as Again, Hard, Good or Easy",
            )
            for rating in Rating
        ),
        Binding("e", "read", "card", tooltip="read the card"),
        Binding("i", "history", "history", tooltip="all that happened to this question"),
        Binding("u", "app.undo", "undo", tooltip="take the answer back"),
        Binding("U", "app.redo", "redo", show=False, tooltip="give the answer again that was taken back"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to run the experiment only if the question has one."""
        if action == "run":
            return self.step.question.experiment is not None
        if action == "rate":
            return bool(self.step.returns)
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> tuple[str, str]:
        """Name the ratings' keys together."""
        return ("1–4", binding.description) if binding.action == "rate(1)" else super().describe(binding)

    def head(self, heading: Heading) -> None:
        """Say where the question comes from."""
        heading.show(self.step.card.title)

    def lines(self) -> list[RenderableType]:
        """Return the judgement, the ratings, and every option with its explanation."""
        rows = []
        for entry in entries(self.step):
            sign = "✓" if entry.right else "✗"
            note = f"   ← {entry.note}" if entry.note else ""
            text = Text.assemble(prose(entry.text, "bold"), note)
            if entry.explanation:
                text.append("\n").append(prose(entry.explanation))
            rows.append((f"{sign} {entry.number}".rstrip(), text))
        return [*self._judgement(), blank(), prose(self.step.question.text), blank(), hanging(rows)]

    def _judgement(self) -> list[RenderableType]:
        """How the answer was, what it counts as, and what other ratings would do."""
        step = self.step
        verdict = judged(step), f"bold {'green' if step.review.correct else 'red'}"
        if not step.returns:
            return [Text.assemble(verdict, f"  Practice → {PRACTISED}")]
        rating = step.review.rating
        back = comes_back(step.returns[rating], step.today)
        ratings = Text("   ").join(
            Text(
                f"{int(choice)} {name} {span(step.returns[choice], step.today)}",
                "bold reverse" if choice is rating else "dim",
            )
            for choice, name in RATINGS.items()
        )
        notes = [Text(forgotten(step))] if step.leech else []
        return [Text.assemble(verdict, f"  {RATINGS[rating]} → back {back}"), ratings, *notes]

    def action_next(self) -> None:
        """Go on."""
        self.app.act(Session.next)

    def action_run(self) -> None:
        """Run the question's experiment."""
        self.app.run_experiment(self.step.question)

    def action_rate(self, rating: int) -> None:
        """Let the answer count as this rating."""
        self.app.act(partial(Session.rate, rating=Rating(rating)))

    def action_history(self) -> None:
        """Show all that happened to the question."""
        self.app.open_history(self.step.question.id)

    def action_read(self) -> None:
        """Open the card where the question comes from."""
        self.app.browse(self.step.card, self.step.question.paragraph)
