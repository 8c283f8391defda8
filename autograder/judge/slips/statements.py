"""What may go wrong with whole statements: one block in, other blocks out, each with its kind."""

import ast
from collections.abc import Iterator

from autograder.judge.slips.expressions import negated, transposed

Block = list[ast.stmt]
Blocks = Iterator[tuple[str, Block]]
"""(kind, the block that stands there instead)."""


def other_blocks(block: Block) -> Blocks:
    """A statement removed, or changed, or two neighbours exchanged."""
    for i, statement in enumerate(block):
        before, after = block[:i], block[i + 1 :]
        if not isinstance(statement, ast.Return):
            yield "statement-missing", [*before, *after] or [ast.Pass()]
        for kind, other in other_statements(statement):
            yield kind, [*before, *other, *after]
        if after and not isinstance(after[0], ast.Return):
            yield "order-of-lines", [*before, after[0], statement, *after[1:]]
        if isinstance(statement, ast.For | ast.If):
            *kept, last = statement.body
            kind = "out-of-the-loop" if isinstance(statement, ast.For) else "condition"
            yield kind, [*before, _with_body(statement, kept or [ast.Pass()]), last, *after]


def other_statements(statement: ast.stmt) -> Blocks:
    """What may stand in the place of one statement."""
    match statement:
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub() as op, value=value):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield "sign", [ast.AugAssign(target, other, value)]
            yield "add-or-set", [ast.Assign([target], value)]
        case ast.AugAssign(target=target, value=value):
            yield "operator", [ast.AugAssign(target, ast.Mult(), value)]
        case ast.Assign(targets=targets, value=value) if not isinstance(value, ast.Tuple):
            yield "sign", [ast.Assign(targets, negated(value))]
        case ast.Return(value=value) if value is not None:
            for kind, result in _other_results(value):
                yield kind, [ast.Return(result)]
        case ast.If(test=test, body=body, orelse=orelse):
            yield "condition", [ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)]
            yield "condition", body
        case ast.Break():
            yield "condition", [ast.Continue()]


def _other_results(value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    entries = value.elts if isinstance(value, ast.Tuple) else [value]
    for i, entry in enumerate(entries):
        for kind, edit in (("sign", negated), ("transpose", transposed)):
            changed = [*entries[:i], edit(entry), *entries[i + 1 :]]
            new = ast.Tuple(changed, ast.Load()) if isinstance(value, ast.Tuple) else changed[0]
            yield kind, new


def _with_body(statement: ast.For | ast.If, body: Block) -> ast.stmt:
    """The last statement of a loop or branch slips out: an indentation too small."""
    if isinstance(statement, ast.For):
        return ast.For(statement.target, statement.iter, body, statement.orelse)
    return ast.If(statement.test, body, statement.orelse)
