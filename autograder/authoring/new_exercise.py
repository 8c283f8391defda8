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
from autograder.authoring.registered import registered
from autograder.course import course_root
from autograder.errors import Misuse
from autograder.exercise.load import assignment_names, load_assignment
from autograder.report.files import write_whole

TEMPLATES = Path(__file__).parent / "templates"
SET_NAME = r"[^\W_][\w-]*"
"""Folders are called so: letters, digits, - and _."""


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
    def folder(self) -> Path:
        """The set's records."""
        return course_root() / "exercises" / self.assignment

    @property
    def record(self) -> Path:
        """The module of the exercise's record."""
        return self.folder / f"{self.name}.py"

    @property
    def listing(self) -> Path:
        """The set's title and the order of its exercises."""
        return self.folder / "__init__.py"

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
            "SET": self.assignment,
            "TITLE": re.sub(r"[\W_]+", " ", self.assignment).strip().capitalize(),
            "NAME": self.name,
            "ARGUMENTS": self.arguments,
            "POINTS": f"{self.points:g}",
            "MODULE": self.module,
            "RECORD": self.record.relative_to(course_root()).as_posix(),
            "ANSWERS": self.answers.relative_to(course_root()).as_posix(),
        }
        text = (TEMPLATES / template).read_text(encoding="utf-8")
        return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], text)


def new_exercise(
    name: str, assignment: str, *, arguments: str = "x", points: float = 1, new_set: bool = False
) -> tuple[Path, ...]:
    """Write the skeleton; returns the files, in the order in which they are best filled.

    Raises Misuse for a name that is taken or cannot be one, and for an unknown set without
    `new_set`.
    """
    plan = _plan(name, assignment, arguments, points, new_set)
    answer = plan.fill("answer.py.txt")
    notebook = _notebook(plan)
    add_cells(notebook, name, answer, points)
    texts = {
        plan.answers: _appended(plan, answer),
        plan.record: plan.fill("record.py.txt"),
        plan.notebook: nbformat.writes(notebook) + "\n",
        plan.listing: registered(_listing(plan), name),
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return tuple(texts)


def _plan(name: str, assignment: str, arguments: str, points: float, new_set: bool) -> Plan:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise Misuse(f"{name!r} cannot be a function's name. Use small letters, digits and _.")
    try:
        ast.parse(f"def f({arguments}): pass")
    except SyntaxError:
        raise Misuse(f"{arguments!r} cannot be arguments. Write them like 'x, W'.") from None
    known = assignment in assignment_names()
    if not known and not new_set:
        load_assignment(assignment)  # raises, and names the known ones
    if known and name in {exercise.name for exercise in load_assignment(assignment).exercises}:
        raise Misuse(f"{assignment} has an exercise {name!r} already. Choose another name.")
    module = _answers_of(assignment) if known else _module_for(assignment)
    plan = Plan(name, assignment, arguments, points, module, not known)
    taken = [plan.record] if known else [plan.record, plan.answers, plan.notebook]
    for path in taken:
        if path.exists():
            raise Misuse(f"{path} is there already. Choose another name, or finish that one.")
    if known and f"def {name}(" in plan.answers.read_text(encoding="utf-8"):
        raise Misuse(f"{plan.answers} has a function {name!r} already. Choose another name.")
    return plan


def _module_for(assignment: str) -> str:
    """The module of solutions/ for a new set: it is called like the set."""
    if not re.fullmatch(SET_NAME, assignment):
        raise Misuse(f"{assignment!r} cannot be a set's name. Use letters, digits, - and _.")
    module = assignment.replace("-", "_")
    return module if module.isidentifier() and not keyword.iskeyword(module) else f"set_{module}"


def _answers_of(assignment: str) -> str:
    """The module of solutions/ that a set's own references come from."""
    own = load_assignment(assignment).graded  # what is carried over stands in an earlier set's
    if not own:
        return _module_for(assignment)
    return own[0].reference.__module__.rpartition(".")[2]


def _appended(plan: Plan, answer: str) -> str:
    if not plan.answers.exists():
        return f'"""Answers of {plan.assignment}."""\n\nimport numpy as np\n\n\n{answer}'
    return f"{plan.answers.read_text(encoding='utf-8').rstrip()}\n\n\n{answer}"


def _listing(plan: Plan) -> str:
    return plan.fill("set.py.txt") if plan.is_new else plan.listing.read_text(encoding="utf-8")


def _notebook(plan: Plan) -> nbformat.NotebookNode:
    if plan.is_new:
        return new_notebook(plan.fill("title.md.txt"))
    return nbformat.read(plan.notebook, as_version=4)
