from __future__ import annotations

from tutor.decks.model import Block, Option, Question
from tutor.study.hints import OFFERS, Hint, ladder

RIGHT = Option("right", True, "right, because")
WRONG, WORSE = (Option(text, False, f"{text}, because") for text in ("wrong", "worse"))


def question(*options: Option, hints: tuple[str, ...] = (), passage: str = "", run: bool = False) -> Question:
    block = Block({"kind": "descent"}, 1) if run else None
    return Question("q", "choice", "Which?", options, hints, passage, 0, block, 1)


def test_from_mild_to_strong() -> None:
    steps = ladder(question(WRONG, RIGHT, WORSE, hints=("one", "two"), passage="it says", run=True))
    assert steps == (
        Hint("words", "one"),
        Hint("words", "two"),
        Hint("passage", "it says"),
        Hint("strike", "wrong, because", 0),
        Hint("experiment"),
    )


def test_only_what_there_is() -> None:
    assert ladder(question(RIGHT, WRONG, hints=("one",))) == (Hint("words", "one"),)


def test_the_right_option_is_never_struck_out_nor_the_only_wrong_one() -> None:
    assert ladder(question(RIGHT, WRONG, WORSE)) == (Hint("strike", "wrong, because", 1),)
    assert ladder(question(WRONG, RIGHT)) == ()


def test_each_kind_of_step_has_an_offer() -> None:
    steps = ladder(question(WRONG, RIGHT, WORSE, hints=("one",), passage="it says", run=True))
    assert {step.offer for step in steps} == set(OFFERS.values())
