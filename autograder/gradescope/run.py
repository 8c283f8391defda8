"""What `run_autograder` runs: grade the one submission, and write results.json.

    python -m autograder.gradescope.run ASSIGNMENT ROOT ISOLATION

ROOT holds submission/ and results/, and is /autograder on Gradescope. What is printed here is for
staff: students see results.json alone. Where the grader fails there is no results.json, and no
score: Gradescope then says that the autograder did not run, which is the truth.
"""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from autograder.errors import AutograderError
from autograder.extract.collect import choice_in, student_name
from autograder.pipeline import Grader
from autograder.records import ExerciseReport, Report
from autograder.report.files import write_whole
from autograder.report.names import printable
from autograder.report.words import cell_words, exercise_lines
from autograder.settings import Isolation

TEXT = "text"
"""Never HTML or Markdown: a student's own words may stand in the output."""


def main(arguments: Sequence[str]) -> int:
    """Exit 0 with results.json written, 1 without one."""
    assignment, root, isolation = arguments
    results = Path(root, "results", "results.json")
    results.unlink(missing_ok=True)  # the image's own, or an earlier run's
    try:
        report = grade(assignment, Path(root), cast(Isolation, isolation))
    except AutograderError as fault:
        print(f"autograder: {printable(str(fault))}", file=sys.stderr)
        return 1
    write_whole(results, json.dumps(as_results(report), indent=1, ensure_ascii=False) + "\n")
    print(f"isolation: {report.isolation}; case set {report.seed}; {report.seconds:.2f} s")
    return 0


def grade(assignment: str, root: Path, isolation: Isolation) -> Report:
    """Grade the notebook below submission/; raises AutograderError where that cannot be done."""
    with Grader(assignment, isolation=isolation, workers=1) as grader:
        chosen = choice_in(root / "submission", assignment)
        return grader.grade(grader.read(chosen.path, _student(root), chosen.note))


def _student(root: Path) -> str:
    """Who handed in, as Gradescope's metadata say."""
    try:
        metadata = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
        emails = ", ".join(str(user["email"]) for user in metadata["users"])
        return student_name(emails) or "submission"
    except (OSError, ValueError, LookupError, TypeError):
        return "submission"


def as_results(report: Report) -> dict[str, Any]:
    """The report as Gradescope reads it: a test for each exercise, words for the student."""
    return {
        "score": report.score,
        "execution_time": round(report.seconds),
        "output": "\n".join(_about(report)),
        "output_format": TEXT,
        "test_output_format": TEXT,
        "test_name_format": TEXT,
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "isolation": report.isolation,
            "case_set": report.seed,
            "digest": report.digest,
        },
        "tests": [_test(n, exercise) for n, exercise in enumerate(report.exercises, start=1)],
    }


def _test(place: int, exercise: ExerciseReport) -> dict[str, Any]:
    return {
        "number": str(place),
        "name": exercise.name,
        "score": exercise.score,
        "max_score": exercise.points,
        "status": "passed" if exercise.score >= exercise.points else "failed",
        "output": "\n".join(exercise_lines(exercise)[1:]),
        "visibility": "visible",
    }


def _about(report: Report) -> list[str]:
    """What concerns the whole notebook."""
    reason = [f"Not graded: {report.reason}"] if report.reason else []
    repairs = [f"Repaired: {repair}" for repair in report.repairs]
    return [*map(printable, [*reason, *repairs]), *map(cell_words, report.cell_failures)]


if __name__ == "__main__":
    logging.basicConfig()
    sys.exit(main(sys.argv[1:]))
