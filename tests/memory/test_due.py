"""The counts agree with the states, and cost next to nothing to get."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tutor
from tutor.memory.clock import Moment
from tutor.memory.due import Counts, counts
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

TODAY = date(2026, 11, 23)
NOON = Moment(1_795_435_200_000, 0)
HEAVY = {"sqlite_utils", "fsrs", "textual", "numpy", "plotext", "dataclasses", "random", "pathlib"}


def answered(path: Path, ratings: dict[str, Rating]) -> Store:
    """A store in which each question was answered once, today."""
    store = Store(str(path), clock=lambda: NOON)
    store._db.execute("PRAGMA synchronous = OFF")
    for question, rating in ratings.items():
        answer = Answer(question=question, kind="choice", answer=1, correct=True, rating=rating, ms=1)
        store.record(answer, store.state(question))
    return store


def test_without_a_store_all_is_new(tmp_path: Path) -> None:
    assert counts(str(tmp_path / "store.db"), ["a", "b"], TODAY) == Counts(0, 2, 0, None)


def test_counts_day_by_day(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    answered(path, {"failed": Rating.AGAIN, "passed": Rating.GOOD, "gone": Rating.AGAIN}).close()
    known = ["failed", "passed", "new"]
    in_two_days = TODAY + timedelta(days=2)
    assert counts(str(path), known, TODAY) == Counts(due=1, new=1, learning=1, next_due=in_two_days)
    assert counts(str(path), known, TODAY + timedelta(days=1)) == Counts(1, 1, 1, in_two_days)
    assert counts(str(path), known, in_two_days) == Counts(due=2, new=1, learning=1, next_due=None)
    assert counts(str(path), known, TODAY - timedelta(days=7)) == Counts(1, 1, 1, in_two_days)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ratings=st.dictionaries(st.text("abc", min_size=1, max_size=2), st.sampled_from(Rating), max_size=6),
    known=st.sets(st.text("abc", min_size=1, max_size=2), max_size=6),
    later=st.integers(-3, 12),
)
def test_counts_agree_with_the_states(
    ratings: dict[str, Rating], known: set[str], later: int, tmp_path: Path
) -> None:
    path = tmp_path / "store.db"
    path.unlink(missing_ok=True)
    today = TODAY + timedelta(days=later)
    with answered(path, ratings) as store:
        seen = [state for question, state in store.states().items() if question in known]
    assert counts(str(path), known, today) == Counts(
        due=sum(state.is_due(today) for state in seen),
        new=len(known) - len(seen),
        learning=sum(state.learning for state in seen),
        next_due=min((state.due for state in seen if not state.is_due(today)), default=None),
    )


@pytest.mark.parametrize(
    ("program", "heavy"),
    [
        ("from tutor.memory.due import counts; counts(PATH, ['a'], TODAY)", HEAVY),
        ("from tutor.memory.clock import system_clock, study_day; study_day(system_clock())", HEAVY),
        (
            "from tutor.memory.store import Store; s = Store(PATH); s.states(); s.reviews(); s.bookmark('b')",
            {"sqlite_utils", "fsrs", "textual", "numpy", "plotext"},
        ),
        (
            "from tutor.memory.outlook import forecast, retrievability; forecast([], TODAY)",
            {"sqlite_utils", "fsrs", "textual", "numpy", "plotext"},
        ),
    ],
)
def test_a_store_that_is_up_to_date_is_used_without_slow_imports(
    program: str, heavy: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "store.db"
    answered(path, {"a": Rating.GOOD}).close()
    script = f"""
from datetime import date
import sys
before = set(sys.modules)
PATH, TODAY = {str(path)!r}, date(2026, 11, 23)
{program}
print(*(set(sys.modules) - before), sep="\\n")
"""
    environment = os.environ | {"PYTHONPATH": str(Path(tutor.__file__).parents[1])}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    imported = {module.partition(".")[0] for module in run.stdout.split()}
    assert "tutor" in imported
    assert not imported & heavy
