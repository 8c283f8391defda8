"""Every attack, once by `autograder grade` and once by `nbgrader autograde`: no gain, no harm."""

import json
import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect

import numpy as np
import pytest
from nbconvert import HTMLExporter

from autograder.cli.main import main
from autograder.exercise.cases import draw_cases
from autograder.exercise.load import load_assignment
from autograder.extract.release import read_release
from autograder.sandbox.inside import kernel
from autograder.sandbox.pool import SIGNAL_SCOPES
from tests.hostile.attack import ASSIGNMENT, BREACH, CANARY, EARNED, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.hogging import PAGES, SCRIPT
from tests.hostile.world import (
    HONEST_STUDENT,
    LIMITS,
    OPTIONS,
    World,
    hostile_world,
    left_outside,
)
from tests.nbgrader_course import nbgrader

SOME = 5

ADDRESS = "http://page.test/"


@dataclass
class Batch:
    """What one run over all attacks left behind."""

    scores: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """All that was written about a submission."""
    reports: dict[str, dict] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """The attacks on pages: what students and staff open in a browser."""
    changed: list[str] = field(default_factory=list)
    """Files of the course that are not as they were, and files left on the machine."""


def run(way: str) -> Batch:
    """Grade all attacks and one honest submission; `make test` takes some through nbgrader."""
    attacks = (*ATTACKS[::SOME], *PAGES) if way.startswith("some") else ATTACKS
    with hostile_world() as world:
        for attack in attacks:
            world.submit(attack.name, attack.notebook(str(world.course), os.getpid()))
        students = dict.fromkeys([*(attack.name for attack in attacks), HONEST_STUDENT])
        if way.endswith("nbgrader"):
            return grade_by_nbgrader(world, students)
        return grade_by_command(world, students, way)


def grade_by_command(world: World, students: Iterable[str], isolation: str) -> Batch:
    batch = Batch()
    with watched(world, batch):
        submitted, out = str(world.course / "submitted"), str(world.results)
        where = ["grade", submitted, "--assignment", ASSIGNMENT, "--out", out]
        code = main([*where, *OPTIONS, "--isolation", isolation, "--outputs", "--quiet"])
    assert code == 0
    for student in students:
        text = (world.results / f"{student}.json").read_text()
        batch.reports[student] = json.loads(text)
        batch.scores[student] = batch.reports[student]["score"]
        page = (world.results / "feedback" / f"{student}.html").read_text()
        batch.texts[student] = text + page
        batch.pages[student] = page
    return batch


def grade_by_nbgrader(world: World, students: Iterable[str]) -> Batch:
    batch = Batch()
    with (world.course / "nbgrader_config.py").open("a") as file:
        file.write(f"c.BackpropExporter.limits = {vars(LIMITS)}\n")
    nbgrader(world.course, "generate_assignment", ASSIGNMENT, "--force")
    with watched(world, batch):
        nbgrader(world.course, "autograde", ASSIGNMENT)
        nbgrader(world.course, "generate_feedback", ASSIGNMENT, "--student", "html_*")
    batch.scores = stored_scores(world)
    for student in students:
        pages = [
            world.course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
            world.course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html",
        ]
        batch.texts[student] = "".join(page.read_text() for page in pages if page.exists())
        if pages[1].exists():
            batch.pages[student] = pages[1].read_text()
            batch.pages[f"{student}, for staff"] = as_staff_see_it(pages[0])
    return batch


def as_staff_see_it(notebook: Path) -> str:
    """The formgrader renders the graded notebook with nbconvert, and does not sanitise it."""
    page, _ = HTMLExporter(sanitize_html=False, template_name="basic").from_filename(str(notebook))
    return f"<!doctype html><title>x</title><body>{page}"


class watched:  # noqa: N801
    """Notes what has changed in the course and on the machine meanwhile."""

    def __init__(self, world: World, batch: Batch) -> None:
        self._world, self._batch = world, batch

    def __enter__(self) -> None:
        self._before = self._world.snapshot(), left_outside()

    def __exit__(self, *_: object) -> None:
        course, outside = self._before
        now = self._world.snapshot()
        self._batch.changed += [p for p in {*course, *now} if course.get(p) != now.get(p)]
        self._batch.changed += left_outside() - outside


def stored_scores(world: World) -> dict[str, float]:
    query = """
        select submitted_assignment.student_id, total(grade.auto_score)
        from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        group by 1"""
    with closing(connect(world.course / "gradebook.db")) as database:
        return dict(database.execute(query).fetchall())


@pytest.fixture(scope="module")
def batches() -> dict[str, Batch | None]:
    """One run per way, made when the first test asks for it; None where it failed."""
    return {}


