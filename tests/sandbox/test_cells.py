"""Honest notebooks keep working in the sandbox, and their outputs come out as nbformat."""

import base64
import re

import pytest

from tests.sandboxes import job, text_of

PNG = b"\x89PNG"


def run_one(sandbox, source, **options):
    """Run one cell with outputs."""
    outcome = sandbox.run(job(source, outputs=True, **options))
    return outcome, outcome.cells[0]


@pytest.mark.parametrize(
    "source",
    [
        "!ls -l",
        "files = !ls\nfiles.n",
        "%%bash\nrm -rf /",
        "%%script perl\nprint 1",
        "%pip install torch",
        "%conda install torch",
        "%cd /tmp",
        "%ls",
        "%matplotlib inline",
        "%matplotlib widget",
        "%config InlineBackend.figure_format = 'retina'",
        "%timeit -n 2 -r 1 sum(range(10))",
        "%%time\nsum(range(10))",
        "%%writefile notes.py\nx = 1",
        "%%capture kept\nprint('hidden')",
        "import asyncio\nawait asyncio.sleep(0.01)",
        "import asyncio\n\nasync def f():\n    return 1\n\nassert await f() == 1",
        "import threading\nt = threading.Thread(target=print, args=(1,))\nt.start()\nt.join()",
        "from concurrent.futures import ThreadPoolExecutor as T\nlist(T(4).map(abs, range(9)))",
        "exit()",
        "quit",
        "import sys\nsys.exit(3)",
        "import warnings\nwarnings.warn('careful')",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import tempfile\ntempfile.TemporaryFile().write(b'x')",
        "open('a.txt', 'w').write('x')\nassert open('a.txt').read() == 'x'",
        "open('/dev/null', 'w').write('x')",
        "import numpy as np\nnp.savez('a.npz', np.eye(3))\nnp.load('a.npz')['arr_0']",
        "import time\ntime.sleep(0.01)",
        "from IPython.display import clear_output, display\nclear_output()\ndisplay('a')",
        "import os\nos.environ['A'] = 'b'\nos.cpu_count(), os.getcwd(), os.path.expanduser('~')",
        "",
        "# nothing",
    ],
)
def test_an_honest_cell_runs(sandbox, source):
    """Nothing that a course notebook does makes a cell fail."""
    _, cell = run_one(sandbox, source)
    assert (cell.status, cell.failure) == ("ran", None), cell
    assert not any(output["output_type"] == "error" for output in cell.outputs)


@pytest.mark.parametrize("source", ["!ls", "%%bash\nls", "%pip install torch", "%cd .."])
def test_commands_leave_a_note(sandbox, source):
    """What was not run is said."""
    outcome, _ = run_one(sandbox, source)
    assert "not run while grading" in text_of(outcome)


def test_a_cell_that_raises_stops_no_other(sandbox):
    """The failure carries kind, message and the student's own frames; later cells run."""
    outcome = sandbox.run(
        job(
            "def invert(x):\n    return 1 / x\n",
            "import numpy as np\nnp.vectorize(invert)(0)",
            "x = = 1",
            "print('still here')",
            outputs=True,
        )
    )
    statuses = [cell.status for cell in outcome.cells]
    assert statuses == ["ran", "raised", "raised", "ran"]
    failure = outcome.cells[1].failure
    assert (failure.kind, failure.message) == ("ZeroDivisionError", "division by zero")
    assert failure.traceback == (
        "line 2: np.vectorize(invert)(0)",
        "invert, line 2: return 1 / x",
    )
    assert outcome.cells[2].failure.kind == "SyntaxError"
    assert outcome.cells[2].failure.traceback == ("line 1: x = = 1",)
    assert text_of(outcome) == "still here\n"


def test_input_is_refused_in_words(sandbox):
    """There is nobody to answer."""
    _, cell = run_one(sandbox, "name = input('Your name? ')")
    assert cell.status == "raised"
    assert "cannot be answered while grading" in cell.failure.message


def test_exit_ends_its_cell_alone(sandbox):
    """What follows in the cell is not run; the next cell is."""
    outcome = sandbox.run(job("print(1)\nexit()\nprint(2)", "print(3)", outputs=True))
    assert text_of(outcome) == "1\n3\n"


