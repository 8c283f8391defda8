"""A function written out: its steps, and the functions that it calls, in as few lines as possible.

Students who write one long formula make slips in it that no change of one short step gives.
"""

import ast
import builtins
import copy
from collections import Counter
from collections.abc import Iterator
from inspect import isfunction
from typing import Any

from autograder.exercise.spec import Function
from autograder.judge.slips.nodes import text
from autograder.judge.slips.syntax import Renamed, plain_tree

MOST_CALLS = 8
KEPT = frozenset({"sigmoid", "softmax"})
"""Functions that everybody calls by name."""
SCOPES = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


def written_out(tree: ast.FunctionDef, function: Function) -> ast.FunctionDef | None:
    """The same program in fewer steps; None where it would be what it is, or does not allow it."""
    whole = copy.deepcopy(tree)
    opened = 0
    while opened < MOST_CALLS and _open_a_call(whole, function, opened):
        opened += 1
    whole.body = [part for statement in whole.body for part in _one_by_one(statement)]
    apart = text(whole.body)
    while _substitute_one(whole):
        pass
    whole = ast.fix_missing_locations(_AsSums().visit(whole))
    return whole if opened or text(whole.body) != apart else None


def _open_a_call(tree: ast.FunctionDef, function: Function, number: int) -> bool:
    """Replace the first call of a function of one formula; False where there is none."""
    for i, statement in enumerate(tree.body):
        if not isinstance(statement, ast.Assign | ast.Return):
            continue
        for call in _calls_in(statement):
            opened = _opened(call, function, number)
            if opened is not None:
                before, value = opened
                put = _Exchanged(call, value).visit(statement)
                tree.body[i : i + 1] = [*before, put]
                return True
    return False


def _calls_in(node: ast.AST) -> Iterator[ast.Call]:
    """The calls of functions by name, outside of loops within an expression."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, SCOPES):
            yield from _calls_in(child)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node


def _opened(
    call: ast.Call, function: Function, number: int
) -> tuple[list[ast.stmt], ast.expr] | None:
    """The steps of the called function, and its result, in the caller's names."""
    assert isinstance(call.func, ast.Name)
    called = function.__globals__.get(call.func.id)
    if not isfunction(called) or call.func.id in KEPT or call.keywords:
        return None
    tree = plain_tree(called)
    parameters = [argument.arg for argument in tree.args.args]
    if len(parameters) != len(call.args) or tree.args.kwonlyargs or not _is_plain(tree):
        return None
    if not _same_names(tree, called, function):
        return None
    renamed = {name: f"_{number}_{name}" for name in [*parameters, *_stores(tree)]}
    before: list[ast.stmt] = []
    for name, value in zip(parameters, call.args, strict=True):
        if isinstance(value, ast.Name):
            renamed[name] = value.id
        else:
            before.append(ast.Assign([ast.Name(renamed[name], ast.Store())], value))
    *steps, last = (Renamed(renamed).visit(copy.deepcopy(step)) for step in tree.body)
    return [*before, *steps], last.value


def _is_plain(tree: ast.FunctionDef) -> bool:
    """Whether there are only assignments to names, each once and no parameter, and one return."""
    *steps, last = tree.body
    stored = Counter([*_stores(tree), *(argument.arg for argument in tree.args.args)])
    return (
        isinstance(last, ast.Return)
        and last.value is not None
        and all(isinstance(step, ast.Assign) and _names_only(step) for step in steps)
        and max(stored.values(), default=1) == 1
        and not any(isinstance(node, SCOPES) for node in ast.walk(tree))
    )


def _names_only(step: ast.Assign) -> bool:
    (target, *more) = step.targets
    entries = target.elts if isinstance(target, ast.Tuple) else [target]
    return not more and all(isinstance(entry, ast.Name) for entry in entries)


def _same_names(tree: ast.FunctionDef, called: Function, function: Function) -> bool:
    """Whether what the called function reads besides its own names is the same to the caller."""
    own = {*_stores(tree), *(argument.arg for argument in tree.args.args)}
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - own
    return all(
        hasattr(builtins, name) or called.__globals__.get(name) is function.__globals__.get(name)
        for name in read
    )


def _one_by_one(statement: ast.stmt) -> Iterator[ast.stmt]:
    """`a, b = x, y` as two statements, where neither is read in the other."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(
            names
        ) == len(values):
            stored = {text(name) for name in names}
            read = {n.id for value in values for n in ast.walk(value) if isinstance(n, ast.Name)}
            if not stored & read:
                pairs = zip(names, values, strict=True)
                yield from (ast.Assign([name], value) for name, value in pairs)
                return
    yield statement


def _substitute_one(tree: ast.FunctionDef) -> bool:
    """Put the value of a name that is read once in the place where it is read."""
    stores, loads = Counter(_stores(tree)), Counter(_loads(tree))
    touched = {name for node in ast.walk(tree) if (name := _changed_in_place(node))}
    for i, step in enumerate(tree.body[:-1]):
        match step:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                read = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
                again = {n for n in read if stores[n] > 1}
                if stores[name] != 1 or {name, *read} & touched or again:
                    continue
                if isinstance(value, ast.Name):  # the same under two names
                    del tree.body[i]
                    tree.body = [Renamed({name: value.id}).visit(step) for step in tree.body]
                    return True
                if loads[name] == 1:
                    for j in range(i + 1, len(tree.body)):
                        if _reads_plainly(tree.body[j], name):
                            tree.body[j] = Renamed({name: value}).visit(tree.body[j])
                            del tree.body[i]
                            return True
    return False


def _changed_in_place(node: ast.AST) -> str:
    """The name that a statement adds to, or of an array some of whose entries are set."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
        names = [n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)]
        return names[0] if names else ""
    return ""


def _reads_plainly(statement: ast.stmt, name: str) -> bool:
    """Whether a step reads a name, once, in no loop."""
    if not isinstance(statement, ast.Assign | ast.Return):
        return False
    inner = [n for node in ast.walk(statement) if isinstance(node, SCOPES) for n in _loads(node)]
    return name in _loads(statement) and name not in inner


def _stores(tree: ast.AST) -> list[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return [node.id for node in names if isinstance(node.ctx, ast.Store)]


def _loads(tree: ast.AST) -> list[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return [node.id for node in names if isinstance(node.ctx, ast.Load)]


class _Exchanged(ast.NodeTransformer):
    """One node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self._new if node is self._old else self.generic_visit(node)


class _AsSums(ast.NodeTransformer):
    """tr(Aᵀ·B) as the sum of the products of their entries."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if text(node.func) != "np.trace" or len(node.args) != 1:
            return node
        first, *others = _chain(node.args[0])
        if not others or not (isinstance(first, ast.Attribute) and first.attr == "T"):
            return node
        product = " @ ".join(f"({text(other)})" for other in others)
        return ast.parse(f"np.sum({text(first.value)} * ({product}))", mode="eval").body


def _chain(node: ast.expr) -> list[ast.expr]:
    """The matrices of a product, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return [*_chain(node.left), node.right]
    return [node]
