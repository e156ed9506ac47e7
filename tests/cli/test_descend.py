"""One descent by the command line, against the optimizer core and closed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.optim.descend import descend
from tutor.optim.linesearch import LINE_SEARCHES
from tutor.optim.objectives import OBJECTIVES, objective
from tutor.optim.optimizers import OPTIMIZERS
from tutor.optim.schedules import SCHEDULES
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tests.cli.conftest import Run

KEYS = {"points", "values", "gradient_norms", "rates", "verdict", "sharpness", "stable_rate"}


def test_a_run_in_full_precision(tutor: Run) -> None:
    run = tutor(
        *[
            "descend",
            "--objective",
            "quadratic",
            "--param",
            "kappa=7",
            "--rate",
            "0.21",
            "--steps",
            "9",
            "--start",
            "-3,0.7",
            "--json",
        ]
    ).json
    assert run.keys() >= KEYS
    factors = np.array([1 - 0.21, 1 - 0.21 * 7])
    assert np.array(run["points"]) == pytest.approx(np.array([-3, 0.7]) * factors ** np.arange(10)[:, None])
    same = descend(objective("quadratic", kappa=7.0), 0.21, steps=9, start=[-3, 0.7])
    assert run["points"] == same.points.tolist()
    assert run["values"] == same.values.tolist()
    assert run["gradient_norms"] == same.gradient_norms.tolist()
    assert run["rates"] == [0.21] * 9
    assert run["sharpness"] == pytest.approx(7)
    assert run["stable_rate"] == pytest.approx(2 / 7)
    assert run["verdict"] == same.verdict


def test_parameters_go_to_what_takes_them(tutor: Run) -> None:
    words = "descend --optimizer momentum --schedule warmup --set momentum=0.5 --set warmup_steps=4"
    run = tutor(*words.split(), "--rate", "0.1", "--steps", "8", "--json").json
    assert run["stable_rate"] * run["sharpness"] == pytest.approx(3)
    assert run["rates"][4:] == [0.1] * 4
    assert run["rates"][:4] == sorted(run["rates"][:4])
    searched = tutor(
        *["descend", "--line-search", "armijo", "--set", "shrink=0.25", "--rate", "1", "--steps", "5", "--json"]
    ).json
    assert all(
        np.log(rate) / np.log(0.25) == pytest.approx(round(np.log(rate) / np.log(0.25)))
        for rate in searched["rates"]
    )


@pytest.mark.parametrize("name", OBJECTIVES)
def test_every_objective(tutor: Run, name: str) -> None:
    assert tutor("descend", "--objective", name, "--json").json["objective"] == name


@pytest.mark.parametrize("option", ["optimizer", "schedule", "line-search"])
def test_every_name(tutor: Run, option: str) -> None:
    table = {"optimizer": OPTIMIZERS, "schedule": SCHEDULES, "line-search": LINE_SEARCHES}[option]
    for name in table:
        assert tutor("descend", f"--{option}", name, "--json").json.keys() >= KEYS


def test_a_diverging_run_is_a_verdict(tutor: Run) -> None:
    words = ["descend", "--objective", "quadratic", "--rate", "5", "--steps", "1000"]
    run = tutor(*words, "--json").json
    assert run["verdict"] == "diverging"
    assert len(run["points"]) == len(run["rates"]) + 1 < 1000
    said = tutor(*words)
    assert said.status == 0
    assert "Diverging" in said.out


def test_the_table_shows_the_first_and_the_last_step(tutor: Run) -> None:
    said = tutor(*["descend", "--steps", "1234"]).out.splitlines()
    head, *rows, reason, limit, contraction = said
    assert head.split() == ["step", "loss", "|gradient|", "rate", "point"]
    steps = [int(row.split()[0]) for row in rows]
    assert steps == sorted(set(steps))
    assert len(steps) == 20
    assert (steps[0], steps[-1]) == (0, 1234)
    assert reason.startswith("Converg")
    assert limit == "Sharpness at the minimum 10; stable below η = 0.2."
    assert contraction == "Contraction of the slope a step: 0.95, 0.95 by theory."
    assert max(map(len, rows)) <= 80
    assert len(tutor(*["descend", "--steps", "1"]).out.splitlines()) == 6


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rate=st.floats(1e-100, 1e100),
    start=st.tuples(st.floats(-1e200, 1e200), st.floats(-1e200, 1e200)),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    schedule=st.sampled_from(list(SCHEDULES)),
    search=st.sampled_from([None, *LINE_SEARCHES]),
    steps=st.integers(1, 60),
)
def test_any_run_is_json_or_one_line(
    tutor: Run,
    rate: float,
    start: tuple[float, float],
    optimizer: str,
    schedule: str,
    search: str | None,
    steps: int,
) -> None:
    words = [
        "--rate",
        str(rate),
        "--start",
        f"{start[0]},{start[1]}",
        "--optimizer",
        optimizer,
        "--schedule",
        schedule,
    ]
    said = tutor(
        "descend", "--steps", str(steps), *words, *(["--line-search", search] if search else []), "--json"
    )
    if said.status:
        assert said.status == 2
        assert said.err.count("\n") == 1
    else:
        assert said.json["verdict"] in set(Verdict)


DIAGNOSTICS = {
    "sharpness",
    "two_over_rate",
    "condition",
    "step_ratio",
    "effective_rates",
    "turns",
    "oscillation",
    "gradient_noise",
    "contraction",
    "predicted_contraction",
    "steps_to_tolerance",
    "predicted_steps",
}


def test_diagnostics(tutor: Run) -> None:
    words = "descend --objective quadratic --param kappa=100 --start 1,0 --rate 0.01 --steps 1400 --json"
    found = tutor(*words.split()).json["diagnostics"]
    assert found.keys() >= DIAGNOSTICS
    assert set(found["sharpness"]) == {100.0}
    assert found["two_over_rate"] == pytest.approx([200.0] * 1400)
    assert found["steps_to_tolerance"] == found["predicted_steps"] == 1375
    assert found["contraction"] == pytest.approx(found["predicted_contraction"]) == pytest.approx(0.99)
    assert found["effective_rates"][0] == [pytest.approx(0.01), None]  # no slope across


def test_an_expression(tutor: Run) -> None:
    words = ["descend", "--objective", "(1-x)**2 + 100*(y-x**2)**2", "--start", "-1.2,1", "--rate", "1e-3"]
    run = tutor(*words, "--json").json
    named = tutor("descend", "--objective", "rosenbrock", *words[3:], "--json").json
    assert np.array(run["points"]) == pytest.approx(np.array(named["points"]), rel=1e-9)
    assert run["stable_rate"] is None  # where its minimum lies isn't known


def test_a_feedback_schedule(tutor: Run) -> None:
    words = "descend --rate 0.25 --schedule reduce-on-plateau --set patience=2 --set factor=0.5 --json"
    rates = tutor(*words.split()).json["rates"]
    assert rates[0] == 0.25
    assert 0.125 in rates


def test_a_parameter_that_two_take_is_for_the_one_before_it(tutor: Run) -> None:
    rest = ["--rate", "0.1", "--steps", "2", "--json"]
    for optimizer, schedule in (("--set eps=1", ""), ("", "--set eps=1")):
        words = f"descend --optimizer adam {optimizer} --schedule reduce-on-plateau {schedule}"
        first, *_ = tutor(*words.split(), *rest).json["diagnostics"]["effective_rates"]
        slope = abs(objective("ravine").gradient(np.array([-4.0, 2.0])))
        assert first == pytest.approx(0.1 / (slope + (1 if optimizer else 0)))
    said = tutor(*["descend", "--set", "eps=1", "--optimizer", "adam", "--schedule", "reduce-on-plateau"])
    assert said.status == 2
    assert "--optimizer and --schedule both take it; write it after the one it is for" in said.err


def test_turning_the_rate_on_the_way(tutor: Run) -> None:
    words = ["--turn", "5=0.02", "--turn", "8=0.3", "--steps", "10", "--json"]
    run = tutor("descend", "--rate", "0.1", *words).json
    assert run["rates"] == [0.1] * 5 + [0.02] * 3 + [0.3] * 2


def test_searches_are_told(tutor: Run) -> None:
    run = tutor(*["descend", "--line-search", "armijo", "--rate", "2", "--steps", "4", "--json"]).json
    assert len(run["searches"]) == 4
    for search, rate in zip(run["searches"], run["rates"], strict=True):
        assert search["probes"][0] == 2
        assert search["probes"][-1] == search["rate"] == rate


RANGE = "descend --objective quadratic --param kappa=10 --rate 1e-3:1:2000 --steps 1000"


def test_a_range_of_rates(tutor: Run) -> None:
    found = tutor(*RANGE.split(), "--json").json
    rates, verdicts = found["rates"], found["verdicts"]
    assert (len(rates), rates[0], rates[-1]) == (2000, 1e-3, 1.0)
    assert np.diff(np.log(rates)) == pytest.approx(np.log(1e3) / 1999)
    assert set(verdicts) <= set(Verdict)
    assert found["stable_rate"] == pytest.approx(0.2)
    assert found["boundary"]["stable"] <= 0.2 * (1 + 1e-9) < found["boundary"]["diverging"]
    assert rates.index(found["boundary"]["diverging"]) == verdicts.index("diverging")
    for n in (0, 700, 1500, 1800):
        one = tutor(*RANGE.replace("1e-3:1:2000", repr(rates[n])).split(), "--json").json
        assert one["verdict"] == verdicts[n]
        assert len(one["rates"]) == found["steps"][n]


def test_bands_of_verdicts(tutor: Run) -> None:
    head, *bands, words = tutor(*RANGE.split()).out.splitlines()
    assert head.split() == ["from", "to", "rates", "verdict"]
    assert [band.split()[-1] for band in bands] == ["crawling", "converging", "oscillating", "diverging"]
    assert sum(int(band.split()[2].replace(",", "")) for band in bands) == 2000
    assert words.startswith("Stable up to η = 0.199")
    assert words.endswith("; theory says 0.2.")
    low = tutor(*RANGE.replace("1e-3:1", "1e-3:0.1").split()).out.splitlines()
    assert low[-1].startswith("None diverges up to η = 0.1")
    high = tutor(*RANGE.replace("1e-3:1", "0.5:1").split()).out.splitlines()
    assert high[-1].startswith("All diverge from η = 0.5 on")


def test_a_range_with_a_schedule(tutor: Run) -> None:
    words = ["descend", "--rate", "0.01:0.5:5", "--schedule", "cosine", "--steps", "50", "--json"]
    found = tutor(*words).json
    for rate, verdict in zip(found["rates"], found["verdicts"], strict=True):
        one = tutor(*["descend", "--rate", repr(rate), "--schedule", "cosine", "--steps", "50", "--json"]).json
        assert one["verdict"] == verdict


@pytest.mark.parametrize("name", ["ravine", "x**2 + y**2 + (x-1)**2*3", "x**2"])
def test_a_plot_in_a_pipe_is_plain_text(tutor: Run, name: str) -> None:
    said = tutor("descend", "--objective", name, "--rate", "0.05", "--plot")
    assert said.status == 0
    assert "\x1b" not in said.out
    rows = said.out.splitlines()
    assert max(map(len, rows[:20])) <= 80
    assert any("⠀" < glyph <= "⣿" for glyph in said.out)
    assert rows[20].split(":")[0].lower() in set(Verdict)


def test_a_plot_needs_braille(process: Run) -> None:
    said = process("tutor descend --plot", PYTHONIOENCODING="ascii")
    assert said.status == 1
    assert said.err.startswith("tutor: --plot draws in braille")
    assert said.err.count("\n") == 1


def test_the_names_and_their_parameters(tutor: Run) -> None:
    lines = tutor("descend", "--list").out.splitlines()
    for table in (OBJECTIVES, OPTIMIZERS, SCHEDULES, LINE_SEARCHES):
        for name, entry in table.items():
            assert sum(line.split(maxsplit=1) == [name, entry.about] for line in lines) == 1
    said = tutor("descend", "--list", "momentum").out
    assert "the share β of its velocity that it keeps (default: 0.9)" in said


WRONG = [
    ("--rate 1:2", "a range of rates is LO:HI:N"),
    ("--rate 2:1:5", "goes upward"),
    ("--rate 0:1:5", "a rate is a positive number"),
    ("--rate -1:1:5", "a rate is a positive number"),
    ("--rate 0.1:inf:5", "a rate is a positive number"),
    ("--rate 0.1:1:1", "a whole number from 2"),
    ("--rate 0.1:1:5 --plot", "--plot draws one run"),
    ("--turn 5", "write a step and a rate, such as 30=0.2"),
    ("--turn 5=0", "a rate is a positive number"),
    ("--turn 0=1", "a whole number from 1"),
    ("--set momentum=", "write a name and a value"),
    ("--list adan", "did you mean 'adam'?"),
    ("--schedule reduce-on-platau", "did you mean 'reduce-on-plateau'?"),
    ("--optimizer nesterow", "did you mean 'nesterov'?"),
    ("--line-search wolf", "did you mean 'wolfe'?"),
    ("--objective rosenbrok", "did you mean 'rosenbrock'?"),
    ("--objective __import__('os').system('ls')", "__import__"),
    ("--objective x**y**z(", "expression"),
    ("--objective x**2 --param kappa=3", "an expression takes no parameters"),
    ("--objective quadratic --param kappa=0.5", "kappa"),
    ("--objective quadratic --param dimension=3 --start 1,2", "is 3 numbers"),
    ("--schedule wsd --set shape=round", "shape"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=[words[:40] for words, _ in WRONG])
def test_wrong_usage(tutor: Run, words: str, message: str) -> None:
    said = tutor("descend", *words.split())
    assert said.status == 2
    assert said.out == ""
    assert message in said.err
    assert said.err.startswith("tutor: ")
    assert said.err.count("\n") == 1


def test_an_endless_expression(tutor: Run) -> None:
    said = tutor("descend", "--objective", "x+" * 5_000_000 + "x")
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert len(said.err) < 500
