"""Write the skeleton of a new exercise. It is unfinished on purpose: the laws say what is missing.

Everything is looked at before anything is written, so a refused name leaves no traces.
"""

import ast
import keyword
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.authoring.new_cells import add_cells, new_notebook
from autograder.course import course_root
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names, load_assignment
from autograder.report.files import write_whole

PACKAGE = Path(__file__).parent
EXERCISES = PACKAGE / "exercises"


@dataclass(frozen=True)
class Plan:
    """What is to be written where."""

    name: str
    assignment: str
    arguments: str
    points: float
    module: str
    """The module of solutions/."""
    is_new: bool
    """The set itself is new."""

    @property
    def short(self) -> str:
        """The first part of the assignment's name: ps2."""
        return self.assignment.partition("_")[0]

    @property
    def record(self) -> Path:
        """The module of the exercise's record."""
        return EXERCISES / f"_{self.short}_{self.name}.py"

    @property
    def assembly(self) -> Path:
        """The module of the whole set."""
        return EXERCISES / f"{self.assignment}.py"

    @property
    def answers(self) -> Path:
        """The module of reference answers."""
        return course_root() / "solutions" / f"{self.module}.py"

    @property
    def notebook(self) -> Path:
        """The instructor's notebook."""
        return course_root() / "source" / self.assignment / f"{self.assignment}.ipynb"

    def fill(self, template: str) -> str:
        """A template with this exercise's words in it."""
        words = {
            "SET": self.short,
            "ASSIGNMENT": self.assignment,
            "TITLE": self.module.replace("_", " ").capitalize(),
            "NAME": self.name,
            "CONSTANT": self.name.upper(),
            "ARGUMENTS": self.arguments,
            "POINTS": f"{self.points:g}",
            "MODULE": self.module,
            "RECORD": self.record.name,
            "ANSWERS": f"solutions/{self.answers.name}",
        }
        text = (PACKAGE / "templates" / template).read_text(encoding="utf-8")
        return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], text)


def new_exercise(
    name: str, assignment: str, *, arguments: str = "x", points: float = 1, new_set: bool = False
) -> tuple[Path, ...]:
    """Write the skeleton; returns the files, in the order in which they are best filled.

    Raises Misuse for a name that is taken or is none, and for an unknown set without `new_set`.
    """
    plan = _plan(name, assignment, arguments, points, new_set)
    answer = plan.fill("answer.py.txt")
    texts = {
        plan.answers: _appended(plan, answer),
        plan.record: plan.fill("record.py.txt"),
        plan.assembly: registered(_assembly(plan), f"_{plan.short}_{name}", name.upper()),
    }
    notebook = new_notebook(plan.fill) if plan.is_new else _read_notebook(plan)
    add_cells(notebook, name, answer, points)
    for path, text in texts.items():
        write_whole(path, text)
    write_whole(plan.notebook, nbformat.writes(notebook) + "\n")
    return (plan.answers, plan.record, plan.notebook, plan.assembly)


def _plan(name: str, assignment: str, arguments: str, points: float, new_set: bool) -> Plan:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise Misuse(f"{name!r} is not a function's name. Use small letters, digits and _.")
    try:
        ast.parse(f"def f({arguments}): pass")
    except SyntaxError:
        raise Misuse(f"{arguments!r} are not arguments. Write them as in a def: 'x, W'.") from None
    known = assignment in assignment_names()
    if not known and not new_set:
        load_assignment(assignment)  # raises, and names the known ones
    if known and name in {exercise.name for exercise in load_assignment(assignment).exercises}:
        raise Misuse(f"{assignment} has an exercise {name!r} already. Choose another name.")
    module = _answers_of(assignment) if known else _module_of(assignment)
    plan = Plan(name, assignment, arguments, points, module, not known)
    taken = [p for p in (plan.record, *([] if known else [plan.answers])) if p.exists()]
    if taken or (known and f"def {name}(" in plan.answers.read_text(encoding="utf-8")):
        where = taken[0] if taken else plan.answers
        raise Misuse(f"{where} holds {name!r} already. Choose another name, or finish that one.")
    return plan


def _module_of(assignment: str) -> str:
    found = re.fullmatch(r"ps\d+_([a-z][a-z0-9_]*)", assignment)
    if not found:
        raise Misuse(f"{assignment!r} is not a name of a set. Write it like ps8_convolutions.")
    return found[1]


def _answers_of(assignment: str) -> str:
    """The module of solutions/ that a set's references come from."""
    module = load_assignment(assignment).exercises[0].reference.__module__
    return module.removeprefix("_solutions_")


def _appended(plan: Plan, answer: str) -> str:
    if plan.is_new:
        return f'"""Reference answers of {plan.short}."""\n\n\n{answer}'
    return f"{plan.answers.read_text(encoding='utf-8')}\n\n{answer}"


def _assembly(plan: Plan) -> str:
    if plan.is_new:
        return plan.fill("set.py.txt")
    return plan.assembly.read_text(encoding="utf-8")


def _read_notebook(plan: Plan) -> nbformat.NotebookNode:
    return nbformat.read(plan.notebook, as_version=4)


def registered(text: str, module: str, record: str) -> str:
    """A set's module with one more import and one more record at the end of its exercises."""
    old = _entries(text)
    longer = text.replace(f"exercises={old}", f"exercises={_with_entry(old, record)}", 1)
    full = f"autograder.exercise.load.{module}"
    imports = [node for node in ast.parse(longer).body if isinstance(node, ast.ImportFrom)]
    after = [node.lineno - 1 for node in imports if (node.module or "") > full]
    lines = longer.splitlines(keepends=True)
    lines.insert(
        after[0] if after else imports[-1].end_lineno or 0, f"from {full} import {record}\n"
    )
    return "".join(lines)


def _entries(text: str) -> str:
    """The source of the tuple in `Assignment(…, exercises=(…))`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg == "exercises":
            return ast.get_source_segment(text, node.value) or ""
    raise Misuse("The set's module has no `exercises=(…)`. Write the tuple out.")


def _with_entry(entries: str, record: str) -> str:
    """The tuple's source with the record before its closing parenthesis."""
    inside, indent = entries[:-1], entries[:-1].rpartition("\n")[2]
    if "\n" in entries:
        return f"{inside}    {record},\n{indent})"
    return f"{inside}, {record})" if inside.strip("( ") else f"({record},)"
