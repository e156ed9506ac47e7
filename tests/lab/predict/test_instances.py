"""Seeds of each template against runs written anew."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.lab.predict.checks import CHECKS, SCALES
from tests.lab.predict.drawn import TEMPLATES, many, right, seeds
from tutor.lab.digits.state import LongExperiment
from tutor.lab.digits.workshop import Workshop
from tutor.lab.experiments import experiment
from tutor.lab.predict.chance import Chance
from tutor.lab.predict.templates import KINDS, draw

if TYPE_CHECKING:
    from tutor.lab.outcome import Experiment, Outcome

    Settings = dict[str, Any]

EACH = pytest.mark.parametrize("name", TEMPLATES)
LONG = 3
"""How many of the instances that train networks are shown by their experiment too."""


def test_every_kind_is_checked_here() -> None:
    assert set(CHECKS) == set(KINDS) == {each["kind"] for each in TEMPLATES.values()}


@EACH
def test_the_key_is_what_a_run_written_anew_gives_and_rates_near_by_give_the_same(name: str) -> None:
    for instance in {instance.text: instance for instance in many(name)}.values():
        CHECKS[TEMPLATES[name]["kind"]](instance, dict(instance.experiment), SCALES)


@EACH
def test_the_same_seed_gives_the_same_question(name: str) -> None:
    np.random.seed(0)  # noqa: NPY002 - to show that nothing depends on it
    first = list(many(name))
    np.random.seed(1)  # noqa: NPY002
    assert [draw(json.loads(json.dumps(TEMPLATES[name])), seed) for seed in seeds(name)] == first
    assert len({instance.text for instance in first}) > len(first) / 8  # few alike
    assert len({right(instance) for instance in first}) >= 3  # no answer is right for ever


def settled(made: Experiment | LongExperiment) -> Outcome:
    if isinstance(made, LongExperiment):
        *_, last = made.run(Workshop())
        return last.outcome()
    return made.outcome()


@EACH
def test_an_instance_can_be_run_and_read(name: str) -> None:
    for number, instance in enumerate({instance.text: instance for instance in many(name)}.values()):
        made = experiment(instance.experiment)
        if number < LONG or not isinstance(made, LongExperiment):
            assert settled(made).verdict
        explained = [(choice.text, choice.explanation) for choice in instance.choices]
        if instance.quantity:
            explained = [("", instance.quantity.explanation)]
        assert len({text for text, _ in explained}) == len(explained)
        for text in (instance.text, *(part for pair in explained for part in pair)):
            words = re.sub(r"[A-Za-z]+(_[A-Za-z]+)+", "", text)  # names of parameters
            assert not re.search(r"[$_\\{}]|nan|None", words)
        assert all(explanation[0].isupper() and explanation.endswith(".") for _, explanation in explained)
        assert len(instance.text) < 300


def test_no_answer_of_the_bundled_templates_is_much_likelier_than_the_others() -> None:
    for name in TEMPLATES:
        if name.startswith("card-"):
            keys = [right(instance) for instance in many(name)]
            assert max(keys.count(key) for key in keys) <= 22, name


def test_draws_are_those_of_the_mersenne_twister() -> None:
    chance = Chance(2**32 - 1)
    assert [chance.below(1000) for _ in range(6)] == [635, 203, 607, 291, 340, 381]


GOLDENS: dict[str, tuple[object, ...]] = {
    "card-verdict": (25, [-3.0, 2.0], 0.0772, "it oscillates: it goes to and fro between the walls"),
    "card-stable-rate": (40, [-4.0, 1.0], 0.0525, 0.05),
    "card-line-search": (40, [-3.0, 1.0], 2.0, "η = 0.03125"),
    "card-survivors": (24, [-4.0, 2.0], 0.167, "neither survives"),
    "card-batches": (64, None, 1.0, "all of them"),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_a_seed_stands_for_its_question_on_any_machine(name: str) -> None:
    instance = draw(TEMPLATES[name], 20_261_123)
    run: Settings = dict(instance.experiment)
    ground = run["param"]["kappa"] if "param" in run else run["dimension"]
    assert (ground, run.get("start"), run["rate"], right(instance)) == GOLDENS[name]
