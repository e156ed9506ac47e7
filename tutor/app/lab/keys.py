"""The keys of the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.binding import BindingType


def _key(keys: str, action: str, words: str, display: str, tooltip: str, *, show: bool = False) -> Binding:
    return Binding(keys, action, words, show=show, key_display=display, tooltip=tooltip)


KEYS: list[BindingType] = [
    # While the start is moved
    _key("right", "nudge(1, 0)", "move the start", "←→↑↓", "move the start", show=True),
    _key("left", "nudge(-1, 0)", "", "", ""),
    _key("up", "nudge(0, 1)", "", "", ""),
    _key("down", "nudge(0, -1)", "", "", ""),
    _key("equals_sign", "type_start", "type it", "=", "type the start, such as -4, 2", show=True),
    _key("enter,escape,v", "settle", "done", "Enter", "leave the start where it is", show=True),
    # While a run is hidden
    *(
        _key(
            f"{n + 1}",
            f"guess({n})",
            "predict" if not n else "",
            "1–5",
            "predict what the run will do",
            show=not n,
        )
        for n in range(5)
    ),
    _key("enter", "reveal", "show", "Enter", "show the run without a prediction", show=True),
    # Always
    _key("right", "turn(1)", "η", "←→", "raise η by a tenth; ← lowers it", show=True),
    _key("left", "turn(-1)", "", "", ""),
    _key(
        "shift+right,greater_than_sign",
        "turn(1, True)",
        "η, coarse",
        "shift+←→",
        "raise η to the next 1, 2, 5; ← lowers it; also < and >",
    ),
    _key("shift+left,less_than_sign", "turn(-1, True)", "", "", ""),
    _key("equals_sign", "type", "type η", "=", "type η exactly; a digit begins it too", show=True),
    *(_key(f"{n}", f"type('{n}')", "", "", "") for n in range(10)),
    _key(
        "c", "onward", "from here", "c", "turn η from the cursor on, without a restart; again: from the start"
    ),
    _key("comma", "look(-1)", "", "", ""),
    _key("full_stop", "look(1)", "scrub", ", .", "move the cursor a step back or on", show=True),
    _key("right_square_bracket", "stride(1)", "scrub, coarse", "[ ]", "move the cursor by a tenth of the run"),
    _key("left_square_bracket", "stride(-1)", "", "", ""),
    _key("end", "stride(11)", "ends", "Home End", "move the cursor to the first or the last step"),
    _key("home", "stride(-11)", "", "", ""),
    _key("space", "play", "play", "Space", "play the run from the cursor, or stop", show=True),
    _key("tab", "diagram", "diagram", "Tab", "show the next diagram first", show=True),
    _key("a", "add", "add run", "a", "add a run, to race it against the others", show=True),
    _key("down", "switch(1)", "run", "↑↓", "choose which run the keys turn", show=True),
    _key("up", "switch(-1)", "", "", ""),
    _key("x,delete", "remove", "drop", "x", "drop the run that is pointed at"),
    _key("o", "choose('objective')", "objective", "o", "choose the objective", show=True),
    _key("m", "choose('optimizer')", "method", "m", "choose the optimizer of the run", show=True),
    _key("s", "choose('schedule')", "schedule", "s", "choose the schedule of the run"),
    _key("l", "choose('line search')", "line search", "l", "choose the line search of the run"),
    _key("v", "start", "start", "v", "move the start of all runs"),
    _key("n", "steps", "steps", "n", "set the number of steps"),
    _key("f", "flow", "flow", "f", "draw the gradient flow F, which descent discretises; again: no more"),
    _key("p", "predict", "predict", "p", "predict before a run is shown; again: no more"),
    _key("g", "places", "go to", "g", "go to a preset, or to what you kept"),
    _key("w", "keep", "keep", "w", "keep all this under a name, for 'tutor lab NAME'"),
    _key("e", "export", "export", "e", "write CSV, JSON or an SVG picture to the current folder"),
    _key("i", "numbers", "numbers", "i", "show all numbers of the run, beside what theory predicts"),
    _key("y", "commands", "command", "y", "show the commands that reproduce the runs"),
    _key("d", "digits", "digits", "d", "go to the experiments on handwritten digits", show=True),
    _key("u", "undo", "undo", "u", "take the last change back"),
    _key("q,escape", "app.leave", "leave", "q", "leave the lab", show=True),
    _key("escape", "put_away", "", "", ""),
]
"""Where two share a key, only one of them is offered at a time."""
