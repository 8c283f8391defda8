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


def main(assignments: list[str]) -> None:
    """Regenerate the given assignments."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for part in ("source", "solutions", "release"):
            shutil.copytree(COURSE / part, scratch / part)
        shutil.copy(COURSE / "nbgrader_config.py", scratch)
        for assignment in assignments:
            run(scratch, "generate_assignment", assignment, "--force")
            replace(scratch / "release" / assignment, COURSE / "release" / assignment)
            print(f"release/{assignment}")
    for assignment in assignments:
        make_solution(assignment)


def run(course: Path, *command: str) -> None:
    """Run one nbgrader command; its output is shown only where it fails."""
    done = subprocess.run(
        [NBGRADER, *command], cwd=course, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(command)} failed:\n{done.stderr}")


def replace(new: Path, old: Path) -> None:
    """Put a freshly made folder in the place of the old one."""
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(new, old, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))


if __name__ == "__main__":
    main(sys.argv[1:])
