"""A formula that somebody typed, from its text to a tree of known operations: none of it is ever executed."""

from __future__ import annotations

import ast
import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from tutor.optim.objectives.jets import FUNCTIONS
from tutor.optim.objectives.tokens import checked, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tutor.errors import UsageError

T = TypeVar("T")

STEEPEST = 100.0
"""The largest exponent that is a number."""

COORDINATES: Mapping[str, int] = {"x": 0, "y": 1, **{f"x{n}": n - 1 for n in range(1, 10)}}
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Coordinate:
    """One of the coordinates of the point, counted from 0."""

    index: int


@dataclass(frozen=True)
class Operation:
    """What is done to what."""

    apply: Callable[..., Any]
    operands: tuple[Node, ...]


Node = float | Coordinate | Operation
"""A tree whose operations hold at least one coordinate: constants are folded as it is built."""

OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def parse(text: str) -> tuple[str, Node]:
    """Read a formula in Python's notation: its text, tidied, and its tree.

    Raises UsageError, saying where and what is allowed instead, if it is none.
    """
    tidy = checked(text, [*COORDINATES, *CONSTANTS], FUNCTIONS)
    return tidy, _node(ast.parse(tidy, mode="eval").body, tidy)


def evaluate(node: Node, coordinates: Sequence[T]) -> T:
    """Compute a tree for coordinates that are arrays or jets."""
    if isinstance(node, Coordinate):
        return coordinates[node.index]
    if isinstance(node, Operation):
        first, *second = node.operands
        if second:
            return cast("T", node.apply(evaluate(first, coordinates), evaluate(second[0], coordinates)))
        return cast("T", node.apply(evaluate(first, coordinates)))
    return cast("T", node)


def dimension(node: Node) -> int:
    """Count the coordinates up to the last that occurs; 0 in a constant."""
    if isinstance(node, Coordinate):
        return node.index + 1
    return max(map(dimension, node.operands)) if isinstance(node, Operation) else 0


def _node(source: ast.expr, text: str) -> Node:
    match source:
        case ast.Name(id=name) if name in COORDINATES:
            return Coordinate(COORDINATES[name])
        case ast.Name(id=name) if name in CONSTANTS:
            return CONSTANTS[name]
    apply, operands = _parts(source, text)
    if any(isinstance(operand, Coordinate | Operation) for operand in operands):
        if apply is operator.pow and isinstance(operands[1], float) and abs(operands[1]) > STEEPEST:
            raise _wrong(source, text, f"an exponent is at most {STEEPEST:g}")
        return Operation(apply, operands)
    result = _constant(apply, operands)
    if math.isnan(result):
        raise _wrong(source, text, "this has no finite value")
    return result


def _parts(source: ast.expr, text: str) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Tell what a node does to what; the white list, that lets nothing else through."""
    match source:
        case ast.Constant(value=int() | float() as number):
            return float, (number,)
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)], (_node(operand, text),)
        case ast.BinOp(op=sign, left=left, right=right) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)], (_node(left, text), _node(right, text))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name], (_node(argument, text),)
    raise _wrong(source, text, "write only arithmetic and known functions")


def _constant(apply: Callable[..., Any], operands: tuple[float, ...]) -> float:
    """Compute an operation where nothing varies; NaN if it has no finite value."""
    try:
        with np.errstate(all="ignore"):
            result = float(apply(*operands))
    except (ArithmeticError, TypeError):  # 1/0, 10**400, (-1)**0.5
        return math.nan
    return result if math.isfinite(result) else math.nan


def _wrong(source: ast.expr, text: str, remedy: str) -> UsageError:
    return wrong(source.col_offset, text[source.col_offset : source.end_col_offset], remedy)
