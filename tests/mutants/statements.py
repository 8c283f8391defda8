"""What may go wrong with whole statements: one block in, other blocks out."""

import ast
from collections.abc import Iterator

from tests.mutants.edits import negated, transposed

Block = list[ast.stmt]


def other_blocks(block: Block) -> Iterator[Block]:
    """A statement removed, or changed, or two neighbours exchanged."""
    for i, statement in enumerate(block):
        before, after = block[:i], block[i + 1 :]
        if not isinstance(statement, ast.Return):
            yield [*before, *after] or [ast.Pass()]
        for other in other_statements(statement):
            yield [*before, *other, *after]
        if after and not isinstance(after[0], ast.Return):
            yield [*before, after[0], statement, *after[1:]]
        if isinstance(statement, ast.For | ast.If):
            *kept, last = statement.body
            yield [*before, _with_body(statement, kept or [ast.Pass()]), last, *after]


def other_statements(statement: ast.stmt) -> Iterator[Block]:
    """What may stand in the place of one statement."""
    match statement:
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub() as op, value=value):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield [ast.AugAssign(target, other, value)]
            yield [ast.Assign([target], value)]
        case ast.AugAssign(target=target, value=value):
            yield [ast.AugAssign(target, ast.Mult(), value)]
        case ast.Assign(targets=targets, value=value) if not isinstance(value, ast.Tuple):
            yield [ast.Assign(targets, negated(value))]
        case ast.Return(value=value) if value is not None:
            yield from ([ast.Return(other)] for other in _other_results(value))
        case ast.If(test=test, body=body, orelse=orelse):
            yield [ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)]
            yield body
        case ast.Break():
            yield [ast.Continue()]


def _other_results(value: ast.expr) -> Iterator[ast.expr]:
    entries = value.elts if isinstance(value, ast.Tuple) else [value]
    for i, entry in enumerate(entries):
        for edit in (negated, transposed):
            changed = [*entries[:i], edit(entry), *entries[i + 1 :]]
            yield ast.Tuple(changed, ast.Load()) if isinstance(value, ast.Tuple) else changed[0]


def _with_body(statement: ast.For | ast.If, body: Block) -> ast.stmt:
    """The last statement of a loop or branch slips out: an indentation too small."""
    if isinstance(statement, ast.For):
        return ast.For(statement.target, statement.iter, body, statement.orelse)
    return ast.If(statement.test, body, statement.orelse)
