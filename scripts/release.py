"""Make release/ and solutions/notebooks/ from source/, with nbgrader's own commands.

Runs in a scratch course, so that an instructor's gradebook is not touched. check.py and
examples.json are written into source/, where the notebooks need them as well.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
NBGRADER = Path(sys.executable).with_name("nbgrader")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")


def main(assignments: list[str]) -> None:
    """Regenerate the given assignments, or all."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "source").symlink_to(COURSE / "source")  # check.py is written there
        (scratch / "exercises").symlink_to(COURSE / "exercises")
        shutil.copytree(COURSE / "solutions", scratch / "solutions", ignore=LEFT_BEHIND)
        shutil.copy(COURSE / "nbgrader_config.py", scratch)
        for assignment in assignments or sets():
            run(scratch, "generate_assignment", assignment)
            run(scratch, "generate_solution", assignment, "--force")
            keep(scratch, assignment)
            print(assignment)


def sets() -> list[str]:
    """Every set that has an instructor's notebook."""
    return sorted(path.stem for path in (COURSE / "source").glob("*/*.ipynb"))


def keep(scratch: Path, assignment: str) -> None:
    """Put what was made in the place of what was there."""
    release = COURSE / "release" / assignment
    shutil.rmtree(release, ignore_errors=True)
    shutil.copytree(scratch / "release" / assignment, release, ignore=LEFT_BEHIND)
    answers = Path("solutions", "notebooks")
    (COURSE / answers).mkdir(exist_ok=True)
    made = scratch / answers / assignment / f"{assignment}.ipynb"
    shutil.copy(made, COURSE / answers / f"{assignment}.ipynb")


def run(course: Path, *command: str) -> None:
    """Run one nbgrader command; its output is shown only where it fails."""
    done = subprocess.run(
        [NBGRADER, *command],
        cwd=course,
        env={**os.environ, "AUTOGRADER_COURSE": str(course)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(command)} failed:\n{done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1:])
