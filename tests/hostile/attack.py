"""What an attack is: a submission that tries something, and what it must not get.

Most of a notebook is answered rightly (the honest part), so that each attack shows two things:
it gains nothing, and it takes nothing from what was earned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from tests.notebooks import answers_to, cell_of, insert_after, submission

ASSIGNMENT = "ps2_worked_example"
HONEST = ("output_error_term", "hidden_error_term", "input_weight_steps")
"""Functions answered rightly, a point each."""
EARNED = float(len(HONEST))
TARGET = "output_weight_step"
"""A function that attacks write when they need one: it comes between two of the honest ones."""
BREACH = "BREACH" + "!"
"""What an attack prints where something worked; its source never holds the word."""
CANARY = "CANARY" + "-"
"""How every planted secret begins; no attack's source holds it."""

Promise = Literal["marks", "secrets", "others", "machine", "end", "pages"]
PROMISES: Mapping[Promise, str] = MappingProxyType(
    {
        "marks": "no points without a right answer",
        "secrets": "nothing of the instructor's or of others can be read",
        "others": "nothing outside the scratch folder changes",
        "machine": "no other process, no network, no kernel interface",
        "end": "the batch ends, and the honest part is graded",
        "pages": "nothing of a student's runs in anybody's browser",
    }
)

PRELUDE = """
def attempt(what, action):
    try:
        found = action()
    except BaseException:
        return
    print("BREACH" + "!", what, str(found)[:2000])
COURSE, GRADER = {course!r}, {grader}
"""
"""Gives cells `attempt(what, action)`, which tells what worked, and two facts about the outside."""


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    `cell` runs after the setup, with `attempt`, COURSE and GRADER. `answers` are functions beside
    the honest ones, `words` the answer to the question that is graded by hand. `keeps`: the honest
    part earns all its points nevertheless; False where the attack may ruin its own process.
    `ends` says how an exercise must end.
    """

    name: str
    tries: str
    promise: Promise
    cell: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    keeps: bool = True
    ends: Mapping[str, str] = field(default_factory=dict)

    def notebook(self, course: str, grader: int):
        """The submission, as a student would hand it in."""
        right = answers_to(ASSIGNMENT)
        given = {**{name: right[name] for name in HONEST}, **self.answers}
        made = submission(ASSIGNMENT, given)
        if self.cell:
            insert_after(made, "setup", self.cell.strip())
            insert_after(made, "setup", PRELUDE.format(course=course, grader=grader).strip())
        if self.words:
            cell_of(made, "derivation").source = self.words
        return made


def function(body: str, name: str = TARGET, arguments: str = "*arguments") -> dict[str, str]:
    """One hostile function, by name."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return {name: f"def {name}({arguments}):\n{lines}"}
