"""A class that hands in: right answers, other styles, and the frequent mistakes of the samples.

Each mistake that is handed in loses every point of its function, and no other function builds on
it: a course without part points and follow-through marks gives the same score.
"""

import copy
from collections.abc import Iterator
from typing import Any

from nbformat.v4 import new_code_cell

from tests.notebooks import answers_to, insert_after, submission
from tests.samples import MISTAKES_1, OTHER_STYLE_1, SYNTAX_ERROR

ASSIGNMENT = "ps1_derivatives"
FULL_LOSSES = ("multiply_backward", "max_backward")
OWN_PLOT = """import matplotlib.pyplot as plt

figure, axes = plt.subplots(1, 2, figsize=(8, 3))
z = np.linspace(-6, 6, 201)
axes[0].plot(z, 1 / (1 + np.exp(-z)), label="sigmoid")
axes[0].legend()
axes[1].imshow(np.outer(z, z))
plt.show()"""


def given_answers(number: int) -> dict[str, str]:
    """One student's answers: of eight, four are right, one is half done, three have mistakes."""
    right = answers_to(ASSIGNMENT)
    kind = number % 8
    if kind == 1:
        return {**right, **OTHER_STYLE_1}
    if kind == 3:
        return {**right, **{name: MISTAKES_1[name] for name in FULL_LOSSES}}
    if kind == 5:
        return dict(list(right.items())[:5])
    if kind == 6:
        return {**right, "numerical_gradient": MISTAKES_1["numerical_gradient"]}
    if kind == 7:
        return {**right, "max_backward": SYNTAX_ERROR}
    return right


def notebooks(count: int, plots: bool) -> Iterator[tuple[str, Any]]:
    """(Student, notebook) for a class of that size, from the release of the course in force."""
    for number in range(count):
        answers = given_answers(number)
        last = list(answers)[-1]
        answers[last] += f"\n# handed in by number {number}\n"
        notebook = submission(ASSIGNMENT, answers)
        if plots:
            insert_after(notebook, "sigmoid", OWN_PLOT)
        yield f"student{number:05}", notebook


def without_pictures(notebook: Any) -> Any:
    """The instructor's notebook without the cells that only draw."""
    kept = copy.deepcopy(notebook)
    kept.cells = [c for c in kept.cells if "illustration" not in c.metadata.get("tags", [])]
    return kept


def code_cell(source: str, grade_id: str, **marks: Any) -> Any:
    """A cell with nbgrader's metadata."""
    base = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    return new_code_cell(
        source, id=grade_id, metadata={"nbgrader": {**base, "grade_id": grade_id, **marks}}
    )
