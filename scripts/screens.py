"""Take the pictures of docs/images anew: `python -m scripts.screens`, from the course's folder.

With words behind it, only those: `python -m scripts.screens notebook formgrader`.

Everything on them is real: submissions graded by `autograder grade` and by nbgrader, opened in
Chromium. Where they are shown, and what they are of, is in docs/screens.md.
"""

import io
import json
import random
import shutil
import sys
import tempfile
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from PIL import Image

from autograder.authoring.laws import judge
from autograder.cli.main import main as autograder
from autograder.course import release_notebook
from autograder.exercise.answers import Answers, answer
from autograder.exercise.load import load_assignment
from autograder.exercise.spec import Exercise
from autograder.judge.slips.mutate import mutants_of
from tests.browser.jupyter import cell_with, jupyter_lab, run_notebook
from tests.browser.pages import PATIENCE, launch, program
from tests.nbgrader_course import NAME, ROOT, make_course, nbgrader
from tests.notebooks import answers_to, cell_of, hand_in, submission

IMAGES = ROOT / "docs" / "images"
GRADED = ("ada_all_right", "ben_other_style", "eli_common_mistakes", "fay_blank", "jun_rounded")
SAMPLES = ROOT / "tests" / "submissions"
CLASS, SIZE, SEED = "ps6_softmax_networks", 120, 7
MOST_BYTES = 150_000
COLOURS = 255
SCROLL_DOWN = "() => window.scrollTo(0, document.body.scrollHeight)"
HALF_DONE, LADDER = "ps4_batch_mlp", "ps1_derivatives"
SHOWN = {
    HALF_DONE: {
        "check(weight_gradient)": "notebook-right",
        "check(linear_backward)": "notebook-wrong",
        "check()": "notebook-progress",
    },
    LADDER: {"check(graph_gradients)": "notebook-line"},
}
"""Set → the cell that ends a picture → the picture."""
DESKTOP, CORNER = {"width": 1150, "height": 1500}, {"x": 0, "y": 0, "width": 1150}
DESK, PHONE = {"width": 1000, "height": 800}, {"width": 390, "height": 844}
SHEET = {"width": 820, "height": 900}
TRIED = 12
BY_HAND = "$\\partial L/\\partial W_1$ has five factors, one for each link; the last is $x_1$."

ROWS_LOST = """def affine_backward(dout, X, W):
    dX = np.zeros_like(X)
    for n in range(len(X) - 1):
        dX[n] = W @ dout[n]
    return dX, X.T @ dout, dout.sum(axis=0)"""
SUMMED = "def probe(dZ, A_prev, W, b):\n    return np.sum(linear_forward(A_prev, W, b))"
WRONG_LINE = 'g["m"] = -g["r"] * v["r"] ** 2'
EXAMPLE_LOST = """def linear_backward(dZ, A_prev, W):
    dA_prev = np.zeros_like(A_prev)
    for n in range(dZ.shape[1] - 1):
        dA_prev[:, n] = W.T @ dZ[:, n]
    return dA_prev, dZ @ A_prev.T, bias_gradient(dZ)"""


def main(wanted: list[str]) -> None:
    """Take these pictures, all where none is named; each is checked for its size."""
    IMAGES.mkdir(exist_ok=True)
    chromium = program() or sys.exit("No chromium here: `apt install chromium`.")
    with tempfile.TemporaryDirectory() as name, launch(chromium) as browser:
        for what in wanted or TAKEN:
            TAKEN[what](browser, Path(name))
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} KB")
        assert path.stat().st_size < MOST_BYTES, path


def take_feedback(browser, folder: Path) -> None:
    """The pages of three students: all right, two mistakes, too slow."""
    hand_in_samples(folder / "handed-in", ("ada_all_right", "kim_endless_loop"))
    mistaken = submission(CLASS, with_mistakes(answers_to(CLASS)))
    hand_in(mistaken, folder / "handed-in" / "eli" / CLASS / f"{CLASS}.ipynb")
    worked = graded(folder / "handed-in", NAME, folder / "worked") / "feedback"
    wrong = graded(folder / "handed-in", CLASS, folder / "softmax") / "feedback" / "eli.html"
    pages = {"right": worked / "ada_all_right.html", "timed-out": worked / "kim_endless_loop.html"}
    for name, path in {**pages, "wrong": wrong}.items():
        with opened(browser, path.as_uri(), SHEET) as page:
            keep(page.screenshot(full_page=True), f"feedback-{name}")
    with opened(browser, wrong.as_uri(), PHONE, color_scheme="dark") as page:
        keep(page.screenshot(), "feedback-phone")


