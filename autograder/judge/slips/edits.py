"""Every edit of one function that the bank knows: the proof's, then those of the bank alone."""

import ast
from collections.abc import Collection, Iterator
from typing import Any

from autograder.judge.slips.everywhere import alike, is_read
from autograder.judge.slips.formulas import other_formulas, other_indices
from autograder.judge.slips.kinds import KINDS, Edit
from autograder.judge.slips.loops import other_loops
from autograder.judge.slips.mutate import known_to, one_edit
from autograder.judge.slips.returns import other_returns
from autograder.judge.slips.scope import Scope
from autograder.judge.slips.slight import slight_edits
from autograder.judge.slips.syntax import Path, Written, walk
from autograder.judge.slips.terms import other_terms
from autograder.judge.slips.wholes import other_bodies
from autograder.judge.slips.wraps import wrapped

ONCE = frozenset(
    ["factor-extra", "term-extra", "index", "distributed", "key", "order", "result-order",
     "result-repeated"]
)  # fmt: skip
"""Kinds of slips that nobody makes at every like place."""


OF_FORMULAS = frozenset(
    ["brackets", "distributed", "slope", "axis", "over-n", "sign", "transpose", "part-of-a-sum",
     "missing-operand", "exponent", "variable", "index", "operator", "function", "constant",
     "function-missing", "operand-order", "argument-order", "factor-extra", "term-extra",
     "argument", "stand-in", "result-reused", "summed", "another-activation"]
)  # fmt: skip
"""Kinds that a long formula has more of than its short steps."""


def all_edits(
    tree: ast.FunctionDef, scope: Scope, kinds: Collection[str] = tuple(KINDS)
) -> Iterator[Edit]:
    """All edits of a function, of these kinds; some give the same source."""
    proven = (edit for edit in proof_edits(tree) if edit.kind in kinds)
    found = [*proven, *(Edit(*edit) for edit in _wider(tree, scope, kinds))]
    yield from found
    yield from alike(tree, (edit for edit in found if edit.kind not in ONCE))


def edits_of_callee(tree: ast.FunctionDef, scope: Scope) -> Iterator[Edit]:
    """The edits of a function that another one calls: the proof's, and other slopes."""
    yield from proof_edits(tree)
    yield from (Edit(*edit) for edit in _wider(tree, scope, ("slope", "brackets")))


def proof_edits(tree: ast.FunctionDef) -> Iterator[Edit]:
    """The edits that the proof makes."""
    yield from (Edit(*edit) for edit in one_edit(tree, known_to(tree)))
    yield from (Edit(*edit) for edit in slight_edits(tree))


def _wider(
    tree: ast.FunctionDef, scope: Scope, kinds: Collection[str]
) -> Iterator[tuple[str, Any, Any, str]]:
    body: Path = (("body", None),)
    written = Written(tree)
    for path, node in list(walk(tree, ())):
        for kind, other in list(_others(node, scope)):
            if kind in kinds:
                yield kind, node, other, written.exchanged([(path, other)])
    for kind, other in list(other_bodies(tree, scope)):
        if kind in kinds:
            yield kind, tree.body, other, written.exchanged([(body, other)])


def _others(node: Any, scope: Scope) -> Iterator[tuple[str, Any]]:
    if isinstance(node, list):
        yield from other_loops(node)
    elif isinstance(node, ast.Subscript):
        yield from other_indices(node)
    if is_read(node):
        yield from other_formulas(node, scope)
        yield from other_terms(node, scope)
        yield from other_returns(node)
        yield from wrapped(node, scope)
