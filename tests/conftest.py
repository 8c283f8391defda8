"""What many tests need: a small exercise of our own, and a secret that never changes."""

import contextlib
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.course import named_source
from autograder.exercise.answers import Answers, answer
from autograder.exercise.gradcheck import gradients_of
from autograder.exercise.load import enter
from autograder.exercise.spec import Check, Exercise, Mistake
from autograder.extract.extract import read_submission
from autograder.pipeline import Grader
from autograder.sandbox import Sandbox
from tests.browser.pages import launch, program
from tests.course import ROOT, fixed_course
from tests.notebooks import hand_in, solved
from tests.sandboxes import FORBIDDEN, SHORT

NO_CHROMIUM = "no chromium on this machine: `apt install chromium` (make test does it as root)"
SECRET = b"the secret that tests use"


def affine_backward(dZ, X, W):
    """The exercise that the tests grade: dX, dW, db of Z = X W + b."""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.sum(axis=0) / len(X)


def draw_affine(rng, n):
    return (
        rng.standard_normal((n["N"], n["M"])),
        rng.standard_normal((n["N"], n["D"])),
        rng.standard_normal((n["D"], n["M"])),
    )


def affine_oracle(dZ, X, W):
    def loss(X, W, b):
        return float(np.sum(dZ * (X @ W + b)))

    dX, dW, db = gradients_of(loss, X, W, np.zeros(W.shape[1]), wrt=(0, 1, 2))
    return dX, dW / len(X), db / len(X)


@pytest.fixture(scope="session", autouse=True)
def course():
    """Every test works in a course with a fixed secret, never in the checkout's own."""
    with fixed_course() as folder:
        yield folder


@pytest.fixture(autouse=True)
def own_names() -> Iterator[None]:
    """Whatever course a test entered, `exercises` and `solutions` are this one's for the next."""
    yield
    enter(ROOT)


@pytest.fixture
def affine() -> Exercise:
    """An exercise with three parts and one mistake of its own."""
    return Exercise(
        reference=affine_backward,
        draw=draw_affine,
        oracle=affine_oracle,
        axes="N D M",
        checks=(Check("dX", 1, part=0), Check("dW", 1, part=1), Check("db", 1, part=2)),
        mistakes=(
            Mistake(
                "forgot_the_weights",
                lambda dZ, X, W: (dZ @ np.ones_like(W).T, X.T @ dZ / len(X), dZ.mean(axis=0)),
                "dX does not use W: how strongly does each input feed each output?",
                loses=("dX",),
            ),
        ),
    )


@pytest.fixture
def answers(affine: Exercise) -> Answers:
    """The exercise, answered on one case set."""
    return answer(affine, SECRET, 3)


@pytest.fixture(scope="session")
def sandbox():
    """One sandbox with short limits, the strongest that this machine has, for all tests."""
    with Sandbox(workers=1, limits=SHORT, forbidden=FORBIDDEN, named=named_source()) as shared:
        yield shared


@pytest.fixture(scope="session")
def chromium():
    """One headless browser for all tests; where there is none, they are skipped."""
    path = program()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    with launch(path) as browser:
        yield browser


@pytest.fixture(scope="module")
def graders():
    """One grader per assignment, started when a test first needs it."""
    with contextlib.ExitStack() as stack:
        opened: dict[str, Grader] = {}

        def grader(name):
            if name not in opened:
                opened[name] = stack.enter_context(Grader(name, workers=1))
            return opened[name]

        yield grader


@pytest.fixture
def grade(graders, tmp_path):
    """Grade right answers with some of them replaced."""

    def grade_one(name, notebook=None, **answers):
        path = hand_in(notebook or solved(name, **answers), tmp_path / f"{name}.ipynb")
        grader = graders(name)
        return grader.grade(read_submission(path, student="ada", release=grader.release))

    return grade_one
