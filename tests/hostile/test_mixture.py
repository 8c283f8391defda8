"""All hostile and broken submissions among honest ones, in one batch, with nothing left behind."""

import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from autograder.cli.main import main
from autograder.sandbox.inside import kernel
from autograder.sandbox.pool import SIGNAL_SCOPES
from tests.hostile.attack import ASSIGNMENT, EARNED
from tests.hostile.attacks import ATTACKS
from tests.hostile.broken import BROKEN, edited
from tests.hostile.world import OPTIONS, World, hostile_world
from tests.notebooks import answers_to, insert_after, submission
from tests.sandboxes import alive

PR_SET_CHILD_SUBREAPER = 36
MINUTES = 3.0
QUICK = 6
"""`make test` takes every sixth attack, so that each kind is there."""


def hand_in_honest(world: World, count: int) -> list[str]:
    """Honest students who know more or less: each leaves another function as it was."""
    right = answers_to(ASSIGNMENT)
    students = []
    for number in range(count):
        known = {name: text for place, (name, text) in enumerate(right.items())
                 if place != number % (len(right) + 1)}  # fmt: skip
        notebook = submission(ASSIGNMENT, known)
        insert_after(notebook, "setup", f"number = {number}")
        students.append(f"m{number:03}-honest")
        world.submit(students[-1], notebook)
    return students


def hand_in_harm(world: World, every: int) -> None:
    """Before, between and after them, in the order of their names."""
    for number, attack in enumerate(ATTACKS[::every]):
        made = attack.notebook(str(world.course), os.getpid())
        world.submit(f"m{number:03}-{attack.name}", made)
    folder = world.folder("honest")
    edited(lambda notebook: None)(folder)
    for name, (write, _) in BROKEN.items():
        write(world.folder(name))


def grade(world: World, out: Path, isolation: str) -> dict[str, dict]:
    path = str(world.course / "submitted")
    where = ["grade", path, "--assignment", ASSIGNMENT, "--out", str(out), "--quiet"]
    assert main([*where, *OPTIONS, "--isolation", isolation]) == 0
    return {path.stem: json.loads(path.read_text()) for path in out.glob("*.json")}


def judged(result: dict) -> tuple[float, list[float]]:
    return result["score"], [exercise["score"] for exercise in result["exercises"]]


def left_behind() -> set[str]:
    """Our processes, their mounts, and their temporary folders."""
    found = {line for line in Path("/proc/mounts").read_text().splitlines() if "scratch" in line}
    found |= {str(path) for path in Path(tempfile.gettempdir()).iterdir()}
    return found | {f"process {pid}" for pid in descendants(os.getpid()) if alive(pid)}


def descendants(pid: int) -> set[int]:
    """All processes below one; with `adopting`, also those whose parents have ended."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has just ended
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


@pytest.fixture
def adopting(tmp_path, monkeypatch):
    """Orphans become our children, and temporary folders are in one of our own."""
    kernel.prctl(PR_SET_CHILD_SUBREAPER, 1)
    folder = Path(tempfile.mkdtemp(prefix="mixture-"))
    folder.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    kernel.prctl(PR_SET_CHILD_SUBREAPER, 0)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("honest", "every", "isolation"),
    [
        (10, QUICK, "bubblewrap"),
        pytest.param(100, 1, "bubblewrap", marks=pytest.mark.nightly),
        pytest.param(100, 1, "landlock", marks=pytest.mark.nightly),
    ],
)
def test_the_honest_among_the_hostile(adopting, honest, every, isolation):
    """Exactly the scores that they have alone, in under three minutes, and nothing stays."""
    if isolation == "landlock" and kernel.landlock_abi() < SIGNAL_SCOPES:
        pytest.skip("this kernel's landlock does not keep signals in")
    with hostile_world() as world:
        students = hand_in_honest(world, honest)
        alone = grade(world, world.results / "alone", isolation)
        hand_in_harm(world, every)
        course, before = world.snapshot(), left_behind()
        started = time.monotonic()
        mixed = grade(world, world.results / "mixed", isolation)
        took = time.monotonic() - started
        assert {name: judged(mixed[name]) for name in students} == {
            name: judged(alone[name]) for name in students
        }
        assert len({judged(alone[name])[0] for name in students}) > 2
        assert len(mixed) == len(alone) + len(ATTACKS[::every]) + len(BROKEN) + 1
        attackers = mixed.keys() - alone.keys() - BROKEN.keys() - {"honest"}
        assert max(mixed[name]["score"] for name in attackers) == EARNED
        assert world.snapshot() == course
        assert gone(left_behind() - before) == set()
    assert took < 60 * MINUTES


def gone(found: set[str], seconds: float = 10.0) -> set[str]:
    """What is still there of `found` after a while: the kernel takes processes down by itself."""
    until = time.monotonic() + seconds
    while found and time.monotonic() < until:
        time.sleep(0.1)
        found &= left_behind()
    return found
