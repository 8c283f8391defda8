"""What gives a stub's answer away: its expression, in the same names or in others.

An answer is looked for up to what a mean and a tie make of it: without its 1/N, and with ≥ for >.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import reduce
from typing import Any

LENGTHS = {"N", "len", "shape", "size"}
"""Names in a divisor that is the number of examples."""


def answers_of(function: Callable[..., Any]) -> Iterator[str]:
    """The expressions with an operator that a function returns, part by part, and up to 1/N."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assigned: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                assigned.setdefault(ast.unparse(target), node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) and node.value is not None:
            for part in _parts_of(node.value):
                whole = assigned.get(part.id, part) if isinstance(part, ast.Name) else part
                for form in (whole, _Up().visit(deepcopy(whole))):
                    if _operators(form):
                        yield ast.unparse(form)


def lines_of(function: Callable[..., Any]) -> Iterator[ast.expr]:
    """Everything that a function assigns or returns, part by part."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return) and node.value is not None:
            yield from _parts_of(node.value)


def in_other_names(expression: ast.expr) -> str:
    """An expression up to the names in it, its 1/N and its ties; a call is a name as well."""
    renamed = _Plain().visit(deepcopy(expression))
    names: dict[str, str] = {}
    for node in ast.walk(renamed):
        if isinstance(node, ast.Name):
            node.id = names.setdefault(node.id, f"v{len(names)}")
    return ast.unparse(renamed)


def with_a_factor_less(expression: ast.expr) -> Iterator[ast.expr]:
    """An expression, and where it is a product of elements, what is left without each factor."""
    yield expression
    factors = _factors(_Plain().visit(deepcopy(expression)))
    for left_out in range(len(factors) if len(factors) > 2 else 0):
        first, *others = (f for place, f in enumerate(factors) if place != left_out)
        yield reduce(lambda a, b: ast.BinOp(a, ast.Mult(), b), others, first)


def _factors(expression: ast.expr) -> list[ast.expr]:
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mult):
        return [*_factors(expression.left), *_factors(expression.right)]
    return [expression]


def tells(expression: ast.expr) -> bool:
    """Whether an expression says enough to be known again in other names.

    Three operators do, or two that meet one name twice, or a number: a·(1 − a), not W·x + b.
    """
    form = _Plain().visit(deepcopy(expression))
    names = [node.id for node in ast.walk(form) if isinstance(node, ast.Name)]
    numbers = any(isinstance(node, ast.Constant) for node in ast.walk(form))
    meets = numbers or len(set(names)) < len(names)
    return _operators(form) >= (2 if meets else 3)


def expressions_in(code: str) -> Iterator[ast.expr]:
    """Every expression in a cell of code, the smaller ones inside a larger one too."""
    return (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.expr))


def _operators(expression: ast.AST) -> int:
    """How many operators an expression has; a transpose is one."""
    return sum(
        isinstance(node, ast.BinOp) or (isinstance(node, ast.Attribute) and node.attr == "T")
        for node in ast.walk(expression)
    )


class _Up(ast.NodeTransformer):
    """Leaves out a division by the number of examples, and what happens at a tie."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        named = {ast.unparse(n).rsplit(".", 1)[-1] for n in ast.walk(node.right) if _is_name(n)}
        self.generic_visit(node)
        return node.left if isinstance(node.op, ast.Div) and named & LENGTHS else node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        strict = {ast.GtE: ast.Gt, ast.LtE: ast.Lt}
        node.ops = [strict.get(type(op), type(op))() for op in node.ops]
        return node


class _Plain(_Up):
    """The same, and a call of a function is one name: what a function returns is a value."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return ast.Name(ast.unparse(node), ast.Load())


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _parts_of(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.Tuple | ast.List):
        return value.elts
    return [v for v in value.values if v] if isinstance(value, ast.Dict) else [value]
