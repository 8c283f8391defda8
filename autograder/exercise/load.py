"""The course's exercises, loaded from its own folders: exercises/<set>/ and solutions/.

A set is a package below exercises/. Its `__init__.py` gives its `TITLE` and, in the order of the
notebook, the names of its `EXERCISES`; each is a module of that name which holds one `EXERCISE`.
Records import answers as `from solutions import batch_mlp`: both names mean this course's folders,
which are in no wheel and on no import path.
"""

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

from autograder.course import course_root
from autograder.errors import Misuse, SpecError
from autograder.exercise.dependencies import called_by
from autograder.exercise.spec import Assignment, Exercise

PACKAGES = ("exercises", "solutions")
NAMED = "named.py"
"""exercises/named.py, where there is one, holds `FUNCTIONS` that both sides of the trust line know
by name, for arguments such as `f`. It imports nothing but numpy."""
JUDGES = "judges.py"
"""exercises/judges.py, where there is one, holds `JUDGES`: what `check` may ask as well."""


def assignment_names() -> tuple[str, ...]:
    """The names of all sets of the course, in order."""
    found = (course_root() / "exercises").glob("*/__init__.py")
    return tuple(sorted(path.parent.name for path in found))


def load_assignment(name: str) -> Assignment:
    """Load one set; raises Misuse for an unknown name, SpecError where it contradicts itself."""
    if name not in assignment_names():
        known = ", ".join(assignment_names()) or "none yet"
        raise Misuse(f"There is no assignment {name!r}. Known are: {known}.")
    return _load(course_root(), name)


def named_source() -> str:
    """The text of the course's exercises/named.py; empty where there is none."""
    return _text_of(NAMED)


def judges_source() -> str:
    """The text of the course's exercises/judges.py; empty where there is none."""
    return _text_of(JUDGES)


def _text_of(name: str) -> str:
    path = course_root() / "exercises" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def _load(root: Path, name: str) -> Assignment:
    enter(root)
    module = importlib.import_module(f"exercises.{name}")
    return Assignment(name, module.TITLE, tuple(_exercises(module)))


def _exercises(module: ModuleType) -> Iterator[Exercise]:
    """The exercises in order; the earlier ones that a reference calls may be called."""
    earlier: list[str] = []
    for name in module.EXERCISES:
        exercise: Exercise = importlib.import_module(f"{module.__name__}.{name}").EXERCISE
        if exercise.name != name:
            raise SpecError(
                f"{module.__name__}: the module {name} holds the exercise {exercise.name!r}. "
                "Name the module like its reference."
            )
        reached = called_by(exercise.reference) | set(exercise.calls)
        calls = tuple(other for other in earlier if other in reached)
        unknown = set(exercise.calls) - set(earlier)
        if unknown:
            raise SpecError(
                f"{name}: `calls` names {sorted(unknown)}, not among the earlier exercises of the "
                "set. Remove them, or change the order."
            )
        yield replace(exercise, calls=calls)
        earlier.append(name)


def enter(root: Path) -> None:
    """Let `exercises` and `solutions` mean the folders of this course, and of no other."""
    for package in PACKAGES:
        folder = str((root / package).resolve())
        known = sys.modules.get(package)
        if known is None or [str(Path(p).resolve()) for p in known.__path__] != [folder]:
            for name in [n for n in sys.modules if n.partition(".")[0] == package]:
                del sys.modules[name]
            module = ModuleType(package)
            module.__path__ = [folder]
            sys.modules[package] = module
