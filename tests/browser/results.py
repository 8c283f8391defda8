"""Results to make pages of: a plain one, and one whose every word attacks."""

import base64
import json
from dataclasses import replace

from autograder.exercise.facts import Fact
from autograder.records import (
    CellFailure,
    CellOutcome,
    CheckReport,
    ExerciseReport,
    Failure,
    Outcome,
    Report,
)
from autograder.report.results import DECODER
from tests.course import ROOT

SAMPLES = ROOT / "tests" / "submissions"
MARKER = "student-script"
LOG = f"console.log('{MARKER}')"
ATTACKS = (
    f"<script>{LOG}</script>",
    f"</script><script>{LOG}</script>",
    f"</style><script>{LOG}</script>",
    f"</title><script>{LOG}</script>",
    f"<img src=x onerror={LOG}>",
    f'"><svg onload="{LOG}">',
    f'<a id=link href="javascript:{LOG}">click</a>',
    f'{{{{ self.__init__.__globals__ }}}}<iframe srcdoc="<script>{LOG}</script>">',
    f'<meta http-equiv=refresh content="0;url=javascript:{LOG}">',
)
ALL = " ".join(ATTACKS)
PNG = base64.b64encode(b"\x89PNG not really").decode()


def sample(assignment: str, student: str) -> Report:
    """The result of one sample submission."""
    text = (SAMPLES / assignment / student / "expected.json").read_text()
    return DECODER.decode(
        json.dumps({**json.loads(text), "seconds": 0.01, "isolation": "bubblewrap"})
    )


def hostile(student: str = ALL) -> Report:
    """A report in which all that a student can influence tries to run a script."""
    fact = Fact("told", told=f"f stopped with {ALL}")
    check = CheckReport("dW", "raised", 0.0, 1.0, fact, "wrong_axis")
    return Report(
        student=student,
        assignment="ps4_batch_mlp",
        status="graded",
        score=0.0,
        max_score=1.0,
        exercises=(ExerciseReport("backward", "raised", 0.0, 1.0, (check,), (ALL,)),),
        digest="ab" * 32,
        seed=0,
        isolation="bubblewrap",
        seconds=0.1,
        reason=ALL,
        repairs=(ALL,),
        cell_failures=(CellFailure(ALL, "raised", Failure(ALL, ALL)),),
    )


def hostile_outputs() -> Outcome:
    """Outputs of every kind that try the same."""
    outputs = (
        {"output_type": "stream", "name": "stdout", "text": ALL},
        {"output_type": "error", "ename": ALL, "evalue": ALL, "traceback": [ALL]},
        *({"output_type": "display_data", "data": data} for data in _bundles()),
    )
    return Outcome((CellOutcome("ran", outputs=outputs),), (), "bubblewrap")


def class_of(count: int) -> list[Report]:
    """A class with the results of the samples, again and again, each of its own score."""
    students = sorted(path.name for path in (SAMPLES / "ps2_worked_example").iterdir())
    kinds = [sample("ps2_worked_example", student) for student in students]
    return [
        replace(kinds[i % len(kinds)], student=f"student{i:04d}", digest=f"{i:064x}")
        for i in range(count)
    ]


def hostile_class() -> list[Report]:
    """Results whose students' ids and words attack."""
    return [hostile(), *(replace(hostile(text), reason="") for text in ATTACKS)]


def _bundles():
    yield {"text/html": ALL, "text/plain": ALL}
    yield {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{LOG}\"/>"}
    yield {"application/javascript": LOG, "text/markdown": ALL}
    yield {"image/png": f'x"><script>{LOG}</script>'}
    yield {"image/png": PNG}
