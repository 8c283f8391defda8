"""What is on the disk: measured wherever a student puts it, and removed whatever it is."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.sandbox import Sandbox, pool
from autograder.sandbox.endings import Ended
from autograder.sandbox.inside import kernel
from autograder.sandbox.run_folder import LOCK, PREFIX, RunFolder, remove_leftovers
from autograder.sandbox.scratch import measure, remove
from tests.sandboxes import SHORT, job

SOMEBODY = 65_534
MODES = (0o000, 0o100, 0o200, 0o300, 0o400, 0o500)


@pytest.fixture
def folder():
    """One that an ordinary user owns."""
    made = Path(tempfile.mkdtemp(prefix="scratch-"))
    if os.geteuid() == 0:
        os.chown(made, SOMEBODY, SOMEBODY)
    yield made
    remove(made)


def as_ordinary_user(action) -> bool:
    """Did `action` end without an exception, in a process that no mode makes way for?"""
    pid = os.fork()
    if pid == 0:
        status = 1
        with suppress(Exception):
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(SOMEBODY, SOMEBODY, SOMEBODY)
                os.setresuid(SOMEBODY, SOMEBODY, SOMEBODY)
            action()
            status = 0
        os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def fill(folder: Path, mode: int) -> None:
    (folder / "inner" / "deep").mkdir(parents=True)
    for number in range(5):
        (folder / "inner" / "deep" / str(number)).write_bytes(bytes(10**6))
    (folder / "inner" / "deep").chmod(mode)
    (folder / "inner").chmod(mode)


@pytest.mark.parametrize("mode", MODES, ids=oct)
def test_closed_folders_are_measured_and_removed(folder, mode):
    """What their owner may not read counts like the rest, and does not stay."""

    def check():
        fill(folder, mode)
        with pytest.raises(Ended, match="more than 4 MB"):
            measure(folder, SHORT)
        fill(folder / "again", mode)
        remove(folder / "again")
        assert not (folder / "again").exists()

    assert as_ordinary_user(check)


def nested(folder: Path, levels: int) -> None:
    """Deeper than any path is long, and than Python recurses."""
    here = os.open(folder, os.O_DIRECTORY)
    for _ in range(levels):
        os.mkdir("n" * 200, 0o300, dir_fd=here)
        deeper = os.open("n" * 200, os.O_PATH, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)


def test_deep_folders_are_a_fault_of_the_student_and_are_removed(folder):
    """3,000 levels: 600,000 characters."""

    def check():
        (folder / "top").mkdir()
        nested(folder / "top", 3_000)
        with pytest.raises(Ended, match="nested more than 32"):
            measure(folder, SHORT)
        remove(folder / "top")
        assert not (folder / "top").exists()

    assert as_ordinary_user(check)


def test_links_lead_nowhere(folder, tmp_path):
    """What they point to is neither counted, nor opened up, nor removed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(bytes(10**7))
    outside.chmod(0o500)
    (folder / "link").symlink_to(outside)
    (folder / "file").symlink_to(outside / "file")
    measure(folder, SHORT)
    remove(folder / "link")
    remove(folder)
    assert not folder.exists()
    assert (outside / "file").stat().st_size == 10**7
    assert outside.stat().st_mode & 0o777 == 0o500


@pytest.mark.parametrize("isolation", ["none", "landlock"])
def test_a_submission_cannot_hide_what_it_writes(isolation):
    """Nor leave it behind: in folders that it closed, in folders below each other."""
    if isolation == "landlock" and kernel.landlock_abi() < pool.SIGNAL_SCOPES:
        pytest.skip("this kernel's landlock does not keep signals in")
    hidden = (
        "import os, time\nos.mkdir('p', 0o300)\n"
        "for n in range(40):\n    open(f'p/{n}', 'wb').write(bytes(400_000))\n    time.sleep(0.02)"
    )
    nest = "import os, time\nfor n in range(45):\n    os.mkdir('p', 0o300)\n    os.chdir('p')\n"
    with Sandbox(isolation=isolation, workers=1, limits=SHORT) as sandbox:
        outcome = sandbox.run(job(hidden, nest + "time.sleep(9)"))
        base = sandbox._base
        assert list(base.glob("*/scratch-*")) == []
    said = [cell.failure.message for cell in outcome.cells]
    assert "MB of files" in said[0]
    assert "nested more than" in said[1]
    assert not base.exists()


def test_leftovers_of_dead_runs_go_and_nothing_else(tmp_path, monkeypatch):
    """Not those of a live run, of somebody else, or of no run at all."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    alive = RunFolder()
    program = (
        "import os, tempfile; from autograder.sandbox.run_folder import RunFolder\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "left = RunFolder()\n(left.path / 'closed').mkdir(0o300)\n"
        "print(left.path)\nos.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-u", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    dead = Path(done.stdout.strip())
    assert (dead / LOCK).exists()
    notes = tmp_path / f"{PREFIX}notes-of-mine"
    notes.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(alive.path)
    remove_leftovers(tmp_path)
    assert not dead.exists()
    assert (alive.path / LOCK).exists()
    assert notes.exists()
    alive.close()
    assert not alive.path.exists()


def test_what_somebody_else_left_is_not_touched(tmp_path):
    """Even where root could."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that belongs to somebody else")
    theirs = tmp_path / f"{PREFIX}x"
    theirs.mkdir()
    (theirs / LOCK).touch()
    os.chown(theirs, SOMEBODY, SOMEBODY)
    remove_leftovers(tmp_path)
    assert (theirs / LOCK).exists()


def test_runs_that_start_together_keep_their_folders(tmp_path):
    """Each sweeps while the others begin; nobody's folder goes while he lives."""
    program = (
        "import tempfile; from autograder.sandbox.run_folder import LOCK, RunFolder\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "for _ in range(150):\n    mine = RunFolder()\n"
        "    assert (mine.path / LOCK).exists()\n    mine.close()\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(4)]
    assert [run.wait() for run in runs] == [0] * 4
    assert list(tmp_path.iterdir()) == []
