"""Change a function in one place, in every way known; nothing here grades."""

import ast
import difflib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.mutants.edits import Known, other_expressions
from tests.mutants.statements import other_blocks

Path = tuple[tuple[str, int | None], ...]
"""The way from the function's node to one of its nodes: (field, place in a list)."""


@dataclass(frozen=True)
class Mutant:
    """A function with one change; `change` shows its lines before and after, and names it."""

    name: str
    change: str
    source: str

    def compile_like(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Make the function, in a copy of the original's namespace: its helpers stay right."""
        namespace = dict(original.__globals__)  # type: ignore[attr-defined]
        exec(compile(self.source, f"<mutant of {self.name}>", "exec"), namespace)
        return namespace[self.name]  # type: ignore[no-any-return]


def mutants_of(function: Callable[..., Any]) -> list[Mutant]:
    """Every function that differs from this one in one place; no two are the same program."""
    tree = plain_tree(function)
    before = ast.unparse(tree)
    found: dict[str, str] = {}
    for source in _changed_sources(tree):
        if source != before and source not in found and _is_program(source):
            found[source] = _change(before, source)
    return [Mutant(function.__name__, text, source) for source, text in _unique(found)]


def _is_program(source: str) -> bool:
    """Whether Python takes it: a break that slipped out of its loop is no mutant."""
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def plain_tree(function: Callable[..., Any]) -> ast.FunctionDef:
    """The function's syntax without docstring, annotations and asserts."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    plain = _Plain().visit(tree)
    if ast.get_docstring(plain, clean=False) is not None:
        plain.body = plain.body[1:]
    return plain  # type: ignore[no-any-return]


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


def _changed_sources(tree: ast.FunctionDef) -> Iterator[str]:
    known = Known(_names(tree), _texts(tree))
    for path, node in list(_walk(tree, ())):
        others = other_blocks(node) if isinstance(node, list) else other_expressions(node, known)
        for other in list(others):
            yield _source_with(tree, path, other)


def _walk(node: ast.AST, path: Path) -> Iterator[tuple[Path, Any]]:
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
                    yield from _walk(child, (*path, (field, i)))
        elif isinstance(value, ast.AST) and not _is_strict(node):
            yield (*path, (field, None)), value
            yield from _walk(value, (*path, (field, None)))


def _is_strict(node: ast.AST) -> bool:
    """strict=True of zip: it changes errors, never values."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _source_with(tree: ast.FunctionDef, path: Path, new: Any) -> str:
    """The source with another node at the end of the path; the tree is left as it was."""
    parent: Any = tree
    for field, place in path[:-1]:
        parent = getattr(parent, field) if place is None else getattr(parent, field)[place]
    field, place = path[-1]
    held = vars(parent) if place is None else getattr(parent, field)
    key: Any = field if place is None else place
    kept, held[key] = held[key], new
    try:
        whole = ast.fix_missing_locations(tree) if isinstance(new, list) else tree
        return ast.unparse(whole)
    finally:
        held[key] = kept


def _names(tree: ast.FunctionDef) -> tuple[str, ...]:
    """Parameters and local variables, in order of appearance."""
    given = [argument.arg for argument in tree.args.args]
    stored = [
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id != "_"
    ]
    return tuple(dict.fromkeys([*given, *stored]))


def _texts(tree: ast.FunctionDef) -> tuple[str, ...]:
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return tuple(dict.fromkeys(value for value in constants if isinstance(value, str)))


def _change(before: str, after: str) -> str:
    """The lines that differ, `old → new`; of a line that only moved, where it went."""
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    depths = before.splitlines(), after.splitlines()
    gone: list[str] = []
    come: list[str] = []
    place = ""
    for _, i, i_end, j, j_end in _differences(*depths):
        gone += old[i:i_end]
        come += new[j:j_end]
        place = place or (new[j - 1] if j < j_end else "")
    if gone == come:
        return f"{' ; '.join(gone)} → below: {place}"
    return f"{' ; '.join(gone)} → {' ; '.join(come)}"


def _differences(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    found = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [opcode for opcode in found if opcode[0] != "equal"]


def _unique(found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Number the changes that look alike."""
    count: dict[str, int] = {}
    for source, text in found.items():
        count[text] = count.get(text, 0) + 1
        yield source, text if count[text] == 1 else f"{text} #{count[text]}"
