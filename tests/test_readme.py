"""The author's guide in the README: what it shows by example is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.decks.lint import lint
from tutor.decks.load import load_card
from tutor.decks.model import Problems
from tutor.decks.settings import parse_settings
from tutor.lab.experiments import KINDS
from tutor.lab.predict import templates
from tutor.study.library import check_fence

README = Path(__file__).parents[1] / "README.md"
GUIDE = README.read_text(encoding="utf-8").partition("\n## Writing decks\n")[2].partition("\n## Your data\n")[0]
MARKDOWN = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
TOP = re.sub(r"^````markdown\n.*?^````$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
EXPERIMENTS = re.findall(r"^```experiment\n(.*?)^```$", TOP, re.MULTILINE | re.DOTALL)


def table(title: str) -> set[str]:
    """The names in the first column of the table in a section."""
    section = TOP.partition(f"\n### {title}\n")[2].partition("\n### ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for row in rows for name in row.split("`")[1::2]} - {"kind"}


def test_the_example_card_with_all_its_questions_is_right(tmp_path: Path) -> None:
    card, *questions = MARKDOWN
    assert card.startswith("---\n")
    assert all(question.startswith("### ") for question in questions)
    path = tmp_path / "hills" / "valley-limit.md"
    path.parent.mkdir()
    path.write_text("\n".join([card, *questions]), encoding="utf-8")
    among_bundled = {"dead-link"}  # it relates to the bundled first card
    found = [str(finding) for finding in lint([path], check_fence) if finding.rule not in among_bundled]
    assert found == []
    kinds = [question.kind for question in load_card(path, check_fence).questions]
    assert kinds == ["choice", "multi", "number", "recall", "cloze", "predict"]
    assert table("Kinds of questions") == set(kinds)


def test_the_example_of_a_deck_file_is_right(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", TOP, re.MULTILINE | re.DOTALL)
    (tmp_path / "deck.toml").write_text(block, encoding="utf-8")
    for name in ("valley-limit", "valley-floor"):
        (tmp_path / f"{name}.md").write_text(MARKDOWN[0].replace("valley-limit", name), encoding="utf-8")
    assert [str(each) for each in lint([tmp_path], check_fence) if each.path.name == "deck.toml"] == []


@pytest.mark.parametrize("block", EXPERIMENTS, ids=lambda block: re.findall(r'"(.*?)"', block)[0])
def test_every_example_of_an_experiment_can_be_run(block: str) -> None:
    problems = Problems(README)
    settings = parse_settings(block, 1, problems)
    assert settings is not None, problems.found
    check_fence("experiment", settings)


def test_every_kind_of_experiment_and_of_prediction_is_told_and_no_other() -> None:
    shown = {
        re.findall(r'"(.*?)"', block)[0] for block in [*EXPERIMENTS, *MARKDOWN[0].split("```experiment")[1:]]
    }
    assert set(KINDS) <= shown
    assert table("Experiments") == {*KINDS, "train", "bracket"}
    assert table("Predictions") == set(templates.KINDS)
