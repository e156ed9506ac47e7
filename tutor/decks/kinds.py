"""The kinds of question: what each wants below its heading, one entry a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.fences import EXPERIMENT, PREDICT
from tutor.decks.gaps import GAP, fillings, has_one_gap, in_both
from tutor.decks.numbers import read_number, read_value, within
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tutor.decks.model import Number, Option


@dataclass(frozen=True)
class Written:
    """What an author wrote of a question, as far as its kind decides what has to be there."""

    text: str
    options: Sequence[Option]
    """The entries of the task list, whatever the kind makes of them."""
    fences: Sequence[str]
    """The names of the blocks."""

    @property
    def right(self) -> list[Option]:
        """The entries marked with [x]."""
        return [option for option in self.options if option.right]

    @property
    def wrong(self) -> list[Option]:
        """The others."""
        return [option for option in self.options if not option.right]


def _choice(written: Written) -> Iterator[str]:
    yield from _not_drawn(written)
    yield from _chosen_from(written)
    if len(written.right) > 1:
        mend = "leave [x] at one, or write {#some-id .multi} where several are to be chosen"
        yield f"has {len(written.right)} right options; {mend}"


def _multi(written: Written) -> Iterator[str]:
    yield from _not_drawn(written)
    yield from _chosen_from(written)
    if written.options and not written.wrong:
        yield "has no wrong option; leave one with [ ]"


def _number(written: Written) -> Iterator[str]:
    yield from _not_drawn(written)
    if len(written.right) != 1:
        yield from _one_answer(written, "the number that is right: - [x] 69 steps ± 10 %")
        return
    try:
        number = read_number(written.right[0].text)
        for slip in written.wrong:
            if within(number, read_value(slip.text, number.unit)):
                what = f"counts '{shorten(slip.text)}' as wrong, which is within the right number's tolerance"
                yield f"{what}; mend one of them"
    except UsageError as error:
        yield f"asks for a number, but {error}"


def _recall(written: Written) -> Iterator[str]:
    yield from _not_drawn(written)
    yield from _one_answer(written, "the answer to compare one's own with: - [x] …")
    if written.wrong:
        yield "has a wrong option, but none is shown where the answer is recalled; remove it"


def _cloze(written: Written) -> Iterator[str]:
    yield from _not_drawn(written)
    if not has_one_gap(written.text):
        yield f"should have one gap in its text, outside of maths; write it as {GAP}"
    yield from _one_answer(written, "what fills the gap, alternatives apart by ' | ': - [x] the rate | η")
    for option in written.options:
        if option.text and not fillings(option.text):
            yield f"has '{shorten(option.text)}', which fills no gap; write words between the ' | '"
    for right in written.right[:1]:
        for option in written.wrong:
            both = in_both(right.text, option.text)
            if both is not None:
                yield f"counts '{shorten(both)}' both as right and as wrong; remove one"


def _predict(written: Written) -> Iterator[str]:
    if PREDICT not in written.fences:
        yield "has no template; add a ```predict block"
    if EXPERIMENT in written.fences:
        yield "has an experiment, but is settled by the run that it draws; remove it"
    if written.options:
        yield "has options, but draws its own; remove them"


def _not_drawn(written: Written) -> Iterator[str]:
    if PREDICT in written.fences:
        yield "has a ```predict block, which is for a question of that kind; write {#some-id .predict}"


def _chosen_from(written: Written) -> Iterator[str]:
    if len(written.options) < 2:
        yield "has fewer than two options; add some: - [ ] …"
    if written.options and not written.right:
        yield "has no right option; mark it with [x]"


def _one_answer(written: Written, mend: str) -> Iterator[str]:
    if len(written.right) != 1:
        yield f"has {len(written.right) or 'no'} right answers; write one, {mend}"


KINDS: Mapping[str, Callable[[Written], Iterator[str]]] = {
    "choice": _choice,
    "multi": _multi,
    "number": _number,
    "recall": _recall,
    "cloze": _cloze,
    "predict": _predict,
}
"""By kind of question, what is wrong with its options, its text and the names of its fences."""


def number_in(kind: str, options: Sequence[Option]) -> Number | None:
    """Return the number that a question of this ``kind`` asks for; None without one that can be read."""
    right = [option for option in options if option.right]
    if kind != "number" or not right:
        return None
    try:
        return read_number(right[0].text, right[0].explanation)
    except UsageError:
        return None  # it is noted among what is wrong with the kind
