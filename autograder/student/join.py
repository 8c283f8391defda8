"""Join check.py, which students hold, from the modules that the grader itself uses.

So the notebook and the grader name a mistake in the same words: they run the same lines.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.course import judges_source, named_source
from autograder.student.older import OLDEST, for_older_pythons

PACKAGE = Path(__file__).parents[1]
MODULES = (
    "sandbox/inside/tree",
    "sandbox/inside/plain",
    "exercise/describe",
    "exercise/compare",
    "exercise/own_lines",
    "exercise/linear",
    "exercise/facts",
    "judge/rules",
    "judge/agreement",
    "judge/diagnose",
    "judge/slips/fingerprints",
    "judge/slips/look_up",
    "judge/reading",
    "report/sentences",
    "report/grid",
    "student/note",
    "student/screen",
    "student/show",
    "student/handed_out",
    "student/seen",
    "student/one_check",
    "student/borrowing",
    "student/judging",
    "student/student",
)
NAMED_LAST = 7
"""So many modules stand below the functions that are known by name."""
HEADER = '''"""Instant answers: check(f) runs f on a public example and says what is wrong.

    from check import check, ready, tried
    check(sigmoid)      ✓ and a note, or the mistake by its name
    check()             how far you are
    tried(try_sigmoid)  the number that your own gradient check gives

Generated from the grader's own modules when the set is released; do not edit.
The grader itself uses other inputs. There are no answers in this file.
"""

from __future__ import annotations

import sys

if sys.version_info < {oldest}:
    raise ImportError("check.py needs Python {words} or newer; this is " + sys.version.split()[0])
'''.format(oldest=OLDEST, words=".".join(map(str, OLDEST)))


def join_modules() -> str:
    """Join the shared modules into the text of check.py."""
    named = named_source() or _read("sandbox/inside/named.py")
    judges = judges_source() or _read("student/course_judges.py")
    sources = [_read(f"{module}.py") for module in MODULES[:-NAMED_LAST]]
    sources += [named, judges, *(_read(f"{module}.py") for module in MODULES[-NAMED_LAST:])]
    imports, bodies = set(), []
    for source in map(for_older_pythons, sources):
        outside, body = _split(source)
        imports |= outside
        bodies.append(body)
    return "\n\n".join([HEADER + "\n" + _sorted_imports(imports), *bodies])


def _read(module: str) -> str:
    return (PACKAGE / module).read_text(encoding="utf-8")


def _split(source: str) -> tuple[set[str], str]:
    """The outside imports of a module, and its text without docstring, imports and lint marks."""
    tree, lines = ast.parse(source), source.splitlines()
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in [tree.body[0], *imports]:
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    body = re.sub(r"  # noqa.*", "", "\n".join(lines)).strip()
    outside = {
        statement
        for node in imports
        for statement in _statements(node)
        if not statement.startswith(("from autograder", "from ."))
    }
    return outside, body + "\n"


def _statements(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """One statement for each imported name, so that modules can share them."""
    for alias in node.names:
        name = alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
        start = _start(node) if isinstance(node, ast.ImportFrom) else ""
        yield f"{start}import {name}"


def _start(node: ast.ImportFrom) -> str:
    return f"from {'.' * node.level}{node.module} "


def _sorted_imports(imports: set[str]) -> str:
    """Import lines in isort's order, names of one module joined."""
    joined: dict[str, list[str]] = {}
    for line in sorted(imports):
        module, _, name = line.rpartition("import ")
        joined.setdefault(module, []).append(name)
    plain = [f"import {name}" for name in joined.pop("", [])]
    named = [f"{module}import {', '.join(names)}" for module, names in joined.items()]
    numpy = [line for line in plain + named if " numpy" in line]
    standard = [line for line in plain + named if " numpy" not in line]
    return "\n".join([*standard, "", *numpy]) + "\n"
