"""A function's syntax: read plainly, walked, and written with one node exchanged."""

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Path = tuple[tuple[str, int | None], ...]
"""The way from the function's node to one of its nodes: (field, place in a list)."""


def plain_tree(function: Callable[..., Any]) -> ast.FunctionDef:
    """The function's syntax without docstring, annotations and asserts."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    plain = _Plain().visit(tree)
    if ast.get_docstring(plain, clean=False) is not None:
        plain.body = plain.body[1:]
    return plain


class _Plain(ast.NodeTransformer):
    """Drops what only people and type checkers read."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        assert node.value is not None
        return ast.copy_location(ast.Assign([node.target], node.value), node)


class Renamed(ast.NodeTransformer):
    """Other names, or expressions, in the places of names."""

    def __init__(self, new: Mapping[str, str | ast.expr]) -> None:
        self._new = new

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """What stands in the place of a name."""
        new = self._new.get(node.id)
        if new is None:
            return node
        return ast.Name(new, node.ctx) if isinstance(new, str) else copy.deepcopy(new)


def is_program(source: str) -> bool:
    """Whether Python takes it: a break that slipped out of its loop is no mutant."""
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def walk(node: ast.AST, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every block (a list of statements) and every node below this one, with the way to it."""
    for field, value in ast.iter_fields(node):
        if field == "args" and isinstance(node, ast.FunctionDef):
            continue  # the parameters are the contract
        if isinstance(value, list):
            if value and isinstance(value[0], ast.stmt):
                yield (*path, (field, None)), value
            for i, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield (*path, (field, i)), child
                    yield from walk(child, (*path, (field, i)))
        elif isinstance(value, ast.AST) and not _is_strict(node):
            yield (*path, (field, None)), value
            yield from walk(value, (*path, (field, None)))


def _is_strict(node: ast.AST) -> bool:
    """strict=True of zip: it changes errors, never values."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


class Written:
    """The source of a function, and of the function with some nodes exchanged.

    Only the statements of its body in which something changes are written anew: most edits change
    one of many.
    """

    def __init__(self, tree: ast.FunctionDef) -> None:
        self._tree = tree
        empty = ast.FunctionDef(tree.name, tree.args, [], tree.decorator_list)
        self._head = ast.unparse(ast.fix_missing_locations(empty))
        self._texts = {id(statement): _indented(statement) for statement in tree.body}

    @property
    def source(self) -> str:
        """The source as it is."""
        return self.exchanged([])

    def exchanged(self, changes: Sequence[tuple[Path, Any]]) -> str:
        """The source with another node at the end of each path; the tree is left as it was."""
        kept = [(path, _put(self._tree, path, new)) for path, new in changes]
        anew = {path[0][1] for path, _ in changes}
        try:
            texts = [
                _indented(statement) if i in anew else self._text(statement)
                for i, statement in enumerate(self._tree.body)
            ]
        finally:
            for path, old in reversed(kept):
                _put(self._tree, path, old)
        return "\n".join([self._head, *texts])

    def _text(self, statement: ast.stmt) -> str:
        return self._texts.get(id(statement)) or _indented(statement)


def _indented(statement: ast.stmt) -> str:
    return textwrap.indent(ast.unparse(ast.fix_missing_locations(statement)), "    ")


def _put(tree: ast.FunctionDef, path: Path, new: Any) -> Any:
    """Put a node at the end of the path; what stood there."""
    parent: Any = tree
    for field, place in path[:-1]:
        parent = getattr(parent, field) if place is None else getattr(parent, field)[place]
    field, place = path[-1]
    held = vars(parent) if place is None else getattr(parent, field)
    key: Any = field if place is None else place
    old, held[key] = held[key], new
    return old


def names_of(tree: ast.FunctionDef) -> tuple[str, ...]:
    """Parameters and local variables, in order of appearance."""
    given = [argument.arg for argument in tree.args.args]
    stored = [
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id != "_"
    ]
    return tuple(dict.fromkeys([*given, *stored]))


def texts_of(tree: ast.FunctionDef) -> tuple[str, ...]:
    """The strings that the function holds, in order of appearance."""
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return tuple(dict.fromkeys(value for value in constants if isinstance(value, str)))
