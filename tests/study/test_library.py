from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.errors import DeckError, UsageError
from tutor.study.library import check_fence

if TYPE_CHECKING:
    from tests.desk import Desk


def test_cards_and_questions_are_found_by_their_ids(desk: Desk) -> None:
    library = desk.library()
    assert library.decks == {"hills": "Hills", "seas": "Seas"}
    assert [card.id for card in library.summaries()] == ["slopes", "valleys", "waves"]
    assert library.questions("seas") == ["w1", "w2"]
    assert library.questions() == ["s1", "s2", "s3", "v1", "v2", "v3", "w1", "w2"]
    card, question = library.question("v2")
    assert (card.id, question.id) == ("valleys", "v2")
    assert card is library.card("valleys")
    assert "v2" in library
    assert "x" not in library


def test_what_is_not_there(desk: Desk) -> None:
    library = desk.library()
    with pytest.raises(UsageError, match="unknown card 'slope': did you mean 'slopes'"):
        library.card("slope")
    with pytest.raises(UsageError, match="unknown deck 'see'"):
        library.summaries("see")
    with pytest.raises(DeckError, match="'x' is not in the decks any more; its history is kept"):
        library.question("x")


def test_a_question_that_left_its_card_meanwhile(desk: Desk) -> None:
    library = desk.library()
    desk.write("slopes", "s1", "s3")
    with pytest.raises(DeckError, match="'s2'"):
        library.question("s2")
    assert library.question("s3")[1].id == "s3"


def test_a_broken_card_is_a_problem_and_the_others_are_there(desk: Desk) -> None:
    (desk.folder / "decks/hills/valleys.md").write_text("nonsense", encoding="utf-8")
    library = desk.library()
    assert [card.id for card in library.summaries()] == ["slopes", "waves"]
    assert all(problem.startswith("hills/valleys.md:") for problem in library.problems)
    assert library.problems


def test_the_lab_checks_experiments() -> None:
    check_fence("experiment", {"kind": "descent", "objective": "quadratic", "rate": 0.1})
    with pytest.raises(UsageError, match="nan"):
        check_fence("experiment", {"kind": "descent", "objective": "quadratic", "rate": float("nan")})
