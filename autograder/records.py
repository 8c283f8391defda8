"""What travels down the pipeline: one frozen record per stage, each made from the one before.

Submission → Outcome → (Comparison → Diagnosis, in compare.py and diagnose.py) → Report.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from autograder.exercise.facts import Fact
from autograder.exercise.plain_data import Tree, encode

Status = Literal["passed", "wrong", "raised", "timed_out", "missing"]
"""How a check ended. A fault of the grader is an exception, never one of these."""

CellRole = Literal["setup", "solution", "extra", "grade", "illustration"]
"""setup: the instructor's, always run. solution and extra: the student's, always run.
grade and illustration: checks and pictures, run only where somebody wants their outputs."""


@dataclass(frozen=True)
class Cell:
    """One code cell to run; `index` is its place in the merged notebook (-1: not shown there)."""

    source: str
    role: CellRole
    index: int = -1


@dataclass(frozen=True)
class Submission:
    """A student's notebook, merged with the release, ready to run."""

    student: str
    assignment: str
    digest: str
    """SHA-256 of the submitted file, hexadecimal."""
    cells: tuple[Cell, ...] = ()
    repairs: tuple[str, ...] = ()
    """What had to be repaired, in words: a renamed cell, a deleted test."""
    problem: str = ""
    """Why nothing can be graded (no notebook, not JSON); empty when there are cells."""
    notebook: Any = None
    """The merged notebook (nbformat), with outputs cleared; None where there is a problem."""
    fault: str = ""
    """Why the grader, and not the student, failed already on reading it."""

    def with_note(self, note: str) -> "Submission":
        """The same, with a sentence before its repairs, where there is one."""
        return replace(self, repairs=(note, *self.repairs)) if note else self

    @cached_property
    def code(self) -> str:
        """SHA-256 of the student's code, hexadecimal: of its lines, but for blanks and comments.

        Outputs, metadata, other cells and where one cell ends and the next begins do not count.
        """
        mine = (cell.source for cell in self.cells if cell.role in ("solution", "extra"))
        lines = (line.rstrip() for source in mine for line in source.splitlines())
        kept = (line for line in lines if line and not line.lstrip().startswith("#"))
        return sha256("\n".join(kept).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Call:
    """One call of a student's function; `key` tells the pipeline which case it belongs to."""

    function: str
    arguments: tuple[Tree, ...]
    key: tuple[str, int, int] = ("", 0, 0)
    """(exercise, number of the draw, number of the case)."""
    lent: tuple[str, ...] = ()
    """Names that right functions stand in for during this call; the grader answers for them."""

    @cached_property
    def frame(self) -> bytes:
        """The call as it travels: made once for all students who get these inputs."""
        return encode(("call", self.function, self.arguments, self.lent))


@dataclass(frozen=True)
class Used:
    """How much of its limits a submission has used so far, over all its runs."""

    seconds: float = 0.0
    output_bytes: int = 0
    answer_bytes: int = 0


@dataclass(frozen=True)
class Job:
    """What the sandbox is asked to do for one submission: run the cells, then make the calls.

    The calls reach the sandbox only after the last cell has ended.
    """

    cells: tuple[Cell, ...]
    calls: tuple[Call, ...]
    outputs: bool = False
    """Keep what cells print and draw, as nbformat outputs. Without it figures are not rendered."""
    files: tuple[tuple[str, bytes], ...] = ()
    """The assignment's own files, laid into the scratch folder: (relative path, content)."""
    used: Used = Used()
    """What earlier jobs of the same submission took; so much less is left."""


@dataclass(frozen=True)
class Failure:
    """An exception in student code, as far as it may be told."""

    kind: str
    """The exception's class name, `ValueError`."""
    message: str = ""
    traceback: tuple[str, ...] = ()
    """The student's own frames, innermost last: `sigmoid, line 3: return 1 / (1 + exp(z))`."""


@dataclass(frozen=True)
class CellOutcome:
    """What became of one cell; `outputs` are nbformat outputs (only where they were asked for)."""

    status: Literal["ran", "raised", "timed_out", "not_run"]
    failure: Failure | None = None
    outputs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class CallOutcome:
    """What became of one call.

    `missing`: no such function in the notebook; `unstarted`: it raised NotImplementedError;
    `ended`: the process died or was stopped before it answered (`failure` says how).
    """

    status: Literal["returned", "raised", "timed_out", "missing", "unstarted", "ended"]
    value: Tree = None
    failure: Failure | None = None
    changed: tuple[int, ...] = ()
    """Positions of the arguments that the function changed in place."""
    warnings: tuple[str, ...] = ()
    """Warnings raised during the call, `RuntimeWarning: overflow encountered in exp`."""
    asked: tuple[str, ...] = ()
    """Names of the functions that stood in for the student's own, where they were used."""


@dataclass(frozen=True)
class Outcome:
    """Everything the sandbox saw; `cells` and `calls` are parallel to those of the job."""

    cells: tuple[CellOutcome, ...]
    calls: tuple[CallOutcome, ...]
    isolation: str
    """How the code was kept apart: `bubblewrap`, `landlock`, `none`."""
    used: Used = Used()
    """What the submission has used by now, earlier jobs included."""


@dataclass(frozen=True)
class CheckReport:
    """One check's result, as data; report/sentences.py puts it into words."""

    name: str
    status: Status
    score: float
    points: float
    fact: Fact | None = None
    """What is wrong, and where; None where nothing is, or where the nudge says it all."""
    mistake: str = ""
    """The slug of a named mistake, "a|b" where two fit."""
    nudge: str = ""
    """One sentence about the mistake, or about what the check asks for."""
    followed: tuple[str, ...] = ()
    """Earlier functions to fix, where the check passes only with right ones in their places."""
    pattern: tuple[str, ...] = ()
    """Where a small matrix differs: per row, `x` for each wrong entry, `.` for each right one."""


@dataclass(frozen=True)
class ExerciseReport:
    """One exercise's result: the sum of its checks, and notes that cost nothing."""

    name: str
    status: Status
    score: float
    points: float
    checks: tuple[CheckReport, ...]
    notes: tuple[str, ...] = ()
    curve: tuple[int, ...] = ()
    """The losses that a training function returned, as heights from 0 to 100."""
    uses: tuple[str, ...] = ()
    """Earlier functions to fix, one of which it calls: it loses points with right ones, too."""


@dataclass(frozen=True)
class CellFailure:
    """A cell of the student's own that did not run through; `begins` is its first line."""

    begins: str
    status: Literal["raised", "timed_out"]
    failure: Failure | None = None


@dataclass(frozen=True)
class Report:
    """The end of the line: all that is written, shown and put into gradebooks.

    A result on disk is this record as JSON (docs/results.md).
    """

    student: str
    assignment: str
    status: Literal["graded", "not_graded"]
    """not_graded: the file could not be read as a notebook; `reason` says why."""
    score: float
    max_score: float
    exercises: tuple[ExerciseReport, ...]
    digest: str
    """SHA-256 of the submitted file."""
    seed: int
    """Which of the case sets was used."""
    isolation: str
    seconds: float
    reason: str = ""
    fault: bool = False
    """Not graded because the grader failed: nothing is known about the submission."""
    key: str = ""
    """What the result depends on (resume.py); empty where it is not to be kept."""
    repairs: tuple[str, ...] = ()
    cell_failures: tuple[CellFailure, ...] = ()
    schema: Literal[2] = 2
    """The version of this record's JSON."""


@dataclass(frozen=True)
class Graded:
    """A report, and what the student's cells printed and drew on the way to it.

    `shown` is None where nothing ran; its cells are parallel to the submission's where outputs
    were asked for.
    """

    report: Report
    shown: Outcome | None = None
