"""The promises about years of daily reviews: 100,000 questions, 1,000,000 reviews.

The store takes a minute to make: ``pytest -m benchmark_ratio -n 0 tests/benchmarks/test_years.py``.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.conftest import QUESTIONS
from tests.benchmarks.test_speed import process_time, ratio, time_to
from tests.desk import any_experiment, asked, card_text
from tests.learner import name
from tests.terminal import TUTOR, environment
from tutor.decks.index import CardSummary, Index
from tutor.decks.parse import parse
from tutor.memory.clock import system_clock
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store
from tutor.study.library import Library
from tutor.study.plan import Scope
from tutor.study.session import Session
from tutor.study.steps import Asking

if TYPE_CHECKING:
    from tutor.decks.model import Card

pytestmark = pytest.mark.benchmark_ratio

ANSWER = Answer(question="", kind="choice", answer="right one", correct=True, rating=Rating.GOOD, ms=4000)

MEASURED = """
import sys, time
from tutor.memory.store import Store
with Store(sys.argv[1]) as store:
    start = time.perf_counter()
    {work}
    seconds = time.perf_counter() - start
with open("/proc/self/status") as status:
    (memory,) = (line.split()[1] for line in status if line.startswith("VmHWM"))
print(seconds, int(memory) / 1024)
"""
"""Prints seconds, and the largest memory in MiB: Linux tells that of the parent in `resource`."""


@pytest.fixture
def home(years: Path, tmp_path: Path) -> Path:
    """A data folder with that store."""
    shutil.copy(years, tmp_path / "store.db")
    return tmp_path


def measured(work: str, home: Path) -> tuple[float, float]:
    """Return the seconds that some work on the store takes, and the largest memory of its process, in MiB."""
    command = [sys.executable, "-c", MEASURED.format(work=work), str(home / "store.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(home))
    seconds, memory = map(float, done.stdout.split())
    print(f"\n{work}: {seconds:.1f} s, {memory:.0f} MiB")
    return seconds, memory


def test_an_answer_is_committed_almost_as_quickly_as_a_bare_row(home: Path) -> None:
    bare = sqlite3.connect(home / "bare.db", isolation_level=None)
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, question TEXT, answer TEXT)")
    draw = Random(0)
    with Store(str(home / "store.db")) as store:

        def ours() -> float:
            answer = replace(ANSWER, question=name(draw.randrange(QUESTIONS)))
            expected = store.state(answer.question)
            start = time.perf_counter()
            store.record(answer, expected)
            return time.perf_counter() - start

        def theirs() -> float:
            row = (f"{draw.getrandbits(128):032x}", "question", json.dumps("right one"))
            start = time.perf_counter()
            bare.execute("BEGIN")
            bare.execute("INSERT INTO answers VALUES (?, ?, ?)", row)
            bare.execute("COMMIT")
            return time.perf_counter() - start

        pairs = [(ours(), theirs()) for _ in range(201)][1:]
    mine, peer = (median(column) for column in zip(*pairs, strict=True))
    print(f"\n{mine * 1e3:.2f} ms against {peer * 1e3:.2f} ms: {mine / peer:.2f} ×")
    assert mine / peer <= 2.5


def test_the_next_question_comes_at_once_after_an_answer(home: Path) -> None:
    """Through the session: the answer and the place are written, and the next question is there."""
    with Store(str(home / "store.db")) as store:
        session = Session(Library(shelf()), store, system_clock, Scope(mode="ahead", days=60, limit=400))
        times: list[float] = []
        while len(times) < 300:
            asked(session)  # what keeps slipping brings its card first
            session.prepare()
            step = session.step
            assert isinstance(step, Asking)
            if step.waits:
                session.commit()
            start = time.perf_counter()
            if step.form == "recall":
                session.judge(Rating.GOOD)
            else:
                session.answer("2")
                session.next()
            times.append(time.perf_counter() - start)
    worst = quantiles(times, n=20)[-1]
    print(f"\nmedian {median(times) * 1e3:.2f} ms, 95th percentile {worst * 1e3:.2f} ms")
    assert worst < 0.005


class Shelf(Index):
    """Cards whose files are made up when they are asked for."""

    def card(self, card: str) -> Card:
        return parse(card_text(card, *self.of[card]), Path("decks/years/card.md"), any_experiment)

    @cached_property
    def of(self) -> dict[str, list[str]]:
        return {card.id: card.questions for card in self.cards}


def shelf() -> Shelf:
    """An index of all the questions, five a card."""
    cards = [
        CardSummary(f"card{n}", "years", f"Card {n}", "", "", [name(n + k) for k in range(5)], [], "")
        for n in range(0, QUESTIONS, 5)
    ]
    return Shelf({"years": "Years"}, cards, [], any_experiment)


def without_a_past(home: Path) -> Path:
    """Make a store that remembers nothing, with all the questions in its decks, and in those of ``home``."""
    empty = home / "empty"
    empty.mkdir()
    Store(str(empty / "store.db")).close()
    for folder in (home, empty):
        subprocess.run((*TUTOR, "due"), env=environment(folder), check=True, stdout=subprocess.DEVNULL)
        _index_of_all_questions(folder)
    return empty


def test_the_app_opens_as_quickly_as_without_a_past(home: Path) -> None:
    empty = without_a_past(home)
    opened = partial(time_to, "The next days", TUTOR)
    assert ratio(lambda: opened(home), lambda: opened(empty)) <= 1.3


def test_due_is_as_quick_as_without_a_past(home: Path) -> None:
    empty = without_a_past(home)
    due = (*TUTOR, "due")
    assert ratio(lambda: process_time(due, home), lambda: process_time(due, empty)) <= 1.5


def _index_of_all_questions(home: Path) -> None:
    """Put cards with all the questions into the cached index, as if their files were there."""
    from binascii import crc32

    cache = home / "index.json"
    _, held, files = cache.read_bytes().split(b"\n")
    key, decks, cards, problems = json.loads(held)
    like = CardSummary(*cards[0])
    for first in range(0, QUESTIONS, 5):
        questions = [name(first + n) for n in range(5)]
        cards.append(like._replace(id=f"card{first}", questions=questions))
    content = json.dumps([key, decks, cards, problems]).encode() + b"\n" + files
    cache.write_bytes(b"%08x\n" % crc32(content) + content)


def test_a_rebuild_takes_less_than_half_a_minute(home: Path) -> None:
    seconds, memory = measured("store.rebuild()", home)
    assert seconds < 30
    assert memory < 400


def test_a_check_takes_less_than_a_minute(home: Path) -> None:
    seconds, memory = measured("assert store.check() == []", home)
    assert seconds < 60
    assert memory < 400


def test_everything_goes_out_and_comes_in_with_little_memory(home: Path) -> None:
    _, memory = measured(
        f"open({str(home / 'all')!r}, 'w').writelines(l + '\\n' for l in store.export())", home
    )
    assert memory < 400
    (home / "store.db").unlink()
    _, memory = measured(f"store.take_in(open({str(home / 'all')!r}))", home)
    assert memory < 400


LEARNER = """
import sys, time
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from random import Random
from tutor.errors import ChangedMeanwhile
from tutor.memory.model import Answer, Rating
from tutor.memory.store import Store

answer = Answer(question="", kind="choice", answer=1, correct=True, rating=Rating.GOOD, ms=1)
draw, end = Random(sys.argv[2]), time.monotonic() + 60
with Store(sys.argv[1]) as store:
    while time.monotonic() < end:
        question = f"question-{draw.randrange(20)}"
        try:
            print(store.record(replace(answer, question=question), store.state(question)).last)
        except ChangedMeanwhile:
            pass
"""


def test_two_processes_review_the_same_store_for_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(str(path)).close()
    sessions = [
        subprocess.Popen(
            [sys.executable, "-c", LEARNER, str(path), str(n)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(tmp_path),
        )
        for n in range(2)
    ]
    told = [session.communicate()[0].split() for session in sessions]
    assert [session.returncode for session in sessions] == [0, 0]
    with Store(str(path)) as store:
        assert sorted(review.id for review in store.reviews()) == sorted(told[0] + told[1])
        assert store.check() == []
    print(f"\n{len(told[0])} and {len(told[1])} answers")