@pytest.fixture(
    params=[
        "bubblewrap",
        "some by nbgrader",
        pytest.param("nbgrader", marks=pytest.mark.nightly),
        pytest.param("landlock", marks=pytest.mark.nightly),
    ]
)
def batch(request, batches) -> Batch:
    way = request.param
    if way == "landlock" and kernel.landlock_abi() < SIGNAL_SCOPES:
        pytest.skip("this kernel's landlock does not keep signals in")
    if way not in batches:
        batches[way] = None
        batches[way] = run(way)
    assert batches[way] is not None, "the run failed"
    return batches[way]


def each(attacks=ATTACKS):
    return pytest.mark.parametrize("attack", attacks, ids=lambda attack: attack.name)


@each()
def test_an_attack_gains_nothing(batch, attack: Attack):
    """No more points than the honest part earns, and those where the process survives."""
    score = batch.scores.get(attack.name)
    if score is None:
        pytest.skip("not among those that go through nbgrader each time")
    assert score <= EARNED
    if attack.keeps:
        assert score == EARNED


@each()
def test_nothing_gets_through(batch, attack: Attack):
    """No attempt worked, and no planted secret is in anything that was written."""
    text = batch.texts.get(attack.name, "")
    assert BREACH not in text, text[text.index(BREACH) :][:300]
    assert CANARY not in text


def test_the_honest_student_has_everything(batch):
    """In the middle of it all."""
    assert batch.scores[HONEST_STUDENT] == load_assignment(ASSIGNMENT).points


def test_nothing_outside_has_changed(batch):
    """Neither in the course nor in the folders of the machine."""
    assert batch.changed == []


def runs_script(browser, html: str) -> bool:
    """Open the page at an address of its own, and follow every link that would run a script.

    A link is followed if the browser itself takes it for one: a disarmed `javascript%E2%80%8B:`
    only leads to another page.
    """
    page = browser.new_page()
    try:
        page.route("**", lambda route: serve(route, html))
        page.goto(ADDRESS, wait_until="load")
        for link in page.query_selector_all("a[href]"):
            if link.evaluate("link => link.protocol") == "javascript:":
                link.dispatch_event("click")
        return page.url != ADDRESS or bool(page.evaluate("window.hostile === 1"))
    finally:
        page.close()


def serve(route, html: str) -> None:
    """The page itself, and nothing from anywhere else."""
    if route.request.url == ADDRESS:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.abort()


def test_the_browser_would_show_a_script(chromium):
    """The test is no straw man."""
    assert runs_script(chromium, f"<body>{SCRIPT}")
    assert runs_script(chromium, "<body><a href='javascript:window.hostile=1'>a</a>")


def test_nothing_of_a_student_s_runs_in_a_browser(batch, chromium):
    """Neither in the student's page nor in what staff open, signed in."""
    pages = {name: page for name, page in batch.pages.items() if name.startswith("html_")}
    assert len(pages) >= len(PAGES)
    assert [name for name, page in pages.items() if runs_script(chromium, page)] == []


@each([attack for attack in ATTACKS if attack.ends])
def test_an_exercise_ends_as_it_must(batch, attack: Attack):
    """`timed_out` or `raised`, and not a fault of the grader."""
    for exercise in batch.reports.get(attack.name, {}).get("exercises", ()):
        assert exercise["status"] == attack.ends.get(exercise["name"], exercise["status"])


@each([attack for attack in ATTACKS if attack.name.endswith("_inputs")])
def test_hidden_inputs_are_in_no_result(batch, attack: Attack):
    """No number of the hidden inputs or of the right answers, wherever a student puts it."""
    report = batch.reports.get(attack.name)
    if report is None:
        pytest.skip("nbgrader stores no digest; its words are those of the report")
    told = [
        number for number in hidden_numbers(report["seed"]) if number in batch.texts[attack.name]
    ]
    assert told == []


def hidden_numbers(case_set: int) -> list[str]:
    """Digits of all inputs that a submission meets, as far as they are long enough to tell."""
    secret = f"{CANARY}secret-of-the-course".encode()
    exercises = load_assignment(ASSIGNMENT).exercises
    drawn = [draw_cases(one, secret, case_set) for one in exercises]
    arguments = [value for groups in drawn for cases in groups for case in cases
                 for value in case.arguments if not callable(value)]  # fmt: skip
    digits = [repr(float(x)) for value in arguments for x in np.ravel(value)]
    public = dict(read_release(ASSIGNMENT).files)["examples.json"].decode()
    long = [text.lstrip("-")[:10] for text in digits if len(text) >= 12]
    return [text for text in long if text not in public]
