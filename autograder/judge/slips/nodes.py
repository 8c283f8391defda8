"""What there is to see in an expression, or in a block: a list of statements."""

import ast
import re
from collections import Counter
from collections.abc import Callable
from functools import reduce
from typing import Any

from autograder.judge.slips.expressions import RATES

Node = Any
"""An expression, or a block: a list of statements."""
TURNS = (
    r"\.T\b",
    r"\.ravel\(\)",
    r"\[::-1\]",
    r"\[:, ::-1\]",
    r"\.reshape\([^()]*(\([^()]*\))?[^()]*\)",
)


def text(node: Node) -> str:
    """The source of an expression or of a block."""
    if isinstance(node, list):
        return "\n".join(map(text, node))
    return ast.unparse(ast.fix_missing_locations(node) if isinstance(node, ast.stmt) else node)


def calls(*names: str) -> Callable[[ast.expr], bool]:
    """Whether a node calls one of these functions or methods."""
    return lambda node: isinstance(node, ast.Call) and text(node.func).rpartition(".")[2] in names


def joins(*operators: type[ast.operator]) -> Callable[[ast.expr], bool]:
    """Whether a node is one of these operations."""
    return lambda node: isinstance(node, ast.BinOp) and isinstance(node.op, operators)


def is_number(node: ast.AST) -> bool:
    """Whether a node is a number that is typed in."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def scaled(node: ast.expr) -> bool:
    """Whether a node is something times or divided by a number."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
        return False
    return is_number(node.left) or is_number(node.right)


def parsed_again(node: ast.expr) -> ast.AST:
    """The syntax of an expression that was put together."""
    return ast.parse(text(node), mode="eval").body


def operands(node: Any) -> list[str]:
    """The two sides of an operation, as text."""
    if isinstance(node, ast.AugAssign):
        return [text(node.target), text(node.value)]
    return [text(node.left), text(node.right)]


def leaves_of(node: ast.expr) -> list[ast.expr]:
    """The factors and terms of nested operations."""
    if isinstance(node, ast.BinOp):
        return [*leaves_of(node.left), *leaves_of(node.right)]
    return [node]


def entries(node: ast.expr) -> list[str]:
    """The arguments of a call, or the entries of a tuple or list, as text."""
    if isinstance(node, ast.Call):
        return [text(argument) for argument in node.args]
    return [text(entry) for entry in getattr(node, "elts", ())]


def lines_of(block: Node) -> Counter[str]:
    """The lines of a block, however they are indented."""
    return Counter(line.strip() for line in text(block).splitlines())


def without_signs(words: str) -> str:
    """A text without signs, brackets and spaces."""
    return re.sub(r"[-+() ]", "", words)


def without_turns(words: str) -> str:
    """A text without transposes, reshapes, reversals and brackets."""
    return (
        reduce(lambda done, turn: re.sub(turn, "", done), TURNS, words)
        .replace("(", "")
        .replace(")", "")
    )


def without_brackets(node: Node) -> str:
    """A text without brackets and spaces."""
    return re.sub(r"[() ]", "", text(node))


def has_slope(node: Node) -> bool:
    """Whether there is a comparison, or a difference from a number."""
    nodes = [
        inner for part in (node if isinstance(node, list) else [node]) for inner in ast.walk(part)
    ]
    return any(
        isinstance(n, ast.Compare)
        or (isinstance(n, ast.BinOp) and isinstance(n.op, ast.Sub) and is_number(n.left))
        for n in nodes
    )


def is_expression(node: ast.AST) -> bool:
    """Whether a node is an expression."""
    return isinstance(node, ast.expr)


def functions_in(node: ast.expr) -> Counter[str]:
    """The functions that an expression calls."""
    return Counter(text(n.func) for n in ast.walk(node) if isinstance(n, ast.Call))


def variables_in(node: ast.expr) -> set[str]:
    """The variables that an expression reads; functions by name count where they are not called."""
    called = {
        n.func.id
        for n in ast.walk(node)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - called - {"np"}


def rates_in(node: Node) -> Counter[str]:
    """How often each rate is named."""
    return Counter(word for word in re.findall(r"\w+", text(node)) if word in RATES)


def count_loops(block: Node) -> int:
    """How many loops there are."""
    return sum(isinstance(node, ast.For) for part in block for node in ast.walk(part))
