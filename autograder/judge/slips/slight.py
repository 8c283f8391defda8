"""Edits that change little: an absolute value, a small number added, a count taken from the data.

On some inputs they change nothing, so whether one costs points must not be drawn by lot: the proof
demands that each is caught on all case sets, or on none.
"""

import ast
from collections.abc import Iterator
from typing import Any

from autograder.judge.slips.nodes import calls, text
from autograder.judge.slips.syntax import Path, Written, walk
from autograder.judge.slips.wraps import parsed

BODY: Path = (("body", None),)
SMALL = "1e-08"
COUNTS = "len(", ".shape["


def slight_edits(tree: ast.FunctionDef) -> Iterator[tuple[str, Any, Any, str]]:
    """(kind, node before, node after, source), like the other edits of the proof."""
    written = Written(tree)
    for path, node in list(walk(tree, ())):
        for kind, other in _others(node):
            yield kind, node, other, written.exchanged([(path, other)])
    for argument in tree.args.args:
        read = ast.parse(f"{argument.arg} = np.abs({argument.arg})").body
        body = [*read, *tree.body]
        yield "input", tree.body, body, written.exchanged([(BODY, body)])


def _others(node: Any) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.BinOp(op=ast.Sub()):
            yield "abs-square-root", parsed(f"np.abs({text(node)})")
        case ast.BinOp(left=left, op=ast.Div(), right=right) if _is_measured(right):
            yield "epsilon", parsed(f"({text(left)}) / ({text(right)} + {SMALL})")
        case ast.Call(args=[inner, *_]) if calls("log", "sqrt")(node):
            yield "epsilon", parsed(f"{text(node.func)}({text(inner)} + {SMALL})")
        case ast.Call(func=ast.Name("len"), args=[counted]):
            yield "wrong-count", parsed(f"len(np.unique({text(counted)}))")
        case ast.Subscript(value=ast.Attribute(value=counted, attr="shape")):
            yield "wrong-count", parsed(f"len(np.unique({text(counted)}))")


def _is_measured(node: ast.expr) -> bool:
    """Whether a divisor comes from the data, and is not a number or a count."""
    return not isinstance(node, ast.Constant) and not any(word in text(node) for word in COUNTS)
