"""What is made once, so that no fork and no start has to make it again."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from autograder.extract.release import read_release
from autograder.sandbox import Sandbox, pool
from autograder.sandbox.bytecode import with_bytecode
from autograder.sandbox.fonts import font_list
from autograder.sandbox.inside import kernel
from autograder.sandbox.launched import QUIET_CHECK, launched
from tests.sandboxes import SHORT, job, text_of

LOADED = """
from importlib import machinery
class Told(machinery.SourceFileLoader):
    def source_to_code(self, *_, **__):
        print('compiled')
        return compile('X = 0', 'x', 'exec')
import os
Told('helper', os.path.abspath('helper.py')).get_code('helper')
"""


def test_a_module_of_the_assignment_is_not_compiled_in_a_fork(sandbox):
    """Its bytecode lies beside it, and Python takes it."""
    files = with_bytecode((("helper.py", b"X = 3"), ("data.csv", b"1")))
    assert text_of(sandbox.run(job(LOADED, outputs=True, files=files))) == ""
    plain = sandbox.run(job(LOADED, outputs=True, files=[("helper.py", b"X = 3")]))
    assert text_of(plain) == "compiled\n", "the test can tell"


def test_bytecode_of_another_source_is_not_used(sandbox):
    """It names the digest of what it was made from."""
    (_, (name, code)) = with_bytecode((("helper.py", b"X = 3"),))
    files = [("helper.py", b"X = 4"), (name, code)]
    outcome = sandbox.run(job("import helper\nprint(helper.X)", outputs=True, files=files))
    assert text_of(outcome) == "4\n"


def test_what_is_no_module_has_no_bytecode():
    """A syntax error is the student's to see, where the module is imported."""
    assert with_bytecode((("odd.py", b"def"),)) == (("odd.py", b"def"),)


def test_the_check_that_students_hold_is_compiled_once():
    """For all students of a run: the same object each time."""
    files = read_release("ps1_derivatives").files
    assert with_bytecode(files) is with_bytecode(files)
    assert any(name.startswith("__pycache__/check.") for name, _ in with_bytecode(files))


def test_the_list_of_fonts_is_made_once(tmp_path, monkeypatch):
    """Then it is read; it names matplotlib's own fonts only, wherever they lie."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    name, content = font_list()
    fonts = json.loads(content)
    names = [font["fname"] for font in fonts["ttflist"] + fonts["afmlist"]]
    assert len(names) > 30
    assert not any(Path(one).is_absolute() for one in names)
    (kept,) = tmp_path.glob("autograder/fonts/matplotlib-*/fontlist-v*.json")
    before = kept.stat()
    assert font_list() == (name, content)
    assert kept.stat() == before


def test_no_list_of_fonts_is_no_fault(tmp_path, monkeypatch):
    """A home that cannot be written to costs time, and nothing else."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert font_list() is None


LIST = (
    "import hashlib, matplotlib, glob, os\n"
    "path, = glob.glob(matplotlib.get_cachedir() + '/font*.json')\n"
)


def test_the_list_of_fonts_comes_from_outside(sandbox):
    """A mount of its own in the empty configuration folder; no submission can change it."""
    if sandbox.isolation != "bubblewrap":
        pytest.skip("only bubblewrap mounts it")
    look = LIST + "print(hashlib.sha256(open(path, 'rb').read()).hexdigest())"
    bound = LIST + "print(os.stat(path).st_dev != os.stat(matplotlib.get_cachedir()).st_dev)"
    change = LIST + "open(path, 'a').write('x')"
    outcome = sandbox.run(job(look, bound, change, outputs=True))
    assert text_of(outcome).split() == [sha256(font_list()[1]).hexdigest(), "True"]
    assert outcome.cells[2].failure.kind in ("PermissionError", "OSError")


@pytest.mark.parametrize("isolation", ["landlock", "none"])
def test_without_mounts_each_worker_has_a_copy_of_the_list(isolation):
    """In a configuration folder that, in the fallback, no submission can even look into."""
    if isolation == "landlock" and kernel.landlock_abi() < pool.SIGNAL_SCOPES:
        pytest.skip("this kernel's landlock does not keep signals in")
    name, content = font_list()
    with Sandbox(isolation=isolation, workers=1, limits=SHORT) as sandbox:
        (copy,) = sandbox._base.glob(f"*/config-*/{name}")
        assert copy.read_bytes() == content
        outcome = sandbox.run(job(LIST))
    assert (outcome.cells[0].status == "raised") == (isolation == "landlock")


def test_a_module_that_all_are_given_is_made_once():
    """Its names are there without being run again; each fork has it for itself."""
    files = [("helper.py", b"import time\nWHEN = time.monotonic_ns()\nKEPT = []\n")]
    cell = "import helper\nhelper.KEPT.append(1)\nprint(helper.WHEN, helper.KEPT, helper.__file__)"
    with Sandbox(isolation="bubblewrap", workers=1, limits=SHORT, given=files) as sandbox:
        outcomes = [sandbox.run(job(cell, outputs=True, files=files)) for _ in range(2)]
    first, second = map(text_of, outcomes)
    assert first == second
    assert first.endswith(" [1] /scratch/helper.py\n")


def test_a_module_is_taken_only_from_the_file_it_was_made_of():
    """Another text, or none at all, is what counts; a broken one is the student's to see."""
    given = [("helper.py", b"X = 1"), ("odd.py", b"1 / 0"), ("bad.py", b"def")]
    cells = ("import helper\nprint(helper.X)", "import odd\nodd", "import bad\nbad")
    with Sandbox(isolation="bubblewrap", workers=1, limits=SHORT, given=given) as sandbox:
        same, other, none = (
            sandbox.run(job(*cells, outputs=True, files=files))
            for files in (given, [("helper.py", b"X = 2")], [])
        )
    assert [text_of(outcome) for outcome in (same, other, none)] == ["1\n", "2\n", ""]
    kinds = [cell.failure and cell.failure.kind for cell in same.cells]
    assert kinds == [None, "ZeroDivisionError", "SyntaxError"]
    assert {cell.failure.kind for cell in none.cells} == {"ModuleNotFoundError"}


def test_one_module_may_be_made_of_several_files():
    """check.py as students hold it, and what stands in its place where nobody sees what it says."""
    given = [("helper.py", b"import time\nWHEN = time.monotonic_ns(), 1"), ("helper.py", b"X = 2")]
    cell = "import helper\nprint(getattr(helper, 'X', ''), getattr(helper, 'WHEN', ''))"
    with Sandbox(isolation="bubblewrap", workers=1, limits=SHORT, given=given) as sandbox:
        first, other, again = (
            text_of(sandbox.run(job(cell, outputs=True, files=[file])))
            for file in (given[0], given[1], given[0])
        )
    assert first == again != other == "2 \n"


def test_the_quiet_check_is_made_once():
    """Where nobody sees outputs, no fork compiles or even looks for it."""
    cell = "import sys\nprint('check' in sys.modules)"
    with launched("ps1_derivatives", isolation="bubblewrap", workers=1) as sandbox:
        sandbox.ready()
        for files, there in (([("check.py", QUIET_CHECK)], "True\n"), ([], "False\n")):
            assert text_of(sandbox.run(job(cell, outputs=True, files=files))) == there
