"""What the sandbox sees of this machine: Python, its libraries, numpy, IPython, matplotlib.

Nothing else: never a site-packages, for one may hold `autograder`.
"""

import compileall
import csv
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox.inside.premade import FOLDER

ROOTS = ("numpy", "ipython", "matplotlib")
SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64")
PACKAGE_FOLDERS = ("*-packages", "python*/*-packages")
REQUIRES = "Requires-Dist:"
GIVEN = os.path.basename(FOLDER)
CODE = Path(__file__).parent / "inside"


@dataclass(frozen=True)
class Runtime:
    """Paths that are shown to the sandbox, read-only."""

    python: Path
    libraries: tuple[Path, ...]
    """Folders and files that appear under their own names."""
    links: tuple[tuple[str, str], ...]
    """Symbolic links to repeat: (link, what it says), `("/lib", "usr/lib")`."""
    covered: tuple[Path, ...]
    """Folders below the libraries that must look empty: every site-packages."""
    packages: tuple[Path, ...]
    """The top-level entries of the distributions, to be gathered in one folder."""
    code: Path
    """The folder `inside` with the modules of the far side, made by `lay_code`."""
    fonts: Path | None = None
    """Matplotlib's list of its own fonts, where there is one."""

    @property
    def readable(self) -> tuple[Path, ...]:
        """Everything that the dropped user must be able to read."""
        return (self.python, self.code, *self.libraries, *self.packages)


def find_runtime(code: Path = CODE) -> Runtime:
    """Look at this interpreter and this machine; raises SandboxError where a package is missing."""
    python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    system = [Path(path) for path in SYSTEM_LIBRARIES if os.path.isdir(path)]
    links = tuple((str(path), os.readlink(path)) for path in system if path.is_symlink())
    libraries = [path for path in system if not path.is_symlink()]
    own = Path(sys.base_prefix).resolve() / "lib"
    if not any(own.is_relative_to(path) for path in libraries):
        libraries.append(own)
    cache = Path("/etc/ld.so.cache")
    libraries += [cache] if cache.is_file() else []
    covered = (
        folder for path in libraries for pattern in PACKAGE_FOLDERS for folder in path.glob(pattern)
    )
    return Runtime(python, tuple(libraries), links, tuple(sorted(covered)), _packages(), code)


def lay_code(folder: Path, named: str, given: Sequence[tuple[str, bytes]] = ()) -> Path:
    """Copy the far side's modules into `folder`, with the course's own named functions.

    `given` are the modules that most submissions will be given, to be made once.
    """
    code = folder / CODE.name
    compileall.compile_dir(CODE, quiet=2)  # once for all starts, where the package can be written
    shutil.copytree(CODE, code, ignore=shutil.ignore_patterns("named.*.pyc"))
    if named:
        (code / "named.py").write_text(named, encoding="utf-8")
    for number, (name, content) in enumerate(given):
        if Path(name).suffix == ".py" and Path(name).name == name:
            (code / GIVEN / str(number)).mkdir(parents=True)
            (code / GIVEN / str(number) / name).write_bytes(content)
    return code


def _packages() -> tuple[Path, ...]:
    entries: dict[str, Path] = {}
    for name in closure():
        for entry in _entries(importlib.metadata.distribution(name)):
            entries.setdefault(entry.name, entry)
    return tuple(entries[name] for name in sorted(entries))


def closure(roots: Sequence[str] = ROOTS) -> tuple[str, ...]:
    """The distributions that the roots need, markers evaluated, extras left out."""
    from packaging.requirements import Requirement

    found: dict[str, None] = {}
    waiting = list(roots)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        found[name] = None
        try:
            requirements = _requirements(importlib.metadata.distribution(name))
        except importlib.metadata.PackageNotFoundError:
            raise SandboxError(
                f"{name} is not installed here, and the sandbox needs it. Run `pip install {name}`."
            ) from None
        for requirement in map(Requirement, requirements):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return tuple(found)


def _requirements(distribution: importlib.metadata.Distribution) -> list[str]:
    """What a distribution requires; only the head of its metadata is read, not the essay below."""
    metadata = distribution.read_text("METADATA")
    if metadata is None:
        return distribution.requires or []
    head = metadata.partition("\n\n")[0].splitlines()
    return [line.removeprefix(REQUIRES).strip() for line in head if line.startswith(REQUIRES)]


def _entries(distribution: importlib.metadata.Distribution) -> list[Path]:
    """The top-level modules and packages of one distribution, with their bundled libraries."""
    names = _listed(distribution)
    if not names:  # a package of the operating system: it lists names only
        named = (distribution.read_text("top_level.txt") or "").split()
        names = {entry for name in named for entry in (name, f"{name}.py")}
    folder = Path(str(distribution.locate_file(""))).resolve()
    kept = {name for name in names if not re.search(r"\.(dist-info|egg-info|pth)$", name)}
    ours = kept - {"__pycache__", ".."}
    return [folder / name for name in sorted(ours) if (folder / name).exists()]


def _listed(distribution: importlib.metadata.Distribution) -> set[str]:
    """The first parts of all paths of a distribution; empty where it lists none.

    matplotlib and numpy list thousands: `files` makes a path of each, which takes longer than all
    else before a launch.
    """
    record = distribution.read_text("RECORD")
    if record is None:
        return {file.parts[0] for file in distribution.files or ()}
    return {row[0].partition("/")[0] for row in csv.reader(record.splitlines()) if row}
