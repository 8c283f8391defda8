"""The bank: wrong values are looked up among those of all slips, and the slip is named."""

from collections.abc import Mapping, Sequence

from autograder.exercise.answers import Answers
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.slips.look_up import Asked, NamedSlip, Rows, look_up


class Bank:
    """The rows of one exercise on all case sets; a look-up takes a fraction of a millisecond."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def name(self, answers: Answers, wrong: Mapping[str, Sequence[Tree]]) -> dict[str, NamedSlip]:
        """The slips behind checks that failed, by the check's name (see look_up)."""
        checks = [
            Asked(check.name, check.part, check.tolerance, answers.rights[check.name][0])
            for check in compared(answers)
        ]
        return look_up(self.rows, answers.case_set, checks, wrong)


def compared(answers: Answers) -> list[Check]:
    """The checks that are compared with the reference's values on the drawn inputs."""
    checks = answers.exercise.checks
    return [check for check in checks if check.accept is None and check.own_inputs is None]
