"""All slips of one exercise: its reference edited, then the functions that it calls."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from inspect import signature
from types import FunctionType

from autograder.exercise.cases import Case
from autograder.exercise.dependencies import called_by
from autograder.exercise.spec import Assignment, Exercise, Function
from autograder.judge.slips.edits import OF_FORMULAS, all_edits, edits_of_callee
from autograder.judge.slips.kinds import RANKS, Edit
from autograder.judge.slips.scope import notebook_names, scope_of
from autograder.judge.slips.syntax import Written, plain_tree
from autograder.judge.slips.wholes import RIGHT
from autograder.judge.slips.wording import sentence
from autograder.judge.slips.written_out import written_out

ANOTHER = "another-exercise"
CALLEE = 100
"""Added to the rank of an edit in a function that is called: own edits are said first."""


@dataclass(frozen=True)
class Slip:
    """A wrong program: the function called `inside` exchanged for `source`, or for `function`.

    `name` is the kind of the edit, or a mistake's slug; `words` is the sentence for the student.
    Of two with the same values, the one of the smaller `rank` is said. `before` is the source that
    was edited, where there is one; `written` the other right program that was.
    """

    name: str
    words: str
    rank: int
    inside: str
    source: str = ""
    before: str = field(default="", repr=False)
    written: Function | None = field(default=None, repr=False)
    function: Function | None = field(default=None, repr=False)

    @property
    def filename(self) -> str:
        """What the code of the exchanged function is compiled as."""
        return f"<slip in {self.inside}>"

    def program(self, reference: Function) -> Function:
        """The wrong program, in a namespace of its own; raises SyntaxError where it is none."""
        scope = dict((self.written or reference).__globals__)
        if self.inside != reference.__name__:
            scope |= {n: _moved(f, scope) for n, f in scope.items() if _is_own(f, reference)}
        if self.function is not None:
            scope[self.inside] = self.function
        else:
            scope[RIGHT] = scope.get(self.inside, reference)
            exec(compile(self.source, self.filename, "exec"), scope)
        program: Function = scope[reference.__name__]
        return program


def slips_of(exercise: Exercise, assignment: Assignment, case: Case) -> Iterator[Slip]:
    """Every slip of the exercise; `case` shows which names hold numbers."""
    reference = exercise.reference
    known = notebook_names(assignment)
    yield from _edited(reference, exercise, case, known)
    for way in exercise.also_written:
        yield from _written_otherwise(way, exercise, case, known)
    for other in assignment.exercises:
        if other.name != exercise.name and _accepts(other.reference, reference):
            words = f"Your values are those of `{other.name}`. Which function is asked for here?"
            yield Slip(ANOTHER, words, len(RANKS), exercise.name, function=other.reference)
    records = {other.name: other for other in assignment.exercises}
    for name in sorted(called_by(reference)):
        for mistake in records[name].mistakes if name in records else ():
            words = f"In the step of `{name}`: {mistake.sentence}"
            yield Slip(mistake.name, words, CALLEE - 1, name, function=mistake.function)
        yield from _edited(reference.__globals__[name], exercise, case, known)


def _edited(
    function: Function, exercise: Exercise, case: Case, known: frozenset[str]
) -> Iterator[Slip]:
    """One slip for each other program that an edit of one function gives."""
    tree = plain_tree(function)
    own = function is exercise.reference
    edits_of = all_edits if own else edits_of_callee
    edits = edits_of(tree, scope_of(tree, function, exercise, case, known))
    yield from _slips(tree, edits, function, own, known)
    many = exercise.trains or exercise.also_written
    if own and not many and (whole := written_out(tree, function)):
        again = _compiled(whole, function)
        scope = scope_of(whole, again, exercise, case, known, again)
        yield from _slips(whole, all_edits(whole, scope, OF_FORMULAS), function, own, known)


def _written_otherwise(
    way: Function, exercise: Exercise, case: Case, known: frozenset[str]
) -> Iterator[Slip]:
    """The slips of another right program, under the reference's name."""
    tree = plain_tree(way)
    edits = all_edits(tree, scope_of(tree, way, exercise, case, known, way))
    tree.name = exercise.name
    for slip in _slips(tree, edits, exercise.reference, True, known):
        yield replace(slip, written=way)


def _compiled(tree: ast.FunctionDef, function: Function) -> Function:
    """The function as the tree has it, among the same others."""
    scope = dict(function.__globals__)
    exec(compile(ast.unparse(tree), f"<{function.__name__} written out>", "exec"), scope)
    made: Function = scope[function.__name__]
    return made


def _slips(
    tree: ast.FunctionDef,
    edits: Iterable[Edit],
    function: Function,
    own: bool,
    known: frozenset[str],
) -> Iterator[Slip]:
    where = "" if own else f"inside `{function.__name__}`, "
    found: dict[str, Edit] = {}
    for edit in edits:
        known_as = found.get(edit.source)
        if (known_as is None or RANKS[edit.kind] < RANKS[known_as.kind]) and edit.holds:
            found[edit.source] = edit
    before = Written(tree).source
    found.pop(before, None)
    for edit in found.values():
        words, rank = sentence(edit, where, known), RANKS[edit.kind] + (0 if own else CALLEE)
        yield Slip(edit.kind, words, rank, function.__name__, edit.source, before)


def _accepts(other: Function, reference: Function) -> bool:
    return len(signature(other).parameters) == len(signature(reference).parameters)


def _is_own(value: object, reference: Function) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == reference.__module__


def _moved(function: FunctionType, scope: dict[str, object]) -> FunctionType:
    """The same function, with another namespace to look its names up in."""
    moved = FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved
