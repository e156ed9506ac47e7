"""Whatever somebody types as an expression: a formula or one clear line, quickly and in little memory."""

from __future__ import annotations

import ast
import sys
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.objectives import expression, formula


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("__import__('os').system('true')", "character 1, '__import__': known are x, y, x1, "),
        ("x.__class__", "character 2, '.': a point stands only in a number"),
        ("().__class__", r"character 2, '\)': something is missing before it"),
        ("lambda x: x", "character 1, 'lambda': known are"),
        ("x < 1", "character 3, '<': use only numbers, names"),
        ("x if y else 1", "character 3, 'if': known are"),
        ("x or y", "character 3, 'or'"),
        ("[x for x in y]", r"character 1, '\[': use only"),
        ("'x'", "character 1"),
        ('f"{x}"', "character 1, 'f': known are"),
        ("x; y", "character 2, ';'"),
        ("(y := x)", "character 4, ':'"),
        ("eval(x)", "character 1, 'eval'"),
        ("sin(x, y)", "character 6, ',': a function takes one value"),
        ("sin(*x)", r"character 5, '\*': something is missing before it"),
        ("sin(**x)", r"'\*\*': something is missing before it"),
        ("sin", "at its end: something is missing"),
        ("sin x", "character 5, 'x': a function wants brackets"),
        ("sin + x", r"character 5, '\+': a function wants brackets"),
        ("sin()", r"character 5, '\)': something is missing"),
        ("sin(cos)", "character 8, .*: a function wants brackets"),
        ("x(y)", r"character 2, '\(': an operation is missing"),
        ("2x", "character 2, 'x': an operation is missing before it, such as *"),
        ("2(x)", r"character 2, '\('"),
        ("(x)(y)", r"character 4, '\('"),
        ("x y", "character 3, 'y'"),
        ("1.5.2*x", "character 4, '.2'"),
        ("007*x", "character 2, '0'"),
        ("0x1*x", "character 2, 'x1'"),
        ("1_000*x", "character 2, '_000'"),
        ("2j*x", "character 2, 'j'"),
        ("1or x", "character 2, 'or'"),
        ("x + True", "character 5, 'True'"),
        ("...", "character 1, '.'"),
        ("x^2", r"character 2, '\^': write \*\* for a power"),
        ("x²", r"'²': write \*\*2"),
        ("|x|", "write abs"),
        ("2·x", r"write \*"),
        ("x − y", "write - for minus"),
        ("y = x", "write only the right-hand side"),
        ("2*π*x", "write pi"),
        ("x\x00", r"character 2, '\\x00'"),
        ("x # a comment", "character 3, '#'"),
        ("х + y", "character 1, 'х'"),  # a Cyrillic letter
        ("ｘ + y", "character 1, 'ｘ'"),  # a full-width one, which Python would read as x
        ("x10 + x", "character 1, 'x10'"),
        ("z", "character 1, 'z'"),
        ("", "at its end: something is missing"),
        ("   ", "at its end: something is missing"),
        ("x +", "at its end: something is missing"),
        ("* x", r"character 1, '\*': something is missing before it"),
        ("x // y", "character 4, '/': something is missing before it"),
        ("x *** y", r"character 5, '\*'"),
        ("(x", r"character 1, '\(': there is no \) that closes it"),
        ("x)", r"character 2, '\)': there is no \( that it closes"),
        ("x)(y", "character 2"),
        ("3", "'3' is the same everywhere: write one with x or y in it"),
        ("sin(2) + pi**e", "the same everywhere"),
        ("x + 1/0", "character 5, '1/0': this has no finite value"),
        ("x + log(0)", r"character 5, 'log\(0\)': this has no finite value"),
        ("x + (-1)**0.5", "this has no finite value"),
        ("x + sqrt(-1)", "this has no finite value"),
        ("x + 1e999", "character 5, '1e999': this has no finite value"),
        (f"x + {'9' * 1500}", "character 5, '9{29}…': this has no finite value"),
        ("x + 9**9**9", "this has no finite value"),
        ("x + 9**9**9**9**9**9", "this has no finite value"),
        ("x**9**9", r"'x\*\*9\*\*9': an exponent is at most 100"),
        ("x**101", "an exponent is at most 100"),
        ("x**-101", "an exponent is at most 100"),
        ("x**(50*3)", "an exponent is at most 100"),
        ("(" * 51 + "x" + ")" * 51, "character 51, .*: put at most 50 brackets into each other"),
        ("sin(" * 51 + "x" + ")" * 51, "put at most 50 brackets"),
        ("-" * 1000 + "x", "character 201, '-': write at most 200 numbers, names and signs"),
        ("x" + "**x" * 600, "write at most 200"),
        ("x" + "+x" * 900, "write at most 200"),
        ("x" * 2001, "has 2,001 characters: write at most 2,000"),
    ],
)
def test_one_line_says_where_and_what_instead(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        expression(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    "unit", ["(", "-", "x+", "x**", "sin(", "9**", "a", "9", " ", "[", "{", "'", "\\", "x\n", "é"]
)
def test_ten_megabytes_cost_nothing(unit: str) -> None:
    text = unit * (10_000_000 // len(unit))
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(UsageError, match=r"(10,000,000|9,999,99\d) characters: write at most 2,000"):
        expression(text)
    assert time.perf_counter() - began < 0.5
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50 + "x" + ")" * 50,
        "sin(" * 49 + "x" + ")" * 49,
        "-" * 199 + "x",
        "x" + "+x" * 99,
        "x" + "**x" * 99,
        "x" + "*(x" * 49 + ")" * 49,
    ],
)
def test_the_largest_formulas_work_from_deep_in_the_stack(text: str) -> None:
    """An app calls from a hundred frames down; the parsers of all Python versions stand that much."""

    def deep(frames: int) -> None:
        if frames:
            deep(frames - 1)
        else:
            ground = expression(text)
            ground.hessian(np.array([[0.5, 0.5]]))

    room = sys.getrecursionlimit()
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            deep(room // 2)
        except BaseException as error:  # noqa: BLE001 - carried to the test's own thread
            failures.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join()
    assert not failures


def test_the_tree_alone_lets_nothing_else_through() -> None:
    """Should a text ever get past the check of its tokens."""
    for text in (
        "x.real",
        "f(x)",
        "sin(x, y)",
        "sin(x=y)",
        "[x]",
        "x < y",
        "x // y",
        "not x",
        "'x'",
        "1j",
        "z",
        "~x",
    ):
        with pytest.raises(UsageError, match="write only arithmetic and known functions"):
            formula._node(ast.parse(text, mode="eval").body, text)


def test_nothing_is_run() -> None:
    """An audit hook cannot be taken off again, so it is told when to listen."""
    ran: list[str] = []
    listening = True

    def hear(event: str, _: object) -> None:
        if listening and event in {"exec", "os.system"}:
            ran.append(event)

    sys.addaudithook(hear)
    eval("1")
    assert ran.pop() == "exec"
    expression("(1-x)**2 + 100*(y-x**2)**2").hessian(np.zeros((3, 2)))
    with pytest.raises(UsageError):
        expression("__import__('os').system('true')")
    listening = False
    assert not ran


PIECES = [
    "x",
    "y",
    "x2",
    "1",
    "2.5",
    "1e3",
    "+",
    "-",
    "*",
    "/",
    "**",
    "(",
    ")",
    "sin",
    "abs",
    " ",
    ".",
    "e",
    "_",
    ",",
]


@settings(max_examples=80)
@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("0" * 5000)
@example("\ud800")
def test_garbage_is_an_expression_or_a_usage_error(text: str) -> None:
    try:
        ground = expression(text)
    except UsageError:
        return
    place = np.zeros((3, len(ground.start)))
    assert ground.value(place).shape == (3,)
    assert ground.hessian(place).shape == (*place.shape, len(ground.start))