def take_class(browser, folder: Path) -> None:
    """The report of a class: its top, and the table of those who made one mistake."""
    hand_in_class(folder / "class")
    results = graded(folder / "class", CLASS, folder / "results")
    with opened(browser, (results / "report.html").as_uri(), DESKTOP, scale=1) as page:
        keep(page.screenshot(clip={**CORNER, "height": 1000}), "class-report")
        page.locator("section", has_text="scores_gradient").get_by_text("label added").click()
        top = page.locator("#submissions").bounding_box()["y"]
        keep(page.screenshot(clip={**CORNER, "y": top - 8, "height": 480}), "class-table")


def take_formgrader(browser, folder: Path) -> None:
    """The list of assignments, and a submission while its derivation is read."""
    course = make_course(folder / "course")
    with_exchange(course, folder / "exchange")
    nbgrader(course, "generate_assignment", NAME)
    hand_in_samples(course / "submitted", GRADED)
    nbgrader(course, "autograde", NAME)
    with jupyter_lab(course, home_in(folder)) as address:
        with opened(browser, f"{address}/formgrader/manage_assignments", DESKTOP, scale=1) as page:
            page.locator("td.num-submissions").first.wait_for()
            keep(page.screenshot(clip={**CORNER, "height": 460}), "formgrader-assignments")
        answer = page_of_submission(address, "eli_common_mistakes")
        with opened(browser, answer, {**DESKTOP, "height": 900}, scale=1) as page:
            page.wait_for_function("document.querySelector('#test_forward').placeholder == '1'")
            page.wait_for_timeout(2000)  # the fields grow to the size of their words
            page.evaluate(SCROLL_DOWN)
            keep(page.screenshot(), "formgrader-grading")


def with_exchange(course: Path, folder: Path) -> None:
    """Give the course a folder for handing out and collecting; without one a banner complains."""
    folder.mkdir()
    folder.chmod(0o777)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(folder)!r}\n")


def page_of_submission(address: str, student: str) -> str:
    """Where the formgrader shows a student's notebook."""
    place = f"{address}/formgrader/api/submitted_notebooks/{NAME}/{NAME}"
    with urllib.request.urlopen(place) as reply:
        (found,) = (entry["id"] for entry in json.load(reply) if entry["student"] == student)
    return f"{address}/formgrader/submissions/{found}"


def take_start(browser, folder: Path) -> None:
    """The start page of what students get, in JupyterLab, after its one cell."""
    published = folder / "published"
    assert autograder(["publish", "--out", str(published)]) == 0
    with jupyter_lab(published, home_in(folder)) as address, opened(browser, address, DESK) as page:
        run_notebook(page, address, "START.ipynb")
        page.locator(".jp-Cell").first.evaluate("cell => cell.scrollIntoView()")
        keep(page.screenshot(), "start")


def take_notebook(browser, folder: Path) -> None:
    """Release notebooks in JupyterLab: one half done, and one with a wrong line in a ladder."""
    student = folder / "student"
    for name, notebook in {HALF_DONE: half_done(), LADDER: one_line_wrong()}.items():
        shutil.copytree(release_notebook(name).parent, student / name)
        hand_in(notebook, student / name / f"{name}.ipynb")
    with jupyter_lab(student, home_in(folder)) as address, opened(browser, address, DESK) as page:
        for name, shown in SHOWN.items():
            run_notebook(page, address, f"{name}/{name}.ipynb")
            page.mouse.move(0, 0)
            for source, picture in shown.items():
                cell_with(page, source).evaluate("cell => cell.scrollIntoView({block: 'end'})")
                keep(page.screenshot(), picture)


