"""What students hold: check.py and examples.json, as they are in the assignment's folder."""

import ast
import importlib.util
import inspect
import io
import json
import re
import runpy
import subprocess
import sys
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from autograder.authoring.laws import judge
from autograder.exercise import carried_over
from autograder.exercise.answers import answer
from autograder.exercise.compare import FORMULA, compare
from autograder.exercise.load import assignment_names, load_assignment
from autograder.exercise.spec import Assignment, Check, Exercise, Mistake
from autograder.report.sentences import sentence
from autograder.student import examples
from autograder.student.generate import write
from autograder.student.one_check import ADMISSIBLE
from exercises.named import sum_of_cubes, sum_of_squares
from tests.conftest import SECRET, affine_backward


def stub():
    """The function as the release notebook has it."""

    def affine_backward(dZ, X, W):
        raise NotImplementedError

    return affine_backward


def handed_in(function, name="affine_backward"):
    """Give a function the name under which a student would define it."""
    function.__name__ = name
    return function


def slope(f, x):
    return 2 * x


@pytest.fixture
def assignment(affine) -> Assignment:
    second = Exercise(
        reference=slope,
        draw=lambda rng, sizes: (sum_of_squares, rng.standard_normal(4)),
        oracle=lambda f, x: x + x,
        checks=(
            Check("value", 1),
            Check(
                "finite", 1, draw=lambda rng, n: (sum_of_cubes, np.ones(2)), fixed=True,
                accept=lambda got, arguments: bool(np.isfinite(got).all()),
                expects="It must stay finite.",
            ),
        ),
        mistakes=(Mistake("lost_two", lambda f, x: x + 0, "Where is the 2?", loses=("value",)),),
    )  # fmt: skip
    return Assignment("ps0_small", "Small", (affine, second))


@pytest.fixture
def folder(tmp_path, assignment) -> Path:
    write(assignment, tmp_path)
    return tmp_path


@pytest.fixture
def helper(folder):
    return load(folder)


