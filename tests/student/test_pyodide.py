"""check.py under Pyodide, the Python of a browser; numpy is a stub, since it is not on npm."""

import shutil
import subprocess

import pytest

from autograder.course import release_notebook
from autograder.exercise.load import assignment_names, load_assignment
from tests.pyodide import MODULES, STUB, core

SAYS = """
import { loadPyodide } from "./pyodide.mjs";
const [, , folder, stubs, program] = process.argv;
try {
  const pyodide = await loadPyodide();
  for (const [place, root] of [["/set", folder], ["/stubs", stubs]]) {
    pyodide.FS.mkdir(place);
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, place);
  }
  pyodide.runPython(program);
} catch (error) {
  console.error(String(error.message).slice(-2000));
  process.exit(1);
}
"""
PROGRAM = """
import os, sys
os.chdir("/set")
sys.path[:0] = ["", "/stubs"]
from check import check, ready, tried
def {function}(*given):
    raise NotImplementedError()
check({function})
check("{function}")
check()
"""


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory):
    """The core, a program that runs Python in it, and a numpy that does nothing."""
    folder = core(tmp_path_factory.mktemp("pyodide"))
    (folder / "says.mjs").write_text(SAYS)
    (folder / "stubs" / "numpy").mkdir(parents=True)
    for module in MODULES:
        (folder / "stubs" / "numpy" / f"{module}.py").write_text(STUB)
    return folder


@pytest.mark.nightly
@pytest.mark.parametrize("name", assignment_names())
def test_check_is_imported_and_says_what_is_not_started(name, pyodide):
    function = load_assignment(name).graded[0].name
    said = python_says(pyodide, release_notebook(name).parent, PROGRAM.format(function=function))
    first, second, third, *_ = said.splitlines()
    assert first == f"– {function} is not started yet."
    assert second == "– check takes a function: check(f), without quotes or brackets."
    assert third.startswith("– 0 of ")


def python_says(pyodide, folder, program) -> str:
    """What a program prints in Pyodide, in the folder of a set."""
    command = [shutil.which("node"), "says.mjs", folder, pyodide / "stubs", program]
    done = subprocess.run(command, cwd=pyodide, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
