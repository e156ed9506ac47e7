"""The deck as a whole: nothing is dead or unproved, everything runs, and a fault planted anywhere shows."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.course.anew import CHECKS
from tests.course.bundled import DECK, cards, path, questions
from tests.course.proof import COMPUTED, DEFINITIONS, REDRAWN, SETTLED
from tests.lab.predict.checks import SCALES
from tests.lab.predict.drawn import right
from tutor.decks.gaps import fillings
from tutor.decks.load import load_card
from tutor.decks.model import DeckFileError
from tutor.lab.digits.state import LongExperiment
from tutor.lab.experiments import experiment
from tutor.lab.predict.templates import draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tutor.decks.model import Block, Card, Question

for module in sorted(Path(__file__).parent.glob("test_*.py")):
    if module.stem not in {"test_deck", "test_proof", "test_strategies"}:
        import_module(f"tests.course.{module.stem}")  # which enters its proofs

FIRST = "learning-rate"
"""Its four questions of the original page are as they were, and its own tests are those of the lab."""

EACH_CARD = pytest.mark.parametrize("card", list(cards()))
EACH_TEMPLATE = pytest.mark.parametrize(
    "question",
    [each.id for each in questions().values() if each.template and each not in cards()[FIRST].questions],
)
SEEDS = range(16)
FEW = 5
"""How many of the draws are run anew."""

MOST_ALIKE = 0.6
"""The largest share of the draws of a template that may have the same answer."""


# What is wrong with a deck, as far as one can tell without running anything


def dead_links(deck: Mapping[str, Card]) -> list[str]:
    """Find what cards require or relate to that is not there, is the card itself, or only comes later."""
    order = list(deck)
    return [
        f"{card.id} → {other}"
        for card in deck.values()
        for others, before in ((card.requires, order[: order.index(card.id)]), (card.related, order))
        for other in others
        if other not in before or other == card.id
    ]


def unproved(asked: Iterable[Question], proofs: Mapping[str, Sequence[Mapping[str, str]]]) -> list[str]:
    """Find the questions whose kind wants a proof, and which have none or two."""
    return [
        question.id
        for question in asked
        if question.kind in proofs and [question.id in of for of in proofs[question.kind]].count(True) != 1
    ]


CHOSEN = (SETTLED, DEFINITIONS)
PROOFS = {"choice": CHOSEN, "multi": CHOSEN, "cloze": CHOSEN, "number": (COMPUTED,)}


def told(question: Question) -> list[str]:
    """Find what the question's hints and its passage give away: the right option, the number, the filling."""
    answers = [option.text for option in question.options if option.right and question.kind != "recall"]
    if question.kind == "cloze":
        answers = [filling for answer in answers for filling in fillings(answer)]
        hints: tuple[str, ...] = (*question.hints, question.passage)
    else:
        hints = question.hints
    if question.number:
        answers = [f"{question.number.value:g}"]
    found = [
        (hint, re.search(rf"(?<![\w.]){re.escape(text)}(?!\w|\.\d)", hint))
        for hint in hints
        for text in answers
    ]
    return [hint for hint, match in found if match]


# It is whole


def test_the_path_holds_every_card_after_those_that_it_requires() -> None:
    assert list(cards()) == path()
    assert {file.stem for file in DECK.glob("*.md")} == set(path())
    assert not dead_links(cards())
    assert len(cards()) >= 12


@EACH_CARD
def test_a_dead_link_is_found(card: str) -> None:
    held = cards()[card]
    for dead in ("no-such-card", card):
        for planted in (
            replace(held, requires=(*held.requires, dead)),
            replace(held, related=(*held.related, dead)),
        ):
            found = set(dead_links({**cards(), card: planted})) - set(dead_links(cards()))
            assert found == {f"{card} → {dead}"}


@EACH_CARD
def test_a_card_has_what_a_card_has(card: str) -> None:
    held = cards()[card]
    kinds = [question.kind for question in held.questions]
    assert len(kinds) >= 6
    assert kinds.count("predict") >= 2
    assert held.sources
    assert held.related
    assert all(paragraph.experiment for paragraph in held.paragraphs)
    if card != FIRST:
        assert len(set(kinds)) >= 4
        assert all(len(question.hints) >= 2 for question in held.questions)
        assert all(60 <= len(paragraph.text.split()) <= 125 for paragraph in held.paragraphs)


@EACH_CARD
def test_every_key_is_proved_or_it_is_said_why_not(card: str) -> None:
    assert not unproved(cards()[card].questions, PROOFS)


def test_a_proof_that_is_missing_is_found() -> None:
    for question in questions().values():
        if question.kind in PROOFS:
            assert unproved([replace(question, id="asked-by-nobody")], PROOFS) == ["asked-by-nobody"]


def test_every_proof_is_of_a_question_in_the_deck() -> None:
    assert {*SETTLED, *COMPUTED, *DEFINITIONS, *REDRAWN} <= set(questions())


@EACH_CARD
def test_no_hint_gives_the_answer(card: str) -> None:
    for question in cards()[card].questions:
        assert not told(question), question.id


@EACH_CARD
def test_a_passage_that_is_not_in_its_card_is_found(card: str, tmp_path: Path) -> None:
    held = cards()[card]
    file = tmp_path / held.path.name
    source = held.path.read_text("utf-8")
    for question in held.questions:
        assert question.passage in held.paragraphs[question.paragraph].text
    file.write_text(source.replace("\n> ", "\n> Not so: ", 1), "utf-8")
    with pytest.raises(DeckFileError, match="which no paragraph of the card holds"):
        load_card(file, lambda *_: None)


# Everything runs


def blocks(card: Card) -> list[Block]:
    found = [paragraph.experiment for paragraph in card.paragraphs]
    found += [question.experiment for question in card.questions]
    return [block for block in found if block]


@EACH_CARD
def test_every_experiment_runs_and_turns(card: str) -> None:
    for block in blocks(cards()[card]):
        made = experiment(block.settings)
        if isinstance(made, LongExperiment):
            continue  # it can be made; those of the cards run them, where that is cheap
        here = made.rates.index(made.rate)
        near = [made.rates[n] for n in (here - 2, here, here + 2) if 0 <= n < len(made.rates)]
        outcomes = [made.outcome(rate) for rate in near]
        assert all(one.description != other.description for one, other in pairwise(outcomes))
        assert all(outcome.verdict.endswith(".") for outcome in outcomes)
        assert all(len(readout) <= 38 for outcome in outcomes for readout in outcome.readouts)


@EACH_TEMPLATE
def test_templates_draw_questions_that_a_run_written_anew_settles(question: str) -> None:
    template = questions()[question].template
    assert template
    drawn = [draw(template.settings, seed) for seed in SEEDS]
    keys = [right(instance) for instance in drawn]
    assert max(map(keys.count, keys)) <= MOST_ALIKE * len(keys), sorted(map(str, keys))
    assert len({instance.text for instance in drawn}) >= 6
    check = REDRAWN.get(question) or CHECKS[str(template.settings["kind"])]
    for instance in {instance.text: instance for instance in drawn[:FEW]}.values():
        check(instance, dict(instance.experiment), SCALES)
