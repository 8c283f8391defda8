"""Change a function in one place, in every way that the proof knows; nothing here grades."""

import ast
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.judge.slips.expressions import Known, other_expressions
from autograder.judge.slips.slight import slight_edits
from autograder.judge.slips.statements import other_blocks
from autograder.judge.slips.syntax import (
    Written,
    is_program,
    names_of,
    plain_tree,
    texts_of,
    walk,
)


@dataclass(frozen=True)
class Mutant:
    """A function with one change; `change` shows its lines before and after, and names it.

    `slight`: it may be right, then on all case sets.
    """

    name: str
    change: str
    source: str
    slight: bool = False

    def compile_like(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Make the function, in a copy of the original's namespace: its helpers stay right."""
        namespace = dict(original.__globals__)
        exec(compile(self.source, f"<mutant of {self.name}>", "exec"), namespace)
        return namespace[self.name]


def mutants_of(function: Callable[..., Any]) -> list[Mutant]:
    """Every function that differs from this one in one place; no two are the same program."""
    tree = plain_tree(function)
    before = Written(tree).source
    found: dict[str, str] = {}
    firm = dict.fromkeys(source for *_, source in one_edit(tree, known_to(tree)))
    slight = {source for *_, source in slight_edits(tree)} - set(firm)
    for source in (*firm, *sorted(slight)):
        if source != before and source not in found and is_program(source):
            found[source] = change(before, source)
    return [
        Mutant(function.__name__, text, source, source in slight) for source, text in _unique(found)
    ]


def known_to(tree: ast.FunctionDef) -> Known:
    """What an edit of this function may use."""
    return Known(names_of(tree), texts_of(tree))


def one_edit(tree: ast.FunctionDef, known: Known) -> Iterator[tuple[str, Any, Any, str]]:
    """(kind, node before, node after, source) of every edit that the proof makes."""
    written = Written(tree)
    for path, node in list(walk(tree, ())):
        others = other_blocks(node) if isinstance(node, list) else other_expressions(node, known)
        for kind, other in list(others):
            yield kind, node, other, written.exchanged([(path, other)])


def change(before: str, after: str) -> str:
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
