"""Every attack, once by `autograder grade` and once by `nbgrader autograde`: no gain, no harm."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from sqlite3 import connect

import numpy as np
import pytest

from autograder.cases import case_set_of, draw_cases
from autograder.cli import main
from autograder.exercises import load_assignment
from autograder.release import read_release
from autograder.sandbox.inside import kernel
from autograder.sandbox.pool import SIGNAL_SCOPES
from tests.hostile.attack import ASSIGNMENT, BREACH, CANARY, EARNED, Attack
from tests.hostile.attacks import ATTACKS, BY_NAME
from tests.hostile.world import (
    HONEST_STUDENT,
    LIMITS,
    OPTIONS,
    World,
    hostile_world,
    left_outside,
)
from tests.nbgrader_course import nbgrader


@dataclass
class Batch:
    """What one run over all attacks left behind."""

    scores: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """All that was written about a submission."""
    reports: dict[str, dict] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """Files of the course that are not as they were, and files left on the machine."""


def run(way: str) -> Batch:
    """Grade all attacks and one honest submission."""
    with hostile_world() as world:
        for attack in ATTACKS:
            world.submit(attack.name, attack.notebook(str(world.course), os.getpid()))
        return grade_by_nbgrader(world) if way == "nbgrader" else grade_by_command(world, way)


def grade_by_command(world: World, isolation: str) -> Batch:
    batch = Batch()
    with watched(world, batch):
        submitted, out = str(world.course / "submitted"), str(world.results)
        where = ["grade", submitted, "--assignment", ASSIGNMENT, "--out", out]
        code = main([*where, *OPTIONS, "--isolation", isolation, "--outputs", "--quiet"])
    assert code == 0
    for student in (*BY_NAME, HONEST_STUDENT):
        text = (world.results / f"{student}.json").read_text()
        batch.reports[student] = json.loads(text)
        batch.scores[student] = batch.reports[student]["score"]
        batch.texts[student] = text + (world.results / "feedback" / f"{student}.html").read_text()
    return batch


def grade_by_nbgrader(world: World) -> Batch:
    batch = Batch()
    with (world.course / "nbgrader_config.py").open("a") as file:
        file.write(f"c.BackpropExporter.limits = {vars(LIMITS)}\n")
    nbgrader(world.course, "generate_assignment", ASSIGNMENT, "--force")
    with watched(world, batch):
        nbgrader(world.course, "autograde", ASSIGNMENT)
        nbgrader(world.course, "generate_feedback", ASSIGNMENT, "--student", "html_*")
    batch.scores = stored_scores(world)
    for student in (*BY_NAME, HONEST_STUDENT):
        pages = [
            world.course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
            world.course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html",
        ]
        batch.texts[student] = "".join(page.read_text() for page in pages if page.exists())
    return batch


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


BATCHES: dict[str, Batch] = {}


@pytest.fixture(scope="module")
def batches() -> Iterator[dict[str, Batch]]:
    """One run per way, made when the first test asks for it."""
    yield BATCHES
    BATCHES.clear()


@pytest.fixture(
    params=["bubblewrap", pytest.param("landlock", marks=pytest.mark.nightly), "nbgrader"]
)
def batch(request, batches) -> Batch:
    way = request.param
    if way == "landlock" and kernel.landlock_abi() < SIGNAL_SCOPES:
        pytest.skip("this kernel's landlock does not keep signals in")
    if way not in batches:
        batches[way] = run(way)
    return batches[way]


def each(attacks=ATTACKS):
    return pytest.mark.parametrize("attack", attacks, ids=lambda attack: attack.name)


@each()
def test_an_attack_gains_nothing(batch, attack: Attack):
    """No more points than the honest part earns, and those where the process survives."""
    score = batch.scores[attack.name]
    assert score <= EARNED
    if attack.keeps:
        assert score == EARNED


@each()
def test_nothing_gets_through(batch, attack: Attack):
    """No attempt worked, and no planted secret is in anything that was written."""
    text = batch.texts[attack.name]
    assert BREACH not in text, text[text.index(BREACH) :][:300]
    assert CANARY not in text


def test_the_honest_student_has_everything(batch):
    """In the middle of it all."""
    assert batch.scores[HONEST_STUDENT] == load_assignment(ASSIGNMENT).points


def test_nothing_outside_has_changed(batch):
    """Neither in the course nor in the folders of the machine."""
    assert batch.changed == []


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
        number for number in hidden_numbers(report["digest"]) if number in batch.texts[attack.name]
    ]
    assert told == []


def hidden_numbers(digest: str) -> list[str]:
    """Digits of all inputs that a submission meets, as far as they are long enough to tell."""
    secret = f"{CANARY}secret-of-the-course".encode()
    exercises = load_assignment(ASSIGNMENT).exercises
    drawn = [draw_cases(one, secret, case_set_of(digest)) for one in exercises]
    arguments = [value for groups in drawn for cases in groups for case in cases
                 for value in case.arguments]  # fmt: skip
    digits = [repr(float(x)) for value in arguments for x in np.ravel(value)]
    public = dict(read_release(ASSIGNMENT).files)["examples.json"].decode()
    long = [text.lstrip("-")[:10] for text in digits if len(text) >= 12]
    return [text for text in long if text not in public]
