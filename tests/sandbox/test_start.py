"""Which isolation is in force, what is refused with a reason, and what the sandbox is shown."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import Sandbox, doctor, drop, launch, layers, pool, runtime, syscalls
from autograder.sandbox.inside import kernel
from tests.sandboxes import FORBIDDEN, SHORT, alive, job

LANDLOCK = kernel.landlock_abi() >= pool.SIGNAL_SCOPES


def test_landlock_alone_holds_as_well():
    """The fallback passes the same self-test, and answers."""
    if not LANDLOCK:
        pytest.skip("this kernel's landlock has no signal scoping")
    with Sandbox(isolation="landlock", workers=1, limits=SHORT, forbidden=FORBIDDEN) as sandbox:
        outcome = sandbox.run(
            job(
                "import matplotlib.pyplot as plt\nplt.plot([1])\nopen('a', 'w').write('x')",
                "open('/etc/passwd').read()",
                "import os\nos.listdir('/proc')",
                "import os\nos.chmod(os.environ['HOME'], 0)",
                "def f(x):\n    return x",
                calls=[("f", 1)],
                outputs=True,
            )
        )
    assert (outcome.isolation, outcome.calls[0].value) == ("landlock", 1)
    statuses = [cell.status for cell in outcome.cells]
    assert statuses == ["ran", "raised", "raised", "raised", "ran"]


def test_without_bubblewrap_auto_falls_back_to_landlock(monkeypatch):
    """Never to nothing."""
    if not LANDLOCK:
        pytest.skip("this kernel's landlock has no signal scoping")
    monkeypatch.setattr(launch, "bubblewrap", lambda: None)
    with Sandbox(workers=1, limits=SHORT) as sandbox:
        assert sandbox.isolation == "landlock"


def test_without_any_isolation_nothing_is_graded(monkeypatch):
    """The reason names both ways and the fix."""
    monkeypatch.setattr(launch, "bubblewrap", lambda: None)
    monkeypatch.setattr(kernel, "landlock_abi", lambda: 3)
    with pytest.raises(SandboxError) as told:
        Sandbox(workers=1)
    assert "apt install bubblewrap" in str(told.value)
    assert "landlock here is version 3" in str(told.value)


def test_a_bubblewrap_that_fails_is_quoted(monkeypatch, tmp_path):
    """What it said is in the message."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n")
    for path in (broken, tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(0o755 if path != Path("/tmp") else 0o1777)
    monkeypatch.setattr(launch, "bubblewrap", lambda: str(broken))
    with pytest.raises(SandboxError, match="setting up uid map: Permission denied"):
        Sandbox(isolation="bubblewrap", workers=1)


def test_a_breach_in_the_self_test_is_an_error():
    """A forbidden path that the inside can read means that nothing is graded."""
    readable = Path(os.__file__)
    with pytest.raises(SandboxError, match="self-test got through: read"):
        Sandbox(workers=1, limits=SHORT, forbidden=(readable,))


def test_an_ordinary_user_has_the_same_sandbox(tmp_path):
    """As another user, with no rights at all, bubblewrap alone is enough."""
    if os.geteuid() != 0:
        pytest.skip("the other tests run as an ordinary user already")
    program = (
        "from autograder.sandbox import Sandbox; from tests.sandboxes import job, FORBIDDEN\n"
        "import os; assert os.geteuid() == 65200\n"
        "with Sandbox(isolation='bubblewrap', workers=1, forbidden=FORBIDDEN) as sandbox:\n"
        "    print(sandbox.run(job('def f(): return 7', calls=[('f',)])).calls[0].value)\n"
    )
    needed = {Path(sys.base_prefix), Path(sys.prefix), *(path.parent for path in FORBIDDEN[:1])}
    hidden = [str(path) for path in needed if drop.closed_folder(path) is not None]
    plan = {"user": 65200, "reveal": hidden, "command": [sys.executable, "-B", "-c", program]}
    plan["environment"] = {"PATH": os.environ["PATH"], "PYTHONPATH": str(FORBIDDEN[0].parent)}
    done = subprocess.run(
        [sys.executable, "-I", "-S", drop.__file__, json.dumps(plan)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "7\n", done.stderr


def test_root_without_rights_is_told_what_to_do():
    """Root in a container without CAP_SYS_ADMIN, and a Python that only root can read."""
    setpriv = shutil.which("setpriv")
    closed = drop.closed_folder(Path(sys.base_prefix, "lib"))
    if os.geteuid() != 0 or setpriv is None or closed is None:
        pytest.skip("this machine's Python can be read by all, or this is not root")
    program = "from autograder.sandbox import Sandbox; Sandbox(workers=1)"
    command = [setpriv, "--bounding-set=-sys_admin", sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()[-1]
    assert "SandboxError" in told
    assert "closed to ordinary users" in told
    assert "Install Python where every user can read it" in told


@pytest.fixture
def own_tmp(monkeypatch):
    """A folder for temporary files in which no other test's start removes what is left."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o1777)
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.mark.usefixtures("own_tmp")
@pytest.mark.parametrize("isolation", ["none", "auto"])
def test_a_grader_that_is_killed_leaves_no_process(isolation):
    """Not even an endless cell goes on."""
    program = (
        "import os, time; from autograder.sandbox import Sandbox; from threading import Thread\n"
        "from tests.sandboxes import family_of, job\n"
        f"sandbox = Sandbox(isolation={isolation!r}, workers=1)\n"
        "endless = job('while True: pass')\n"
        "Thread(target=sandbox.run, args=(endless,), daemon=True).start()\n"
        "time.sleep(0.5)\n"
        "print(sandbox._base, *family_of(sandbox._workers[0].pid), flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False)
    base, *family = done.stdout.split()
    assert len(family) >= 2  # the zygote and its fork
    until = time.monotonic() + 5
    while (left := list(map(alive, map(int, family)))) and any(left) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(left)
    assert Path(os.fsdecode(base)).exists()
    Sandbox(isolation="none", workers=1, limits=SHORT).close()
    assert not Path(os.fsdecode(base)).exists(), "the next start removes what is left"


def test_as_root_the_student_is_nobody_the_system_knows(sandbox):
    """A worker's processes belong to a user without files."""
    if os.geteuid() != 0 or sandbox.isolation == "none":
        pytest.skip("only root drops to another user")
    status = Path(f"/proc/{sandbox._workers[0].pid}/status").read_text()
    assert f"Uid:\t{launch.FIRST_USER}\t" in status


def test_workers_are_launched_before_anything_large_is_imported():
    """They warm up meanwhile."""
    program = (
        "import sys; from autograder.sandbox.launched import launched\n"
        "with launched('ps1_derivatives', workers=1, outputs=True) as sandbox:\n"
        "    large = {'numpy', 'nbformat', 'autograder.judge'} & {*sys.modules}\n"
        "    print(*large, sandbox._workers[0].pid)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.stdout.strip().isdigit(), done.stderr


def test_what_hinders_a_launch_is_told_when_it_is_waited_for(monkeypatch):
    """In the same words, and nothing stays open."""
    monkeypatch.setattr(launch, "bubblewrap", lambda: None)
    sandbox = Sandbox(isolation="bubblewrap", workers=1, wait=False)
    with pytest.raises(SandboxError, match="apt install bubblewrap"):
        sandbox.ready()
    assert not sandbox._base.exists()


def test_closing_ends_every_process():
    """The zygote is gone when `close` returns, and so are the files."""
    sandbox = Sandbox(workers=1, limits=SHORT)
    pid, base = sandbox._workers[0].pid, sandbox._base
    sandbox.close()
    assert not Path(f"/proc/{pid}").exists()
    assert not base.exists()


def test_a_start_that_fails_halfway_leaves_nothing_behind(monkeypatch):
    """The second worker cannot be started: the first one is ended, and nothing stays open."""
    started, begin = [], subprocess.Popen

    def once(*words, **options):
        if started:
            raise BlockingIOError("Resource temporarily unavailable")
        started.append(begin(*words, **options))
        return started[0]

    Sandbox(workers=1, isolation="none").close()  # what is opened once and kept is open now
    before = sorted(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(subprocess, "Popen", once)
    with pytest.raises(BlockingIOError) as told:  # which keeps alive what nobody has closed
        Sandbox(workers=2, isolation="none")
    assert started[0].returncode is not None, "somebody has waited for its end"
    assert sorted(os.listdir("/proc/self/fd")) == before, told.value


def test_no_site_packages_is_shown():
    """Each package by itself, and never one that holds the grader."""
    seen = runtime.find_runtime()
    names = {path.name for path in seen.packages}
    assert {"numpy", "IPython", "matplotlib"} <= names
    assert not names & {"autograder", "solutions", "nbgrader", "torch", "site-packages"}
    for library in seen.libraries:
        for folder in library.glob("python*/site-packages"):
            assert folder in seen.covered


def test_closed_folders_are_found(tmp_path):
    """The outermost folder above a path that others cannot enter."""
    inner = tmp_path / "closed" / "inner" / "file"
    inner.parent.mkdir(parents=True)
    inner.touch()
    (tmp_path / "closed").chmod(0o755)
    above = drop.closed_folder(inner)
    (tmp_path / "closed").chmod(0o700)
    assert drop.closed_folder(inner) == (above or tmp_path / "closed")


def test_the_filter_is_refused_on_an_unknown_machine(monkeypatch):
    """System calls have other numbers there."""
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "h", "6", "v", "sparc")))
    with pytest.raises(SandboxError, match="no system-call filter for sparc"):
        syscalls.compile_filter()


def test_the_filter_names_real_system_calls():
    """A typing error in the list would allow a call in silence."""
    import pyseccomp

    arch = pyseccomp.Arch.NATIVE
    unknown = {
        name for name in syscalls.DENIED.split() if pyseccomp.resolve_syscall(arch, name) == -1
    }
    newer_than_some_libraries = {
        "landlock_create_ruleset",
        "landlock_add_rule",
        "landlock_restrict_self",
        "memfd_secret",
        "process_mrelease",
        "quotactl_fd",
        "set_mempolicy_home_node",
        "statmount",
        "listmount",
    }
    assert unknown <= newer_than_some_libraries


def test_layers_tell_what_holds():
    """One record per layer; the self-test comes last."""
    found = {layer.name: layer for layer in layers(forbidden=FORBIDDEN)}
    assert list(found)[-1] == "self-test"
    assert found["seccomp"].holds
    assert found["self-test"].holds, found["self-test"]
    assert all(layer.detail for layer in found.values())


@pytest.mark.parametrize(("name", "refusing", "better", "_"), doctor.SWITCHES)
def test_a_kernel_that_refuses_namespaces_is_told_with_a_command(
    name, refusing, better, _, tmp_path, monkeypatch
):
    """One that an administrator can paste: a name that the kernel has, and a value."""
    monkeypatch.setattr(doctor, "SETTINGS", tmp_path)
    monkeypatch.setattr(doctor, "_started", lambda *_: ())
    setting = tmp_path / name.replace(".", "/")
    setting.parent.mkdir()
    setting.write_text(f"{refusing}\n")
    layer = {layer.name: layer for layer in layers()}["user namespaces"]
    assert not layer.holds
    assert re.match(r"sysctl -w [a-z_]+\.[a-z_]+=\d+(, or [^=]+)?$", layer.fix)
    assert layer.fix.startswith(f"sysctl -w {name}={better}")
    setting.write_text(f"{better}\n")
    assert {layer.name: layer.holds for layer in layers()}["user namespaces"]


def test_layers_tell_what_is_missing(monkeypatch):
    """With a fix beside each."""
    monkeypatch.setattr(launch, "bubblewrap", lambda: None)
    monkeypatch.setattr(kernel, "landlock_abi", lambda: 0)
    missing = {layer.name: layer.fix for layer in layers() if not layer.holds}
    assert set(missing) == {"bubblewrap", "landlock", "self-test"}
    assert missing["bubblewrap"] == "apt install bubblewrap"
    assert all(missing.values())