def load(folder):
    """Import check.py as a notebook does, from beside its examples."""
    spec = importlib.util.spec_from_file_location("check", folder / "check.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["check"] = module
    spec.loader.exec_module(module)
    del sys.modules["check"]
    return module


def said(call, *arguments) -> str:
    """What a call prints in a plain interpreter."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert call(*arguments) is None
    return out.getvalue().strip()


def test_a_right_function_gets_one_tick(helper):
    assert said(helper.check, affine_backward) == "✓ affine_backward"


def test_a_stub_is_not_started(helper):
    assert said(helper.check, stub()) == "– affine_backward is not started yet."


def test_a_wrong_part_is_named_and_the_others_are_ticked(helper):
    wrong = handed_in(lambda dZ, X, W: (dZ @ W.T, X.T @ dZ, dZ.mean(axis=0, keepdims=True)))
    words = said(helper.check, wrong)
    assert words.startswith("✗ affine_backward\n  ✓ dX\n  ✗ dW: ")
    assert "is the 1/N missing?" in words
    assert "The numbers are right, with an axis of length 1 too many." in words


def test_the_notebook_and_the_grader_say_the_same_words(helper, affine):
    """The public example is graded as if it were the hidden case."""

    def wrong(dZ, X, W):
        return (dZ @ np.ones_like(W).T, X.T @ dZ, -dZ.mean(axis=0))

    words = said(helper.check, handed_in(wrong))
    report = judge(answer(affine, SECRET, 0), wrong)
    for row in report.checks:
        for part in (sentence(row.fact), row.nudge):
            assert re.sub(r"\d+", "#", part) in re.sub(r"\d+", "#", words)


def test_a_named_function_is_handed_over(helper):
    assert said(helper.check, handed_in(lambda f, x: 2 * x, "slope")) == "✓ slope"
    assert "Where is the 2?" in said(helper.check, handed_in(lambda f, x: x, "slope"))
    taken = []
    said(helper.check, handed_in(lambda f, x: taken.append(f(x)), "slope"))
    assert taken[0] > 0


def test_an_open_answer_is_refused_only_for_a_reason(helper):
    kept = handed_in(lambda f, x: 2 * x if len(x) == 4 else 3 * x, "slope")
    assert said(helper.check, kept) == "✓ slope"
    broken = handed_in(lambda f, x: 2 * x if len(x) == 4 else x / 0.0, "slope")
    assert "✗ It must stay finite." in said(helper.check, broken)


def test_changed_arguments_and_warnings_are_notes(helper):
    def careless(dZ, X, W):
        right = affine_backward(dZ, X, W)
        W *= 2
        np.exp(np.array([1e4]))
        return right

    words = said(helper.check, handed_in(careless))
    assert words.startswith("✓ affine_backward\n  note: affine_backward changes its argument W: wo")
    assert "RuntimeWarning: overflow encountered in exp." in words


def test_float32_passes_with_a_note(helper):
    single = handed_in(lambda *a: tuple(map(np.float32, affine_backward(*a))))
    words = said(helper.check, single)
    assert words == (
        "✓ affine_backward\n  note: The result is in float32; float64 has more digits."
    )


def test_the_example_survives_a_careless_function(helper):
    def careless(dZ, X, W):
        dZ[:] = 0
        return dZ, X, W

    said(helper.check, handed_in(careless))
    assert said(helper.check, affine_backward) == "✓ affine_backward"


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "affine_backward returned None. Is there a return in the function?"),
        ((1, 2), "affine_backward must return a tuple of 3; it returned a tuple of 2."),
        ("ready", "affine_backward must return a tuple of 3; it returned text."),
        (({1}, {2}, {3}), "got a set."),
    ],
)
def test_what_is_no_gradient_is_told(helper, result, words):
    assert words in said(helper.check, handed_in(lambda *a: result))


def test_errors_are_read_out(helper):
    words = said(helper.check, handed_in(lambda dZ, X, W: dZ @ W))
    assert "affine_backward stopped: in a product with @ the inner sizes are" in words
    words = said(helper.check, handed_in(lambda dZ, X: None))
    assert "a call gives 3 arguments where 2 are expected" in words
    words = said(helper.check, handed_in(lambda dZ, X, W: sys.exit()))
    assert words.startswith("✗ affine_backward")


def test_a_stub_that_is_called_is_blamed(helper):
    def relu(Z):
        raise NotImplementedError

    def affine_backward(dZ, X, W):
        return relu(dZ), X, W

    words = said(helper.check, affine_backward)
    assert words == "– affine_backward calls relu, which is not started yet."


def test_strangers_get_kind_words(helper, tmp_path):
    strange = "load is not a function of ps0_small. Its functions: affine_backward, slope."
    assert strange in said(helper.check, load)
    assert "check takes a function" in said(helper.check, "affine_backward")


class Slope:
    def __call__(self, f, x):
        return 2 * x


def decorated(function):
    def inner(*arguments):
        return function(*arguments)

    return inner


@pytest.mark.parametrize(
    "function",
    [
        lambda f, x: 2 * x,
        partial(lambda factor, f, x: factor * x, 2),
        Slope(),
        Slope().__call__,
        decorated(slope),
    ],
    ids=["lambda", "partial", "object", "method", "decorator"],
)
def test_a_function_goes_by_the_name_that_it_has_in_the_notebook(helper, capsys, function):
    """Whatever it calls itself: `slope = partial(…)` is slope."""
    notebook = {"check": helper.check, "ready": helper.ready, "slope": function}
    exec("check(slope); assert ready(slope); check()", notebook)
    first, *progress = capsys.readouterr().out.splitlines()
    assert first == "✓ slope"
    assert "  ✓ slope" in progress


def test_a_second_name_does_not_change_whose_function_it_is(helper, capsys):
    """Of two names of the set, the function's own counts."""
    notebook = {"check": helper.check, "slope": affine_backward, "affine_backward": affine_backward}
    exec("check(slope)", notebook)
    assert capsys.readouterr().out == "✓ affine_backward\n"


def cut(folder):
    text = (folder / "examples.json").read_text()
    (folder / "examples.json").write_text(text[: len(text) // 2])


def edited(**change):
    def edit(folder):
        found = json.loads((folder / "examples.json").read_text())
        (folder / "examples.json").write_text(json.dumps({**found, **change}))

    return edit


def replaced_by_a_folder(folder):
    (folder / "examples.json").unlink()
    (folder / "examples.json").mkdir()


ODD = {"arguments": {"array": ["int8", [3], "x"]}, "want": 1}
DAMAGE = {
    "missing": lambda folder: (folder / "examples.json").unlink(),
    "a folder": replaced_by_a_folder,
    "empty": lambda folder: (folder / "examples.json").write_text(""),
    "cut": cut,
    "no text": lambda folder: (folder / "examples.json").write_bytes(b"\xff\xfe\x00"),
    "another's": lambda folder: (folder / "examples.json").write_text("[1, 2]"),
    "deep": lambda folder: (folder / "examples.json").write_text("[" * 200_000),
    "no functions": edited(functions={}),
    "no cases": edited(functions={"slope": {"checks": []}}),
    "odd numbers": edited(functions={"slope": {"cases": [ODD], "checks": []}}),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_told_in_one_sentence_and_can_be_put_right(folder, capsys, damage):
    """It names the file, the folder and what to do; the kernel need not be started again."""
    helper = load(folder)
    whole = (folder / "examples.json").read_text()
    notebook = {"check": helper.check, "ready": helper.ready, "slope": slope}
    exec("check(slope)", notebook)
    assert capsys.readouterr().out == "✓ slope\n"
    damage(folder)
    exec("check(); check(slope); assert not ready(slope)", notebook)
    lines = {line.removeprefix("– ") for line in capsys.readouterr().out.splitlines()}
    (told,) = lines
    assert told.startswith("The file examples.json is ")
    assert f" in {folder}: copy it there" in told
    if (folder / "examples.json").is_dir():
        (folder / "examples.json").rmdir()
    (folder / "examples.json").write_text(whole)
    exec("check(slope)", notebook)
    assert capsys.readouterr().out == "✓ slope\n"


@pytest.mark.parametrize("saved", ["a mark in front", "Windows' lines"])
def test_files_that_an_editor_saved_anew_still_answer(folder, saved):
    """With a byte order mark, or with the line ends of Windows."""
    for path in (folder / "check.py", folder / "examples.json"):
        content = path.read_bytes()
        if saved == "a mark in front":
            path.write_bytes(b"\xef\xbb\xbf" + content)
        else:
            path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert said(load(folder).check, slope) == "✓ slope"


def test_the_examples_of_another_set_are_told_apart(folder, capsys):
    """Its functions are not those of the notebook, and the words name the set that it is of."""
    helper = load(folder)
    write(load_assignment("ps1_derivatives"), folder)
    assert "slope is not a function of ps1_derivatives." in said(helper.check, slope)


def test_validation_raises_the_same_words(helper, monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    with pytest.raises(AssertionError, match="affine_backward is not started yet"):
        helper.check(stub())
    assert said(helper.check, affine_backward) == "✓ affine_backward"


def test_progress_covers_the_set(folder):
    script = folder / "notebook.py"
    script.write_text(
        "from check import check\n"
        "def affine_backward(dZ, X, W): raise NotImplementedError\n"
        "def slope(f, x): return 2 * x\n"
        "check()\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", script], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == [
        "– 1 of 2 functions passes its example. Go on with affine_backward.",
        "  – affine_backward",
        "  ✓ slope",
    ]


def test_pictures_wait_for_their_functions(helper, capsys):
    assert helper.ready(affine_backward)
    assert capsys.readouterr().out == ""
    waiting = handed_in(lambda *a: None, "slope")
    assert not helper.ready(affine_backward, waiting, stub())
    assert capsys.readouterr().out == "This cell waits for slope and affine_backward.\n"


def unstarted():
    raise NotImplementedError


@pytest.mark.parametrize(
    ("trial", "words"),
    [
        (lambda: np.array([[3.21e-11]]), "try_it gives 3.21e-11."),
        (lambda: 2, "try_it gives 2."),
        (lambda: np.ones(3), "try_it returns an array of shape (3,); a single number is meant."),
        (lambda: None, "try_it returns None; a single number is meant."),
        (lambda: 1 / 0, "try_it stopped: a division by zero."),
    ],
)
def test_a_trial_of_ones_own_prints_its_number_and_no_verdict(helper, trial, words):
    def try_it():
        return trial()

    assert said(helper.tried, try_it) == words


def test_a_trial_says_what_it_waits_for(helper):
    def try_it():
        return unstarted()

    assert said(helper.tried, try_it) == "try_it calls unstarted, which is not started yet."
    assert said(helper.tried, unstarted) == "unstarted is not started yet."


def test_functions_that_are_carried_over_are_not_counted(tmp_path, assignment, capsys):
    first, second = assignment.exercises
    write(Assignment("ps0_small", "Small", (carried_over(first), second)), tmp_path)
    exec("check(); check(affine_backward)", {"check": load(tmp_path).check, "slope": slope,
                                             "affine_backward": affine_backward})  # fmt: skip
    assert capsys.readouterr().out.splitlines() == [
        "✓ 1 of 1 functions passes its example. Well done!",
        "✓ affine_backward",
    ]


def test_only_the_grader_grades(helper):
    with pytest.raises(RuntimeError, match=r"nbgrader autograde.*nbgrader_config.py"):
        helper.grade("slope")


@pytest.fixture
def shell(folder, monkeypatch):
    """A real IPython shell, in this process, in the assignment's folder."""
    monkeypatch.syspath_prepend(str(folder))
    sys.modules.pop("check", None)
    shell = InteractiveShell.instance()
    yield shell
    InteractiveShell.clear_instance()
    sys.modules.pop("check", None)


@pytest.mark.parametrize("cell", ["check(affine_backward)", "check(affine_backward)\nx = 1"])
def test_jupyter_shows_each_answer_exactly_once(shell, cell):
    shell.run_cell("from check import check, ready\ndef affine_backward(dZ, X, W): return X, X, X")
    with capture_output() as seen:
        result = shell.run_cell(cell)
    assert result.success
    assert result.result is None
    assert len(seen.outputs) == 1
    assert seen.stdout == ""
    data = seen.outputs[0].data
    assert data["text/plain"].startswith("✗ affine_backward")
    assert data["text/html"].count("<tr>") == 4  # a head, and three parts


def test_jupyter_shows_where_a_matrix_differs(shell):
    shell.run_cell("from check import check\nfrom tests.conftest import affine_backward as right")
    shell.run_cell(
        "def affine_backward(dZ, X, W):\n"
        "    dX, dW, db = right(dZ, X, W)\n"
        "    dW[1, 0] += 1\n"
        "    return dX, dW, db"
    )
    with capture_output() as seen:
        shell.run_cell("check(affine_backward)")
    page = seen.outputs[0].data["text/html"]
    assert page.count("<svg") == 1
    assert page.count("<path") == 1
    assert '<path d="M4 20' in page
    assert re.search(r'aria-label="1 of \d+ entries differ', page)


def test_the_same_words_are_said_once_and_nothing_is_drawn_where_all_is_wrong(helper):
    row = helper.Row("value", "wrong", "f is wrong.", "(1, 2)", np.array([[True, True]]))
    twice = helper.Card("f", "wrong", (row, helper.Row("worked", "wrong", "f is wrong.")))
    assert repr(twice) == "✗ f is wrong."
    page = twice._repr_html_()
    assert page.count("f is wrong.") == 1
    assert "<table" not in page
    assert "<svg" not in page


def test_student_words_are_escaped(helper):
    def affine_backward(dZ, X, W):
        raise ValueError("<script>")

    assert "<script>" not in helper.judge(affine_backward)._repr_html_()


@pytest.mark.parametrize("name", assignment_names())
def test_the_real_sets_pass_on_their_references_and_name_their_mistakes(name, tmp_path):
    """Every reference gets ✓; every mistake that shows on the example gets its own sentence."""
    assignment = load_assignment(name)
    write(assignment, tmp_path)
    helper = load(tmp_path)
    for exercise in assignment.exercises:
        reference = helper.judge(handed_in(lambda *a, e=exercise: e.reference(*a), exercise.name))
        assert reference.state == "passed", repr(reference)
        own = any(check.own_inputs for check in exercise.checks)
        assert reference.notes == ((ADMISSIBLE,) if own else ())
        for mistake in () if own else exercise.mistakes:  # of one's own numbers the grader judges
            wrong = handed_in(lambda *a, m=mistake: m.function(*a), exercise.name)
            card = helper.judge(wrong)
            assert card.state == "wrong", f"{exercise.name}, {mistake.name}"
            open_only = _is_open_only(exercise, mistake)
            stopped = f"{exercise.name} stopped:" in repr(card)  # its error is told instead
            assert mistake.sentence in repr(card) or open_only or stopped, repr(card)


def _is_open_only(exercise, mistake) -> bool:
    """Whether all checks that a mistake loses are judged by their own judge."""
    lost = exercise.lost_by(mistake)
    return all(check.accept for check in exercise.checks if check.name in lost)


@pytest.mark.parametrize("name", assignment_names())
def test_nothing_in_the_students_files_is_an_answer(name, tmp_path):
    """No line of a solution's body, and no code at all in examples.json."""
    assignment = load_assignment(name)
    write(assignment, tmp_path)
    text = (tmp_path / "check.py").read_text()
    data = (tmp_path / "examples.json").read_text()
    for statement in _statements(assignment):
        assert statement not in text
        assert statement not in data
    assert "autograder" not in text.replace("nbgrader autograde", "")
    assert "lambda" not in data
    assert "def " not in data
    assert "return" not in json.dumps(list(_programs(json.loads(data))))


def _statements(assignment):
    """The lines of the answers, as far as they are longer than a name."""
    for exercise in assignment.exercises:
        function = ast.parse(inspect.getsource(exercise.reference)).body[0]
        for node in ast.walk(function):
            if isinstance(node, ast.stmt | ast.BinOp) and len(ast.unparse(node)) > 12:
                yield ast.unparse(node)


def _programs(node):
    """Every text in examples.json outside the sentences for students."""
    if isinstance(node, dict):
        for key, part in node.items():
            if key not in ("sentences", "expects"):
                yield from _programs(part)
    elif isinstance(node, list):
        for part in node:
            yield from _programs(part)
    elif isinstance(node, str):
        yield node


def test_floats_survive_exactly(folder, assignment):
    helper = load(folder)
    for exercise in assignment.exercises:
        _, case = next(examples.public_cases(exercise))
        held = helper.handed_out().functions[exercise.name]["cases"][0]
        for got, want in zip(helper.value_of(held["arguments"]), case.arguments, strict=True):
            assert (got.name == want.__name__) if callable(want) else (got == want).all()


@pytest.mark.parametrize("value", [np.array([np.nan, -np.inf, 0.1]), np.inf, [1, (2.5, None)]])
def test_unusual_values_survive(helper, value):
    node = json.loads(json.dumps(examples._node(value)))
    back = helper.value_of(node)
    assert repr(back) == repr(value)


def test_check_py_needs_numpy_alone(folder):
    imported = re.findall(r"^(?:from|import) (\w+)", (folder / "check.py").read_text(), re.M)
    assert set(imported) - {"numpy"} <= set(sys.stdlib_module_names)


def test_check_py_runs_as_a_script_of_its_own(folder):
    names = runpy.run_path(str(folder / "check.py"))
    assert compare(np.ones(2), np.ones(2), FORMULA).agrees
    assert {"check", "ready", "grade"} <= set(names)


def test_check_py_is_the_same_file_in_every_set(tmp_path, assignment):
    write(assignment, tmp_path / "a")
    write(load_assignment(assignment_names()[0]), tmp_path / "b")
    assert (tmp_path / "a/check.py").read_bytes() == (tmp_path / "b/check.py").read_bytes()
