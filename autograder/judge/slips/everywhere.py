"""The same edit at every like place: what is done to W1 is done to W2 as well."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from autograder.judge.slips.kinds import Edit
from autograder.judge.slips.nodes import text
from autograder.judge.slips.wraps import parsed

LOAD = ast.Load()
WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?![\w(])")
"""A variable in a text: no function, and no attribute."""
DIGITS = re.compile(r"\d+$")


def alike(tree: ast.FunctionDef, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Each edit again, made at all places of the same form, where there are more of them."""
    places = Counter(_form(text(node)) for node in ast.walk(tree) if is_read(node))
    for edit in edits:
        if is_read(edit.before) and places[_form(old := text(edit.before))] > 1:
            change = _Everywhere(old, text(edit.after))
            source = ast.unparse(change.visit(ast.parse(ast.unparse(tree)).body[0]))
            yield replace(edit, source=source, spread=True)


def is_read(node: Any) -> bool:
    """Whether a node is an expression that has a value."""
    return isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", LOAD), ast.Load)


def _form(words: str) -> str:
    """A text with its variables numbered in order; of a variable alone, its name but for digits."""
    if WORD.fullmatch(words):
        return DIGITS.sub("#", words)
    seen: dict[str, str] = {}
    return WORD.sub(lambda word: seen.setdefault(word[0], f"#{len(seen)}"), words)


class _Everywhere(ast.NodeTransformer):
    """Exchanges each expression that has the form of the old one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new, self.form = WORD.findall(old), new, _form(old)

    def visit(self, node: ast.AST) -> ast.AST:
        if not is_read(node) or _form(here := ast.unparse(node)) != self.form:
            return self.generic_visit(node)
        meant = dict(zip(self.old, WORD.findall(here), strict=True))
        return parsed(WORD.sub(lambda word: meant.get(word[0], word[0]), self.new))