def test_outputs_are_nbformat_outputs(sandbox):
    """Streams in order, the last expression, a display, an error; a semicolon is quiet."""
    source = "import sys\nprint('a')\nprint('b', file=sys.stderr)\ndisplay(3)\n'last'"
    outcome = sandbox.run(job(source, "5;", "1/0", outputs=True))
    first, quiet, failed = (cell.outputs for cell in outcome.cells)
    assert [output["output_type"] for output in first] == [
        "stream",
        "stream",
        "display_data",
        "execute_result",
    ]
    assert [first[0]["text"], first[1]["name"]] == ["a\n", "stderr"]
    assert first[3]["data"] == {"text/plain": "'last'"}
    assert quiet == ()
    assert (failed[0]["output_type"], failed[0]["ename"]) == ("error", "ZeroDivisionError")


def test_outputs_are_valid_nbformat(sandbox):
    """nbformat's own check accepts a notebook with these outputs."""
    import nbformat
    from nbformat import v4

    source = "import matplotlib.pyplot as plt\nprint(1)\nplt.plot([1])\n1/0"
    outcome = sandbox.run(job(source, "1 + 1", outputs=True))
    cells = [
        v4.new_code_cell(outputs=[nbformat.from_dict(output) for output in cell.outputs])
        for cell in outcome.cells
    ]
    nbformat.validate(v4.new_notebook(cells=cells))


def test_a_figure_is_shown_at_the_end_of_its_cell(sandbox):
    """As PNG, once; the next cell starts without it."""
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='$x^2$')\nplt.legend()"
    outcome = sandbox.run(job(source, "len(plt.get_fignums())", outputs=True))
    pictures = [o for o in outcome.cells[0].outputs if "image/png" in o.get("data", {})]
    assert len(pictures) == 1
    assert base64.b64decode(pictures[0]["data"]["image/png"]).startswith(PNG)
    assert outcome.cells[1].outputs[0]["data"]["text/plain"] == "0"


def test_a_figure_as_last_expression_is_shown(sandbox):
    """Its repr is not enough."""
    source = "from matplotlib.figure import Figure\nf = Figure()\nf.add_subplot()\nf"
    _, cell = run_one(sandbox, source)
    assert "image/png" in cell.outputs[-1]["data"]


def test_without_outputs_nothing_is_kept_or_rendered(sandbox):
    """A figure that could not be rendered is no failure then."""
    source = "import matplotlib.pyplot as plt\nplt.title('$\\\\frac$')\nprint(1)"
    outcome = sandbox.run(job(source))
    assert outcome.cells[0].status == "ran"
    assert outcome.cells[0].outputs == ()


def test_output_is_cut_at_the_cap_with_a_note(sandbox):
    """A megabyte of print becomes the cap, a note, and a cell that ran."""
    outcome = sandbox.run(job("for _ in range(10000): print('x' * 99)", "print(1)", outputs=True))
    size = sum(len(o["text"]) for cell in outcome.cells for o in cell.outputs)
    assert size < 2**16 + 500
    assert "left out" in outcome.cells[0].outputs[-1]["text"]
    assert [cell.status for cell in outcome.cells] == ["ran", "ran"]


def test_the_assignments_files_lie_in_the_working_folder(sandbox):
    """They can be read and imported; a file of the same name as a module shadows nothing."""
    files = (("check.py", b"value = 7\n"), ("data/a.csv", b"1,2\n"), ("numpy.py", b"1/0"))
    source = "import check, numpy\nprint(check.value, open('data/a.csv').read(), numpy.eye(1))"
    outcome, _ = run_one(sandbox, source, files=files)
    assert text_of(outcome).startswith("7 1,2")


def test_a_module_the_student_wrote_can_be_imported_and_is_in_the_traceback(sandbox):
    """%%writefile makes a module; its frames are the student's own, those of check.py are not."""
    outcome = sandbox.run(
        job(
            "%%writefile mine.py\nimport check\ndef f():\n    check.fail()\n",
            "import mine\nmine.f()",
            files=(("check.py", b"def fail():\n    raise ValueError('no')\n"),),
        )
    )
    frames = outcome.cells[1].failure.traceback
    assert frames == ("line 2: mine.f()", "f, line 3: check.fail()")


