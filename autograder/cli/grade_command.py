"""autograder grade: its options, as a `GradeRequest`."""

import argparse
import gc
from contextlib import ExitStack
from pathlib import Path

from autograder.cli.commands import Commands, add, add_isolation
from autograder.settings import GradeRequest, Limits

EXAMPLES = """examples:
  autograder grade submitted --assignment first_steps --out results
  autograder grade notebooks/ --assignment first_steps --out results --outputs
  autograder grade alice.ipynb --assignment first_steps --out results
"""

LIMITS = {
    "cell-seconds": ("cell_seconds", 1),
    "call-seconds": ("call_seconds", 1),
    "submission-seconds": ("submission_seconds", 1),
    "wall-factor": ("wall_factor", 1),
    "memory-mb": ("memory_bytes", 2**20),
    "processes": ("processes", 1),
    "output-kb": ("output_bytes", 2**10),
    "answer-kb": ("answer_bytes", 2**10),
    "scratch-mb": ("scratch_bytes", 2**20),
    "scratch-files": ("scratch_files", 1),
    "notebook-mb": ("notebook_bytes", 2**20),
    "notebook-cells": ("notebook_cells", 1),
    "notebook-values": ("notebook_values", 1),
    "code-mb": ("code_bytes", 2**20),
}
"""Option → the field of `Limits` that it sets, and the unit it is given in."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "grade a submitted/ tree, a folder of notebooks or one notebook"
    grade = add(commands, "grade", run, about=about, examples=EXAMPLES)
    grade.add_argument("path", type=Path, help="where the submissions are")
    grade.add_argument("--assignment", required=True, help="first_steps, …")
    grade.add_argument("--out", type=Path, required=True, help="folder for the results")
    grade.add_argument("--outputs", action="store_true", help="keep what cells print and draw")
    grade.add_argument("--workers", type=_positive, help="default: one per core")
    grade.add_argument("--quiet", action="store_true", help="print nothing but errors")
    add_isolation(grade)
    grade.add_argument("--fresh", action="store_true", help="grade again what has not changed")
    _add_cluster(grade.add_argument_group("many machines (docs/scaling.md)"))
    _add_limits(grade.add_argument_group("limits, per submission"))


def run(given: argparse.Namespace) -> int:
    """Grade; the sandbox warms up while the grader is imported."""
    from autograder.sandbox.launched import launched

    request = request_of(given)
    gc.disable()  # until grading begins: what is imported stays
    with ExitStack() as stack:
        stack.callback(gc.enable)
        sandbox = None
        if not request.on_cluster and request.processes == 1:
            sandbox = launched(
                request.assignment,
                isolation=request.isolation,
                workers=request.workers,
                outputs=request.outputs,
                limits=request.limits,
            )
            stack.enter_context(sandbox)
        from autograder.cli.grade_class import grade

        return grade(request, sandbox, quiet=given.quiet)


def request_of(given: argparse.Namespace) -> GradeRequest:
    """What was asked for, in bytes and seconds."""
    return GradeRequest(
        path=given.path,
        assignment=given.assignment,
        out=given.out,
        outputs=given.outputs,
        workers=given.workers,
        isolation=given.isolation,
        fresh=given.fresh,
        scheduler=given.scheduler,
        local_cluster=given.cluster == "local",
        limits=_limits_of(given),
    )


def _add_cluster(group: argparse._ArgumentGroup) -> None:
    where = group.add_mutually_exclusive_group()
    where.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler: tcp://…:8786")
    where.add_argument("--cluster", choices=("local",), help="Dask workers on this machine")


def _add_limits(group: argparse._ArgumentGroup) -> None:
    for option, (field, unit) in LIMITS.items():
        default = getattr(Limits, field) / unit
        group.add_argument(
            f"--{option}",
            type=_above_zero,
            metavar="N",
            default=default,
            help=f"default: {default:.9g}",
        )


def _limits_of(given: argparse.Namespace) -> Limits:
    kinds = {field: type(getattr(Limits, field)) for field, _ in LIMITS.values()}
    return Limits(
        **{
            field: kinds[field](getattr(given, option.replace("-", "_")) * unit)
            for option, (field, unit) in LIMITS.items()
        }
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return value


def _above_zero(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return value
