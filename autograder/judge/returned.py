"""What came back for one exercise, with what several of its checks ask of it worked out once."""

from collections.abc import Mapping
from functools import cached_property

from autograder.exercise.answers import Answers, Key
from autograder.exercise.compare import FORMULA, has_lists, precision_notes
from autograder.exercise.given import Asked
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check
from autograder.judge.glance import plainly_right
from autograder.records import CallOutcome

Outcomes = Mapping[Key, CallOutcome]


class Returned:
    """One student's results for an exercise. Lives as long as they are judged."""

    def __init__(self, answers: Answers, outcomes: Outcomes) -> None:
        self.answers, self.outcomes = answers, outcomes
        self._lines: dict[int, list[Asked]] = {}

    def all_plain(self, check: Check) -> bool:
        """Whether the check is passed at a glance: its whole results are the reference's."""
        asked = check.accept is not None or check.given is not None
        strict = check.tolerance.rtol < FORMULA.rtol or check.tolerance.atol < FORMULA.atol
        return not (asked or strict) and self._plain.issuperset(self.answers.keys_of(check))

    def rights(self, check: Check) -> list[list[Tree]]:
        """What is right for these results, case by case: the reference's part, then others'."""
        return self.answers.rights_for(check, lambda: self._asked(check))

    @cached_property
    def precision(self) -> tuple[str, ...]:
        """Which results have fewer digits than float64, in words."""
        notes = (note for key in self._odd for note in precision_notes(self.outcomes[key].value))
        return tuple(dict.fromkeys(notes))

    @cached_property
    def lists(self) -> bool:
        """Whether there are lists or tuples where the right results have arrays."""
        wants = self.answers.wants
        return any(has_lists(self.outcomes[key].value, wants[key[1]][key[2]]) for key in self._odd)

    @cached_property
    def _plain(self) -> frozenset[Key]:
        return frozenset(
            (name, draw, number)
            for name in [self.answers.exercise.name]
            for draw, wants in enumerate(self.answers.wants)
            for number, want in enumerate(wants)
            if self.outcomes[name, draw, number].status == "returned"
            if plainly_right(self.outcomes[name, draw, number].value, want, FORMULA)
        )

    @property
    def _odd(self) -> list[Key]:
        return [key for key in self.answers.cases if key not in self._plain]

    def _asked(self, check: Check) -> list[Asked]:
        """What `given` is asked with: the student's own lines, the same for all checks."""
        draw = self.answers.exercise.draw_of(check)
        values = [self.outcomes[key].value for key in self.answers.keys_of(check)]
        if check.own_inputs is not None:
            return self.answers.asked(check, values)
        if draw not in self._lines:
            self._lines[draw] = self.answers.asked(check, values)
        return self._lines[draw]