def test_one_submission_leaves_nothing_for_the_next(sandbox):
    """Neither names, nor files, nor patches."""
    sandbox.run(job("left = 1\nopen('left', 'w').close()\nimport numpy\nnumpy.left = 1"))
    source = "import os, numpy\nprint('left' in globals(), os.listdir(), hasattr(numpy, 'left'))"
    assert text_of(sandbox.run(job(source, outputs=True))) == "False [] False\n"


def test_unseeded_draws_are_the_same_each_time(sandbox):
    """A regrade meets the numbers that the grading met."""
    source = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    first, second = (text_of(sandbox.run(job(source, outputs=True))) for _ in range(2))
    assert first == second


def test_source_with_half_characters_is_a_failed_cell(sandbox):
    """A notebook's JSON may hold a lone surrogate."""
    outcome = sandbox.run(job("x = '\ud800'\nprint(x)", "y = 1"))
    assert outcome.cells[1].status == "ran"


BY_HAND, BY_IPYTHON = "# by hand\n0;", "# by ipython\n0;"
PROBE = """
def told(value):
    return value if type(value) in (int, str, bool) else type(value).__name__
def seen():
    return [told(globals().get(name)) for name in ('_', '__', 'x', 'y')]
"""


@pytest.mark.parametrize(
    "cells",
    [
        ["x = 1\nx + 1", "y = _ + 1\n_"],
        ["x = 1\n'value';", "y = 2\nNone", "print(_)\n_"],
        ["from __future__ import annotations\nx: Missing = 1", "def f(a: Nowhere): ...\ny = f"],
        ["x = 1\nreturn x"],
        ["x = 1\n  y = 2"],
        ["x = 1\ny = 1 / 0"],
        ["x = 1\nraise SystemExit(2)\ny = 2"],
        ["def f():\n    raise KeyError('a')", "x = 1\nf()"],
        ["x = get_ipython()\nx = x.ast_node_interactivity", "y = 2\n3"],
        ["import asyncio\nx = await asyncio.sleep(0, 'done')", "x\ny = 1"],
        ["x = 1\n%time y = 2\n", "%%capture y\nprint(x)"],
        ["display(1)\nx = display", "class A:\n    def __repr__(self):\n        return 1 / 0\nA()"],
        ["x = 'é\\n'\ny = '''\n%time\n'''", "# a comment\n# and no more"],
        ["print(1)\nprint(2)", "import sys\nprint('a', file=sys.stderr)\n3", "display(4)\n5"],
        ["import numpy as np\nnp.eye(2)", "x = 1\nx", "if x:\n    y = 1\n    y"],
        ["import matplotlib.pyplot as plt\nplt.plot([1])", "x = 1\nplt.show()"],
        ["import warnings\nwarnings.warn('careful')\nx = 1", "import numpy as np\nnp.log(0)"],
        ["x = __name__\ny = __name__ == '__main__'"],
    ],
)
def test_a_cell_does_the_same_whether_its_outputs_are_kept_or_not(sandbox, cells):
    """Nor whether IPython runs it: a notebook that names it gets all of its book-keeping."""
    ways = [(BY_HAND, True), (BY_HAND, False), (BY_IPYTHON, True)]
    runs = [
        sandbox.run(job(way, *cells, PROBE, calls=[("seen",)], outputs=outputs))
        for way, outputs in ways
    ]
    one = runs[0]
    assert one.calls[0].status == "returned"
    for other in runs[1:]:
        assert [call.value for call in other.calls] == [call.value for call in one.calls]
        for mine, kept in zip(other.cells, one.cells, strict=True):
            assert mine.status == kept.status
            assert _kind(mine) == _kind(kept)
    assert _shown(runs[2]) == _shown(one)


def _shown(outcome):
    """All outputs, but for what is new each time, and IPython's advice about SystemExit."""
    text = re.sub(
        r"0x[0-9a-f]+|[\d.]+(?:e[-+]?\d+)? [μmn]?s\b", "…", repr([c.outputs for c in outcome.cells])
    )
    return re.sub(
        r"\({'output_type': 'stream', 'name': 'stderr', 'text': [^}]*To exit:[^}]*},\)", "()", text
    )


def _kind(cell):
    return cell.failure and (cell.failure.kind, cell.failure.message, len(cell.failure.traceback))
