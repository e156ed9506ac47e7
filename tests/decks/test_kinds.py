"""The kinds of question: what each holds when it is parsed, and what each wants below its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tests.kinds import write_kinds
from tutor.decks.export import card_json
from tutor.decks.kinds import KINDS
from tutor.decks.load import load_card
from tutor.decks.model import DeckFileError, Number, Option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_kinds(Desk(tmp_path))


def test_what_each_kind_holds(path: Path, checker: Callable[[str, Mapping[str, object]], None]) -> None:
    multi, number, recall, cloze = load_card(path, checker).questions
    assert [option.right for option in multi.options] == [True, False, True]
    assert multi.choices == multi.options
    assert number.number == Number(20.0, "degrees", "It is 20.", 0.05)
    assert number.options == (Option("10 degrees", False, "That is half of it."),)
    assert recall.options == (Option("It follows the slope.", True, "Downhill."),)
    assert cloze.options[0] == Option("uphill | up the hill", True, "That way.")
    assert number.choices == recall.choices == cloze.choices == ()
    assert {question.kind for question in (multi, number, recall, cloze)} | {"choice", "predict"} == set(KINDS)


def test_a_number_as_json(path: Path, checker: Callable[[str, Mapping[str, object]], None]) -> None:
    questions = card_json(load_card(path, checker))["questions"]
    assert isinstance(questions, list)
    assert questions[1]["number"] == {
        "value": 20.0,
        "unit": "degrees",
        "explanation": "It is 20.",
        "tolerance": 0.05,
        "absolute": False,
    }
    assert "number" not in questions[0]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[ ] they sleep", "[x] they sleep", "has no wrong option; leave one with [ ]"),
        ("20 degrees ± 5 %", "twenty", "asks for a number, but 'twenty' is not a number with its unit"),
        (
            "[x] 20",
            "[ ] 20",
            "has no right answers; write one, the number that is right: - [x] 69 steps ± 10 %",
        ),
        ("10 degrees", "ten", "asks for a number, but 'ten' is not a number: write it as 0.08, 8e-2 or 120"),
        ("10 degrees", "20.5", "counts '20.5' as wrong, which is within the right number's tolerance"),
        (
            "[x] It follows",
            "[ ] It follows",
            "has no right answers; write one, the answer to compare one's own",
        ),
        (
            "[x] It follows",
            "[ ] It follows",
            "has a wrong option, but none is shown where the answer is recalled",
        ),
        ("___", "there", "should have one gap in its text, outside of maths; write it as ___"),
        ("[ ] downhill", "[ ] Uphill.", "counts 'Uphill.' both as right and as wrong; remove one"),
        ("[ ] downhill", "[ ] |", "has '|', which fills no gap; write words between the ' | '"),
        ("[ ] downhill", "[x] downhill", "has 2 right answers; write one, what fills the gap"),
        (".cloze", ".number", "asks for a number, but 'uphill | up the hill' is not a number with its unit"),
    ],
)
def test_what_is_wrong(
    path: Path, checker: Callable[[str, Mapping[str, object]], None], old: str, new: str, complaint: str
) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeckFileError) as error:
        load_card(path, checker)
    assert complaint in str(error.value)