def half_done():
    """The first eight functions right, the next two wrong, and a stub."""
    right = answers_to(HALF_DONE)
    begun = list(right)[: list(right).index("probe")]
    kept = {name: right[name] for name in ("carry_over", *begun)}
    return submission(HALF_DONE, {**kept, "probe": SUMMED, "linear_backward": EXAMPLE_LOST})


def one_line_wrong():
    """All right, but for one line of the graph's derivatives."""
    right = answers_to(LADDER)
    graph = right["graph_gradients"].replace(WRONG_LINE, WRONG_LINE.replace("-", ""))
    return submission(LADDER, {**right, "graph_gradients": graph})


def graded(submissions: Path, assignment: str, out: Path) -> Path:
    """The results of `autograder grade`."""
    given = ["--assignment", assignment, "--out", str(out), "--quiet", "--call-seconds", "2"]
    assert autograder(["grade", str(submissions), *given]) == 0
    return out


def hand_in_class(folder: Path) -> None:
    """A class in which most is right, and the same mistakes come again and again."""
    rng = random.Random(SEED)
    carried = answers_to(CLASS)["carry_over"]
    right = {exercise.name: answers_to(CLASS)[exercise.name] for exercise in exercises()}
    wrong = {exercise.name: wrong_answers_to(exercise, rng) for exercise in exercises()}
    for number in range(SIZE):
        skill, last = rng.betavariate(5, 1.5), rng.choice([len(right)] * 3 + [len(right) // 2])
        given = {
            name: source if rng.random() < skill else pick(wrong[name], rng)
            for name, source in list(right.items())[:last]
        }
        notebook = submission(CLASS, {"carry_over": carried, **given})
        hand_in(notebook, folder / f"student{number:03d}.ipynb")


def wrong_answers_to(exercise: Exercise, rng: random.Random) -> list[str]:
    """A few programs that run, and are wrong."""
    answers = answer(exercise, b"pictures", 0)
    changed = mutants_of(exercise.reference)
    some = rng.sample(changed, min(TRIED, len(changed)))
    return [one.source for one in some if is_wrong(answers, one.compile_like(exercise.reference))]


def is_wrong(answers: Answers, function: Callable) -> bool:
    """Whether a function loses points without stopping."""
    try:
        with warnings.catch_warnings(action="ignore"):
            report = judge(answers, function)
    except Exception:
        return False
    return report.score < report.points


def exercises() -> tuple[Exercise, ...]:
    """The exercises of the class's set that earn points."""
    return tuple(one for one in load_assignment(CLASS).exercises if one.points)


def with_mistakes(right: dict[str, str]) -> dict[str, str]:
    """Answers whose page has a picture, a curve and named mistakes."""
    uphill = right["train"].replace(" - learning_rate", " + learning_rate")
    return {**right, "affine_backward": ROWS_LOST, "train": uphill}


def pick(sources: list[str], rng: random.Random) -> str:
    """One of the first few, the first most often."""
    return sources[min(int(rng.expovariate(0.7)), len(sources) - 1)]


def hand_in_samples(folder: Path, students: tuple[str, ...]) -> None:
    """Submit samples, each with a derivation to be read."""
    for student in students:
        notebook = nbformat.read(SAMPLES / NAME / student / f"{NAME}.ipynb", as_version=4)
        cell_of(notebook, "derivation").source = BY_HAND
        hand_in(notebook, folder / student / NAME / f"{NAME}.ipynb")


def home_in(folder: Path) -> Path:
    """An empty home for a server."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return home


@contextmanager
def opened(browser, address: str, viewport: dict[str, int], scale=1.5, **settings) -> Iterator:
    """A page at this address."""
    context = browser.new_context(viewport=viewport, device_scale_factor=scale, **settings)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def keep(png: bytes, name: str) -> None:
    """Write a picture with few colours: it is text and lines."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


TAKEN = {
    "feedback": take_feedback,
    "class": take_class,
    "formgrader": take_formgrader,
    "start": take_start,
    "notebook": take_notebook,
}

if __name__ == "__main__":
    main(sys.argv[1:])
