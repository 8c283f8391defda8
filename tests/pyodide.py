"""Pyodide as far as it can be had here: npm's core, pure wheels, and stubs for the rest.

Pyodide's own distribution, with numpy and matplotlib in WebAssembly, is on no package index. The
core is on npm; the kernel's own libraries are pure Python, so that any index has their wheels.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

VERSION = "314.0.6"
"""The Pyodide that the kernel of constraints.txt asks for."""
PYTHON = "3.14"
KERNELS = ("ipython", "jedi", "micropip")
STUBBED = ("numpy", "matplotlib")
STUB = '''\
"""Stands for a library that is not here: every name in it is a class whose objects do nothing."""

__version__ = "0 (a stub)"


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    does_nothing = {
        "__init__": lambda thing, *_, **__: None,
        "__getattr__": lambda thing, _: lambda *_, **__: thing,
        "__class_getitem__": classmethod(lambda kind, _: kind),
    }
    return globals().setdefault(name, type(name, (), does_nothing))
'''
MODULES = ("__init__", "typing", "pyplot")


def core(folder: Path) -> Path:
    """Pyodide without libraries, from npm; the test is skipped where npm cannot be asked."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("no npm on this machine: Pyodide's core comes from there (apt install npm)")
    wanted = [npm, "pack", "--silent", f"pyodide@{VERSION}"]
    done = subprocess.run(wanted, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm does not reach pyodide@{VERSION} from here: {done.stderr[-200:]}")
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def distribution(folder: Path) -> Path:
    """The core with what the kernel imports, and stubs of numpy and matplotlib."""
    pyodide = core(folder)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    packages = lock["packages"]
    needed = [packages[name] for name in closure(packages, KERNELS)]
    _download([f"{one['name']}=={one['version']}" for one in needed], pyodide)
    for one in needed:  # built again for the index: the same file, another digest
        one["sha256"] = _digest(pyodide / one["file_name"])
    for name in STUBBED:
        wheel = stub_wheel(name, pyodide)
        packages[name] |= {"file_name": wheel.name, "sha256": _digest(wheel), "depends": []}
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock))
    return pyodide


def closure(packages: dict, names: tuple[str, ...]) -> set[str]:
    """These packages of the lock, and all that they depend on."""
    found, waiting = set(), [*names]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return found


def stub_wheel(name: str, folder: Path) -> Path:
    """A wheel whose modules answer to every name and do nothing."""
    wheel = folder / f"{name}-0-py3-none-any.whl"
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for module in MODULES:
            archive.writestr(f"{name}/{module}.py", STUB)
        for file, text in about.items():
            archive.writestr(f"{name}-0.dist-info/{file}", text)
    return wheel


def _download(wanted: list[str], folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    how = ["--no-deps", "--only-binary=:all:", "--python-version", PYTHON, "-d", str(folder)]
    subprocess.run([*pip, *how, *wanted], check=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
