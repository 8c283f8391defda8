"""Let a module run on Python 3.9 as well: students' machines are older than the grader's.

Four things are newer in what is joined: `zip(…, strict=True)`, unions in `isinstance`, `TypeAlias`,
and names of unions (`Step = int | str`; `Union` is imported in one of the modules). Each is
replaced where it stands; all else, comments too, stays as it is written. Annotations may be as new
as they like: nothing reads them (`from __future__ import annotations`).
"""

import ast
from collections.abc import Iterator

OLDEST = (3, 9)
GOES_ON = "line {} goes on: write it on one line, so that it can be edited"

Edit = tuple[int, int, int, str]
"""(Line, first column, last column, what stands there instead), counted from 0, in bytes."""


def for_older_pythons(source: str) -> str:
    """The same module in the words of Python 3.9; raises SyntaxError for what is no module."""
    lines = [line.encode() for line in source.split("\n")]
    for line, start, end, text in sorted(_edits(ast.parse(source)), reverse=True):
        lines[line] = lines[line][:start] + text.encode() + lines[line][end:]
    return b"\n".join(lines).decode()


def _edits(tree: ast.Module) -> Iterator[Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _in_call(node, node.func.id)
        elif isinstance(node, ast.Assign) and _is_union(node):
            yield _place(node.value, f"Union[{_listed(node.value)}]")
        elif isinstance(node, ast.AnnAssign) and _is_alias(node.annotation):
            yield _between(node.target, node.annotation, "")
        elif isinstance(node, ast.ImportFrom) and node.module == "typing":
            yield from _in_import(node)


def _in_call(call: ast.Call, name: str) -> Iterator[Edit]:
    if name in ("isinstance", "issubclass") and isinstance(call.args[1], ast.BinOp):
        yield _place(call.args[1], f"({_listed(call.args[1])})")
    if name == "zip" and [word.arg for word in call.keywords] == ["strict"]:
        yield _between(call.args[-1], call.keywords[0], "")


def _united(kinds: ast.expr) -> list[ast.expr]:
    if isinstance(kinds, ast.BinOp) and isinstance(kinds.op, ast.BitOr):
        return [*_united(kinds.left), *_united(kinds.right)]
    return [kinds]


def _listed(kinds: ast.expr) -> str:
    return ", ".join(map(ast.unparse, _united(kinds)))


def _is_union(node: ast.Assign) -> bool:
    """Is it a type's name, written like one, that stands for a union?"""
    (target, *others), value = node.targets, node.value
    named = isinstance(target, ast.Name) and target.id[:1].isupper() and not target.id.isupper()
    return named and not others and isinstance(value, ast.BinOp) and len(_united(value)) > 1


def _is_alias(annotation: ast.expr) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == "TypeAlias"


def _in_import(node: ast.ImportFrom) -> Iterator[Edit]:
    names = [alias.name for alias in node.names]
    if "TypeAlias" in names:
        kept = ", ".join(name for name in names if name != "TypeAlias")
        yield _place(node, f"from typing import {kept}")


def _between(before: ast.expr, last: ast.expr | ast.keyword, text: str) -> Edit:
    """What follows a node, to the end of another."""
    line, _, start, _ = _place(before, "")
    last_line, _, end, _ = _place(last, text)
    if line != last_line:
        raise SyntaxError(
            f"line {line + 1} goes on: write it on one line, so that it can be edited"
        )
    return line, start, end, text


def _place(node: ast.stmt | ast.expr | ast.keyword, text: str) -> Edit:
    if node.end_lineno != node.lineno or node.end_col_offset is None:
        raise SyntaxError(
            f"line {node.lineno} goes on: write it on one line, so that it can be edited"
        )
    return node.lineno - 1, node.col_offset, node.end_col_offset, text
