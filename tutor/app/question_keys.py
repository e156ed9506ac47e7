"""The keys of a question; which of them do something now, the page decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tutor.memory.model import Rating

if TYPE_CHECKING:
    from textual.binding import BindingType

MOST_OPTIONS = 9
SURE = {1: "g", 2: "m", 3: "s"}
"""The keys for each confidence: a guess, maybe, sure."""

LETTERED = "abcd"
TYPED = {**{digit: digit for digit in "0123456789"}, "full_stop": ".", "minus": "-", "e": "e"}
"""The keys that a number is typed with, and what they type."""


TYPING = {"enter": ("Enter", "answer"), "escape": ("esc", "other keys, such as hint")}
"""What the keys of the line do that fills a gap."""


def _answer_binding(number: int) -> Binding:
    letter = f",{LETTERED[number - 1]}" if number <= len(LETTERED) else ""
    return Binding(f"{number}{letter}", f"answer({number})", "answer" if number == 1 else "")


KEYS: list[BindingType] = [
    *map(_answer_binding, range(1, MOST_OPTIONS + 1)),
    *(
        Binding(key, f"type('{sign}')", "type" if sign == "0" else "", tooltip="a number, such as 0.08 or 8e-2")
        for key, sign in TYPED.items()
        if key != "e"
    ),
    Binding("backspace", "erase", "erase", show=False, tooltip="take back the last sign"),
    Binding("enter", "submit", "answer", key_display="Enter", tooltip="answer with what was typed or chosen"),
    Binding("enter", "fill", "type", key_display="Enter", tooltip="type what fills the gap"),
    Binding("down", "mark(1)", "mark an option, which Enter answers with", show=False, key_display="↑↓"),
    Binding("up", "mark(-1)", show=False),
    Binding(
        "space", "choose", "choose", show=False, key_display="Space", tooltip="choose the marked option, or not"
    ),
    Binding("enter,space", "confirm", show=False),
    Binding("enter,space", "commit", "show", key_display="Enter", tooltip="once you have an answer, show more"),
    Binding("w", "write", "write", tooltip="write your answer down before more is shown"),
    *(
        Binding(
            str(int(rating)),
            f"judge({int(rating)})",
            "how well you knew it" if rating is Rating.AGAIN else "",
            tooltip="count it as Again, Hard, Good or Easy, and go on",
        )
        for rating in Rating
    ),
    Binding("h", "hint", "hint", tooltip="the next hint; a right answer then counts as Hard"),
    Binding("r", "run", "run it", tooltip="the experiment that the last hint gave"),
    *(
        Binding(
            key,
            f"feel({confidence})",
            "how sure" if confidence == 1 else "",
            tooltip="say how sure you are, before you answer: a guess, maybe, sure",
        )
        for confidence, key in SURE.items()
    ),
    Binding("x", "give_up", "give up", tooltip="show the answer; the question comes back in this session"),
    Binding("e", "look_up", "card", tooltip="read the card; this counts as a hint"),
    Binding("e", "type('e')", ""),  # down here, or e would be named before the other keys
    Binding("i", "history", "history", show=False, tooltip="all that happened to this question"),
    Binding("u", "app.undo", "undo", tooltip="take back the last answer, also one of an earlier day"),
    Binding("U", "app.redo", "redo", show=False, tooltip="give the answer again that was taken back"),
]
