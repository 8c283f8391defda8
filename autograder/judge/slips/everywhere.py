"""The same edit at every like place: what is done to W1 is done to W2 as well."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from autograder.judge.slips.kinds import Edit
from autograder.judge.slips.nodes import text
from autograder.judge.slips.syntax import Path, Written, walk
from autograder.judge.slips.wraps import parsed

LOAD = ast.Load()
WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?![\w(])")
"""A variable in a text: no function, and no attribute."""
DIGITS = re.compile(r"\d+$")


def alike(tree: ast.FunctionDef, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Each edit again, made at all places of the same form, where there are more of them."""
    written = Written(tree)
    texts: dict[int, str] = {}
    places: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path, node in walk(tree, ()):
        if is_read(node):
            texts[id(node)] = text(node)
            places[_form(texts[id(node)])].append((path, texts[id(node)]))
    for edit in edits:
        old = texts.get(id(edit.before), "")
        if len(like := places.get(_form(old), ())) > 1:
            new = text(edit.after)
            with suppress(SyntaxError):  # a name in an f-string may stand where no formula can
                changes = [(path, _read_as(here, old, new)) for path, here in _outermost(like)]
                yield replace(edit, source=written.exchanged(changes), spread=True)


def _outermost(places: Sequence[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """The places that lie inside no other of them, in order."""
    last: Path | None = None
    for path, words in places:
        if last is None or path[: len(last)] != last:
            yield path, words
            last = path


def _read_as(here: str, old: str, new: str) -> ast.expr:
    """The new expression with the variables of this place for those of the old one."""
    meant = dict(zip(WORD.findall(old), WORD.findall(here), strict=True))
    return parsed(WORD.sub(lambda word: meant.get(word[0], word[0]), new))


def is_read(node: Any) -> bool:
    """Whether a node is an expression that has a value; the `:, 0` of an index has none."""
    if not isinstance(node, ast.expr) or isinstance(node, ast.Slice):
        return False
    if isinstance(node, ast.Tuple) and any(isinstance(entry, ast.Slice) for entry in node.elts):
        return False
    return isinstance(getattr(node, "ctx", LOAD), ast.Load)


def _form(words: str) -> str:
    """A text with its variables numbered in order; of a variable alone, its name but for digits."""
    if WORD.fullmatch(words):
        return DIGITS.sub("#", words)
    seen: dict[str, str] = {}
    return WORD.sub(lambda word: seen.setdefault(word[0], f"#{len(seen)}"), words)
