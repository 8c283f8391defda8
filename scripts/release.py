"""Make release/ and solutions/notebooks/ from source/, with nbgrader's own commands.

Runs in a scratch copy of the course, so that an instructor's gradebook is not touched.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
NBGRADER = Path(sys.executable).with_name("nbgrader")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")


def main(assignments: list[str]) -> None:
    """Regenerate the given assignments."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for part in ("source", "solutions"):
            shutil.copytree(COURSE / part, scratch / part)
        shutil.copy(COURSE / "nbgrader_config.py", scratch)
        for assignment in assignments:
            run(scratch, "generate_assignment", assignment)
            run(scratch, "generate_solution", assignment, "--force")
            keep(scratch, assignment)
            print(assignment)


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
        [NBGRADER, *command], cwd=course, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(command)} failed:\n{done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1:])
