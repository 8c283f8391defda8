"""What an exercise is: one frozen record, from which everything else derives.

Hidden cases, the public example, the laws, the docs page and the marks all come from an
`Exercise`; to add one, write one (docs/authors.md).
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from autograder.errors import SpecError
from autograder.exercise.compare import FORMULA, Part, Tolerance

Function = Callable[..., Any]
"""A trusted function of plain data: a reference, an oracle, a known wrong program."""
Arguments: TypeAlias = tuple[Any, ...]
"""What a function is called with: trees, each in its place."""
Sizes = Mapping[str, int]
"""Axis name → length, `{"N": 7, "D": 5}`. All lengths of one case differ."""
Draw = Callable[[np.random.Generator, Sizes], Arguments]
"""Draws one case: the arguments, in order. Every random number comes from the generator."""
Decides = Callable[[Sequence[Arguments]], bool]
"""Whether the arguments of all cases together tell right programs from wrong ones."""
Accept = Callable[[Any, Arguments], bool | str]
"""Judges one answer: (the part that the check looks at, the arguments) → is it right?

A sentence, instead of False, says what is wrong; where it is a listed mistake's, it names that.
"""
Given = Callable[[Any, Arguments], Any]
"""What is wanted, given what the student wrote: (the whole answer, the arguments) → a value."""
OwnInputs = Callable[[Any], Arguments | str]
"""Reads the inputs that a student chose out of the answer; a sentence says why they cannot be."""


@dataclass(frozen=True)
class Check:
    """One thing that an exercise is worth points for.

    `part` picks the part of the result that is looked at: an index of a tuple, a key of a dict,
    a path of these ((1, 0): the first of the second), a slice for several, `Keys("W", "b")` for
    several keys of a dict (right where all of them are), None for all of it.
    A check with a `draw` of its own uses inputs of its own; `fixed` marks inputs that need no
    second shape (a worked example, a limit): they are drawn once.
    `accept` is asked instead of comparing with the reference, for answers that the text leaves
    open. It is given the part, as float64 arrays in the structure and the shapes of the
    reference's (anything else is wrong without asking), and the arguments; it answers for any
    numbers, and what it raises is a fault of the grader. It may return a sentence instead of False.
    With `any_form` it is asked about all that came.
    `given` makes a line judged from the student's own lines: it computes the wanted part from the
    whole answer, in which lines that are missing, not finite or nearly zero are the true ones
    (own_lines.py). It never looks at the part itself and is linear in the other lines, so that
    `check` can ask it as numbers.
    `own_inputs` is for answers that hold their own inputs: it is given the whole answer, as
    `accept` is given a part, and returns the arguments that `given` and the mistakes are then asked
    with; a sentence refuses them. Those in exercises/judges.py are asked by `check`, too.
    `also` gives other right programs whose numbers differ from the reference's: a formula of
    higher order, another limit that the text leaves open.
    `needs` names earlier checks, one of which must be passed for this one to count: those that a
    constant cannot pass, where a constant may pass this one.
    A check of 0 points tells the student something that another check charges for.
    """

    name: str
    points: float
    part: Part = None
    draw: Draw | None = None
    fixed: bool = False
    tolerance: Tolerance = FORMULA
    accept: Accept | None = None
    given: Given | None = field(default=None, repr=False)
    own_inputs: OwnInputs | None = field(default=None, repr=False)
    any_form: bool = False
    """With `accept`: it is given what came, plain data of any form and not only numbers."""
    expects: str = ""
    """With `accept`: what is expected, in words for the student who does not meet it."""
    losses: bool = False
    """The part is the list of losses of a training: pages draw its curve, and no pattern."""
    also: tuple[Function, ...] = field(default=(), repr=False)
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """A known wrong program: a slug, the program, and what to tell the student.

    It is recognised by the values it gives, never by its text.

    `loses` names the checks that it fails; empty means all of them (of more than 0 points). Those
    that need one of these, and no other, are lost as well and need not be named.
    `twins` names mistakes of the same exercise that give the same values: both are then said.
    `given` is for checks with a `given`: what this program gives there from the student's own
    lines, whatever they are: {"m": …}, an answer that needs hold no more than the parts it loses.
    A program that cannot be run on some inputs may raise: it is not looked for there.
    """

    name: str
    function: Function = field(repr=False)
    sentence: str
    loses: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    given: Given | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Exercise:
    """One function that a student writes.

    `axes` lists the axes, "N D H", with lengths that are fixed, "N D=2 H=3", or that follow from
    others, "N R P H=R-P+1"; `draw` is called with lengths that all differ, twice, and once more
    with a batch of 1 where there is a batch. `batch` and `rate` say by which name the axis of the
    examples and the learning rate go here, for the words about a forgotten 1/N or step size.
    `oracle` computes the same result another way: central differences of the loss (gradcheck.py)
    or an independent formulation.
    `calls` names earlier functions of the same set that a student may call here, beside those that
    the reference calls.
    `decides` looks at the arguments of all cases together, which are drawn again until it is
    content: for what one case alone cannot show, such as both signs of a single number.
    `example` draws the public example that students hold; by default it is drawn like the rest.
    `reveal` is the note that `check` shows below ✓: Markdown with formulas, never Python. Pictures
    in it are SVG text, from `<svg` to `</svg>`, and shown where pictures can be.
    `also_written` are other right programs whose slips are to be recognised, too: where students
    write something unlike the reference (docs/slips.md). They give the same numbers.
    `starts_from` is the broken program that students are given to repair: handed back as it is, it
    earns at most a third (a law).
    An exercise whose checks are all worth 0 points is not graded: only `check` answers (carried
    over from an earlier set with `carried_over`).
    """

    reference: Function = field(repr=False)
    draw: Draw = field(repr=False)
    oracle: Function = field(repr=False)
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...] = ()
    axes: str = ""
    batch: str = "N"
    rate: str = "learning_rate"
    calls: tuple[str, ...] = ()
    example: Draw | None = field(default=None, repr=False)
    decides: Decides | None = field(default=None, repr=False)
    keeps_arguments: bool = False
    """The text asks to leave the arguments as they are: changing one costs part of the points."""
    trains: bool = False
    """A training loop: never replaced by a stand-in, compared at the looser tolerance."""
    examples: bool = True
    """The batch axis counts examples; else arrays are only as long, and no words speak of it."""
    returns: tuple[str, ...] = ()
    """What the text calls the parts of a tuple, where no check looks at one of them alone."""
    asks_shapes: bool = False
    """The shape is the question: no wanted shape is told, and an axis too many earns no share."""
    reveal: str = field(default="", repr=False)
    also_written: tuple[Function, ...] = field(default=(), repr=False)
    starts_from: Function | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        names = [check.name for check in self.checks]
        if len(set(names)) != len(names):
            raise SpecError(f"{self.name}: two checks share a name. Rename one of {names}.")
        for mistake in self.mistakes:
            unknown = set(mistake.loses) - set(names)
            if unknown:
                raise SpecError(
                    f"{self.name}: mistake {mistake.name!r} loses {sorted(unknown)}, which are "
                    f"no checks. Use names from {names}."
                )
        for check in self.checks:
            if check.own_inputs and not check.given:
                raise SpecError(
                    f"{self.name}: check {check.name!r} has `own_inputs`, and no `given` to say "
                    "what is wanted for them. Add it."
                )
        for place, check in enumerate(self.checks):
            if not set(check.needs) <= set(names[:place]):
                raise SpecError(
                    f"{self.name}: check {check.name!r} needs {list(check.needs)}. Name checks "
                    f"that stand before it: {names[:place]}."
                )

    @property
    def name(self) -> str:
        """The name of the function that students write: the reference's."""
        return self.reference.__name__

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names of the arguments, as the reference has them."""
        return tuple(inspect.signature(self.reference).parameters)

    @cached_property
    def places(self) -> dict[str, str]:
        """Where a part stands in the result → what it is called: `[1]['W']` → dW."""
        found = {f"[{place}]": name for place, name in enumerate(self.returns)}
        for check in self.checks:
            path = check.part if isinstance(check.part, tuple) else (check.part,)
            alone = all(isinstance(step, str) or (type(step) is int and step >= 0) for step in path)
            if alone and check.accept is None:
                found.setdefault("".join(f"[{step!r}]" for step in path), check.name)
        return found

    @cached_property
    def points(self) -> float:
        """The points of all checks."""
        return sum(check.points for check in self.checks)

    @cached_property
    def draws(self) -> tuple[Draw, ...]:
        """The exercise's own draw first, then those of checks with inputs of their own."""
        own = [check.draw for check in self.checks if check.draw is not None]
        return tuple(dict.fromkeys([self.draw, *own]))

    def check(self, name: str) -> Check:
        """The check of that name."""
        return next(check for check in self.checks if check.name == name)

    def draw_of(self, check: Check) -> int:
        """The position in `draws` of the inputs that `check` looks at."""
        return self.draws.index(check.draw or self.draw)

    def lost_by(self, mistake: Mistake) -> frozenset[str]:
        """The names of the checks that a mistake must fail, and of those that need them."""
        charged = [check.name for check in self.checks if check.points > 0 or not self.points]
        lost = set(mistake.loses or charged)
        for check in self.checks:
            if check.needs and lost.issuperset(check.needs):
                lost.add(check.name)
        return frozenset(lost)


def carried_over(exercise: Exercise) -> Exercise:
    """The same function once more in a later set, where `check` answers and nothing is graded."""
    checks = tuple(replace(check, points=0) for check in exercise.checks)
    return replace(exercise, checks=checks, calls=(), reveal="")


@dataclass(frozen=True)
class Assignment:
    """One problem set: its exercises in the order of the notebook."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]

    @cached_property
    def points(self) -> float:
        """The automatic points; hand-graded ones are reported beside them."""
        return sum(exercise.points for exercise in self.exercises)

    @cached_property
    def graded(self) -> tuple[Exercise, ...]:
        """The exercises that are worth points; functions that are carried over are not graded."""
        return tuple(exercise for exercise in self.exercises if exercise.points)

    def exercise(self, name: str) -> Exercise:
        """Find an exercise by name; raises SpecError."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = ", ".join(exercise.name for exercise in self.exercises)
        raise SpecError(f"{self.name} has no exercise {name!r}. It has {known}.")
