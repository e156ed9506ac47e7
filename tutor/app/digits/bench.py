"""One experiment on digits: its knobs beside its figure, run and cancelled by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from tutor.app.digits.form import Form
from tutor.app.digits.knobs import Knobs
from tutor.app.digits.look import LookPage
from tutor.app.lab.prompt import Prompt
from tutor.app.long import LongView
from tutor.app.page import Heading, Page
from tutor.app.text import TextPage
from tutor.errors import TutorError
from tutor.lab.bench.command import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from tutor.app.digits.form import Table

MOST_UNDONE = 200


def opened_from(table: Table, settings: Mapping[str, object]) -> DigitsBench:
    """Open the experiment that the settings of a block describe."""
    given = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in settings.items()
        if name != "kind"
    }
    return DigitsBench(Form(table, str(settings["kind"]), given))


class DigitsBench(Page):
    """Shows one experiment, and lets the learner set, run and cancel it."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,r", "run", "run", key_display="Enter", tooltip="run it, or go on with it"),
        Binding("c", "cancel", "cancel", key_display="Esc", tooltip="cancel; what is finished is kept"),
        Binding("down", "mark(1)", "knob", key_display="↑↓", tooltip="choose which knob the keys turn"),
        Binding("up", "mark(-1)", show=False),
        Binding("right", "turn(1)", "turn", key_display="←→", tooltip="turn the knob to its next value"),
        Binding("left", "turn(-1)", show=False),
        Binding("equals_sign", "type", "type", key_display="=", tooltip="type the knob; a digit begins it too"),
        *(Binding(f"{n}", f"type('{n}')", show=False) for n in range(10)),
        Binding("backspace", "reset", "reset", tooltip="set the knob back", key_display="Bksp", show=False),
        Binding("t", "table", "table", tooltip="show the numbers as a table"),
        Binding("y", "command", "command", tooltip="show the command that prints the same"),
        Binding("v", "look", "digits", tooltip="look at the digits themselves", show=False),
        Binding("u", "undo", "undo", tooltip="take the last change of a knob back", show=False),
        Binding("escape", "cancel", show=False),
        Binding("q,escape", "app.leave", "back", key_display="q", tooltip="back to where you came from"),
        Binding("escape", "put_away", show=False),
    ]

    def __init__(self, form: Form) -> None:
        """Show an experiment as it is set."""
        super().__init__()
        self.form = form
        self.before: list[Form] = []
        """The forms to go back to."""

    def body(self) -> ComposeResult:
        """Yield the figure beside the knobs."""
        with Horizontal(id="figures"):
            yield LongView("Enter", with_command=True)
            yield Knobs(id="knobs")
        yield Prompt()

    def on_mount(self) -> None:
        experiment = self.form.experiment()
        self.query_one(Heading).show(f"Digits · {self.form.name}", experiment.about)
        self.query_one(Knobs).show(self.form)
        self.query_one(LongView).offer(experiment, self.form.about)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what does something now: while typing nothing else, while it runs no other settings."""
        if self.query_one(Prompt).display:
            return action == "put_away"
        view = self.query_one(LongView)
        running = view.shown is not None and view.shown.running
        settable = not running and bool(self.form.knobs)
        offered = {
            "put_away": False,
            "run": view.check_action("run", ()),
            "cancel": running,
            "table": view.shown is not None and view.shown.state is not None,
            "mark": len(self.form.knobs) > 1,
            "turn": settable,
            "type": settable,
            "reset": not running and self.form.marked_name in self.form.given,
            "undo": not running and bool(self.before),
        }
        return offered.get(action, True)

    # The knobs

    def _show(self, form: Form) -> None:
        """Show a form, and what its experiment gave before; TutorError, and nothing, if it makes no sense."""
        experiment = form.experiment()
        self.query_one(LongView).show(experiment, form.about)
        self.query_one(Heading).show(f"Digits · {form.name}", experiment.about)
        self.query_one(Knobs).show(form)
        self.form = form
        self.refresh_bindings()

    def _change(self, change: Callable[[], Form]) -> None:
        """Change the form, or say why that makes no sense."""
        before = self.form
        try:
            form = change()
            if form.given != before.given:
                self._show(form)
                self.before = [*self.before[-MOST_UNDONE:], before]
                self.refresh_bindings()
        except TutorError as error:
            self.app.report(error)

    def action_mark(self, step: int) -> None:
        """Mark another knob."""
        self.form = self.form.mark(step)
        self.query_one(Knobs).show(self.form)
        self.refresh_bindings()

    def action_turn(self, step: int) -> None:
        """Turn the marked knob."""
        self._change(lambda: self.form.turn(step))

    def action_type(self, begun: str = "") -> None:
        """Type what the marked knob is to be."""
        name = self.form.marked_name
        text = begun or (self.form.text(name) if name in self.form.given else "")
        self.query_one(Prompt).ask(f"{name} =", text, self._typed)
        self.refresh_bindings()

    def _typed(self, text: str) -> None:
        self._change(lambda: self.form.type(text))
        self.refresh_bindings()

    def action_put_away(self) -> None:
        """Stop typing."""
        self.query_one(Prompt).put_away()
        self.refresh_bindings()

    def action_reset(self) -> None:
        """Set the marked knob back."""
        self._change(lambda: self.form.type(""))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._show(self.before.pop())

    # The experiment

    def action_run(self) -> None:
        """Run it."""
        self.query_one(LongView).action_run()

    def action_cancel(self) -> None:
        """Cancel it."""
        self.query_one(LongView).action_cancel()

    def action_table(self) -> None:
        """Show the numbers."""
        shown = self.query_one(LongView).shown
        if shown and shown.state:
            table = "\n".join(shown.state.table())
            self.app.push_screen(TextPage(f"Digits · {self.form.name} · the numbers", lambda _: table))

    def action_command(self) -> None:
        """Show the command."""
        write = partial(folded, self.form.experiment().command)
        self.app.push_screen(TextPage("Digits · the command that prints the same", write))

    def action_look(self) -> None:
        """Look at the digits that it is about."""
        data = self.form.value("data") if "data" in self.form.knobs else "digits"
        self.app.push_screen(LookPage(str(data)))
