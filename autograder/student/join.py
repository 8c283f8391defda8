"""Make what students hold beside their notebook: check.py and examples.json.

check.py is joined from the modules that the grader itself uses, so both name a mistake in the
same words. examples.json holds public inputs, right results and the values that known mistakes
give on them: numbers and sentences, no code.
"""

import ast
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import course_root
from autograder.errors import AutograderError
from autograder.exercise.answers import evaluate, lengths_of, scalars_of
from autograder.exercise.cases import PUBLIC_SECRET, Case, draw_cases, draw_example
from autograder.exercise.compare import Step, compare, part_of
from autograder.exercise.load import assignment_names, load_assignment, named_source
from autograder.exercise.spec import Assignment, Check, Exercise, Mistake
from autograder.exercise.tree import Tree
from autograder.judge.score import label_of

PACKAGE = Path(__file__).parents[1]
MODULES = (
    "sandbox/inside/tree",
    "sandbox/inside/plain",
    "exercise/compare",
    "exercise/facts",
    "judge/rules",
    "judge/diagnose",
    "judge/reading",
    "report/sentences",
    "student/show",
    "student/handed_out",
    "student/student",
)
MOST_NUMBERS = 2_000
"""A check whose inputs hold more numbers than this is left to the grader."""

HEADER = '''"""Instant answers: check(f) runs f on a public example and says what is wrong.

    from check import check, ready
    check(sigmoid)      ✓, or the mistake by its name
    check()             how far you are

Generated from the grader's own modules by `python -m autograder.student.join`; do not edit.
The grader itself uses other inputs. There are no answers in this file.
"""
'''


def write(assignment: Assignment, folder: Path) -> None:
    """Write both files into an assignment's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "check.py").write_text(join_modules(), encoding="utf-8")
    (folder / "examples.json").write_text(
        _as_json(assignment.name, examples(assignment)), encoding="utf-8"
    )


def join_modules() -> str:
    """Join the shared modules into the text of check.py."""
    named = named_source() or _read("sandbox/inside/named.py")
    sources = [_read(f"{module}.py") for module in MODULES[:-3]]
    sources += [named, *(_read(f"{module}.py") for module in MODULES[-3:])]
    imports, bodies = set(), []
    for source in sources:
        outside, body = _split(source)
        imports |= outside
        bodies.append(body)
    return "\n\n".join([HEADER + "\n" + _sorted_imports(imports), *bodies])


def examples(assignment: Assignment) -> dict[str, Any]:
    """Describe the public example of every exercise, ready for JSON."""
    return {exercise.name: _example(exercise) for exercise in assignment.exercises}


def _example(exercise: Exercise) -> dict[str, Any]:
    public = dict(enumerate(_public_cases(exercise)))
    small = {draw: case for draw, case in public.items() if not draw or _size(case) <= MOST_NUMBERS}
    place = {draw: number for number, draw in enumerate(small)}
    wants = {draw: evaluate(exercise.reference, case.arguments) for draw, case in small.items()}
    checks = [
        _check(exercise, check, place[draw], small[draw], wants[draw])
        for check in exercise.checks
        if (draw := exercise.draw_of(check)) in small
    ]
    return {
        "sentences": {mistake.name: mistake.sentence for mistake in exercise.mistakes},
        "cases": [
            {
                "arguments": _node(case.arguments),
                "want": _node(wants[draw]),
                "sizes": lengths_of(exercise, case),
                "scalars": scalars_of(exercise, case),
            }
            for draw, case in small.items()
        ],
        "checks": checks,
    }


def _public_cases(exercise: Exercise) -> Iterator[Case]:
    """One case for each of the exercise's draws; the first is the example."""
    yield draw_example(exercise)
    for group in draw_cases(exercise, PUBLIC_SECRET, 0)[1:]:
        yield group[0]


def _check(exercise: Exercise, check: Check, place: int, case: Case, want: Tree) -> dict[str, Any]:
    part = check.part if isinstance(check.part, tuple) else (check.part,)
    given = dict(_mistaken(exercise, check, case, part_of(want, check.part)))
    return {
        "name": check.name,
        "label": label_of(check, exercise.name),
        "part": [_step(step) for step in part if step is not None],
        "tolerance": [check.tolerance.name, check.tolerance.rtol, check.tolerance.atol],
        "case": place,
        "expects": check.expects if check.accept else "",
        "mistakes": given,
    }


def _step(step: Step) -> int | str | list[int]:
    """A step of a path, for JSON: a slice as its bounds."""
    return [step.start or 0, step.stop] if isinstance(step, slice) else step


def _mistaken(
    exercise: Exercise, check: Check, case: Case, want: Tree
) -> Iterator[tuple[str, Any]]:
    """What each known mistake gives where it shows."""
    for mistake in exercise.mistakes:
        value = _value_of(mistake, check, case)
        wrong = not compare(value, want, check.tolerance).agrees
        if (check.name in exercise.lost_by(mistake)) if check.accept else wrong:
            yield mistake.name, _node(value)


def _value_of(mistake: Mistake, check: Check, case: Case) -> Tree:
    with np.errstate(all="ignore"):  # a wrong program may well overflow
        return part_of(evaluate(mistake.function, case.arguments), check.part)


def _size(case: Case) -> int:
    return sum(np.size(x) for x in case.arguments)


def _node(tree: Tree) -> Any:
    """Turn a tree into JSON; floats keep every digit."""
    if isinstance(tree, np.generic):
        return _node(tree.item())
    if isinstance(tree, np.ndarray):
        return {"array": [tree.dtype.name, tree.shape, [_number(x) for x in tree.ravel()]]}
    if isinstance(tree, dict):
        return {"dict": {key: _node(part) for key, part in tree.items()}}
    if isinstance(tree, list | tuple):
        return {type(tree).__name__: [_node(part) for part in tree]}
    if callable(tree):
        return {"named": tree.__name__}
    if isinstance(tree, float) and not math.isfinite(tree):
        return {"float": repr(tree)}
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    raise AutograderError(f"An example holds a {type(tree).__name__}. Return numbers and arrays.")


def _number(entry: Any) -> Any:
    plain = entry.item()
    return plain if math.isfinite(plain) else repr(plain)


def _as_json(name: str, exercises: dict[str, Any]) -> str:
    """The set's name, then a line for each exercise: a changed example is a changed line."""
    dump = {key: json.dumps(record, ensure_ascii=False) for key, record in exercises.items()}
    lines = [f"{json.dumps(key)}: {record}" for key, record in dump.items()]
    return f'{{"set": {json.dumps(name)}, "functions": {{\n' + ",\n".join(lines) + "\n}}\n"


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
        if not statement.startswith("from autograder")
    }
    return outside, body + "\n"


def _statements(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """One statement for each imported name, so that modules can share them."""
    for alias in node.names:
        name = alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
        start = f"from {node.module} " if isinstance(node, ast.ImportFrom) else ""
        yield f"{start}import {name}"


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


def main() -> None:
    """Write the files of the named assignments, or of all, below source/."""
    for name in sys.argv[1:] or assignment_names():
        write(load_assignment(name), course_root() / "source" / name)


if __name__ == "__main__":
    main()
