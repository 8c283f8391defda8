"""Statements in other places: moved, repeated, in or out of a loop, set for added."""

import ast
from collections.abc import Iterator

from autograder.judge.slips.statements import Block, Blocks


def other_loops(block: Block) -> Blocks:
    """A block with one statement elsewhere, once more, or set where it should be added."""
    for i, statement in enumerate(block):
        yield from _moved(block, i)
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr):
            yield "twice", [*block[: i + 1], statement, *block[i + 1 :]]
            for j in range(i + 2, len(block)):
                yield "computed-anew", [*block[:j], statement, *block[j:]]
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            for op in (ast.Add(), ast.Sub()):
                target = ast.Name(statement.targets[0].id, ast.Store())
                yield "add-or-set", _put(block, i, [ast.AugAssign(target, op, statement.value)])
        if isinstance(statement, ast.For):
            yield from _of_loop(block, i, statement)


def _moved(block: Block, i: int) -> Blocks:
    """One statement at another place; a return stays the last."""
    rest = [*block[:i], *block[i + 1 :]]
    last = len(rest) - isinstance(rest[-1], ast.Return) if rest else 0
    if not isinstance(block[i], ast.Return):
        for j in range(last + 1):
            yield "order-of-lines", [*rest[:j], block[i], *rest[j:]]


def _of_loop(block: Block, i: int, loop: ast.For) -> Blocks:
    if isinstance(block[-1], ast.Return):
        yield "return-in-the-loop", [*block[:i], _with(loop, [*loop.body, block[-1]])]
    for j in range(i):
        if isinstance(block[j], ast.Assign):
            anew = _with(loop, [block[j], *loop.body])
            yield "reset-in-the-loop", [*block[:j], *block[j + 1 : i], anew, *block[i + 1 :]]
            yield "reset-in-the-loop", _put(block, i, [anew])
    for j in range(i + 1, len(block)):
        if not isinstance(block[j], ast.Return):
            taken_in = _with(loop, [*loop.body, block[j]])
            yield "out-of-the-loop", [*block[:i], taken_in, *block[i + 1 : j], *block[j + 1 :]]
    for j, inner in enumerate(loop.body):
        without = _with(loop, [*loop.body[:j], *loop.body[j + 1 :]] or [ast.Pass()])
        yield "out-of-the-loop", _put(block, i, [inner, without])
        kept = _with(loop, loop.body[:j] or [ast.Pass()])
        yield "out-of-the-loop", _put(block, i, [kept, *loop.body[j:]])


def _put(block: Block, i: int, statements: Block) -> Block:
    return [*block[:i], *statements, *block[i + 1 :]]


def _with(loop: ast.For, body: Block) -> ast.For:
    return ast.For(loop.target, loop.iter, body, loop.orelse)


def loops_of(block: Block) -> Iterator[tuple[int, ast.For]]:
    """The loops that stand in a block, with their places."""
    return ((i, s) for i, s in enumerate(block) if isinstance(s, ast.For))
