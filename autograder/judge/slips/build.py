"""Makes a bank, in a process of its own: `build` asks for it, `main` is what runs there.

Slips are programs that nobody wrote: some never end, some fill the memory. The process has limits
for both, opens no files for writing, and hands its rows back on standard output.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course import ROOT_VARIABLE
from autograder.exercise.answers import answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import load_assignment
from autograder.judge.slips.grow import slips_of
from autograder.judge.slips.look_up import to_bytes
from autograder.judge.slips.slip_rows import rows_of

PACKAGES = Path(__file__).resolve().parents[3]
MODULE = "autograder.judge.slips.build"
PROGRAM = (
    "import sys; sys.path.insert(0, {packages!r}); "
    "from {module} import main; main(sys.stdin.read())"
)
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class BuildLimits:
    """What making one bank may take."""

    cpu_seconds: int = 1800
    seconds: int = 3600
    """Of wall clock."""
    memory_bytes: int = 2 * 2**30


class BuildFailed(Exception):
    """The process ended without a bank; the text is what it said last."""


def build(
    root: Path,
    assignment: str,
    exercise: str,
    secret: bytes,
    module: str = MODULE,
    limits: BuildLimits = BuildLimits(),
) -> bytes:
    """What `main` of the module makes of one exercise, its bank; raises BuildFailed."""
    plan = {"assignment": assignment, "exercise": exercise, "secret": secret.hex()}
    program = PROGRAM.format(packages=str(PACKAGES), module=module)
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-I",
                "-B",
                "-c",
                program,
            ],
            input=json.dumps(plan | asdict(limits)).encode(),
            capture_output=True,
            env={**ENVIRONMENT, ROOT_VARIABLE: str(root)},
            cwd="/",
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BuildFailed(f"no bank after {limits.seconds} seconds") from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise BuildFailed(f"exit {done.returncode}. {' '.join(last)}")
    return done.stdout


def main(text: str) -> None:
    """Write the bank that the plan (JSON) asks for to standard output."""
    plan = json.loads(text)
    assignment = load_assignment(plan["assignment"])
    exercise = assignment.exercise(plan["exercise"])
    limit(plan["cpu_seconds"], plan["memory_bytes"])
    secret = bytes.fromhex(plan["secret"])
    keys = [answer(exercise, secret, case_set) for case_set in range(CASE_SETS)]
    rows = rows_of(slips_of(exercise, assignment, keys[0].groups[0][0]), keys)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        out.write(to_bytes(rows))


def limit(cpu_seconds: int, memory_bytes: int) -> None:
    """Bound what this process may take, and let it write no files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
