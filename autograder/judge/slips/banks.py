"""The banks of one assignment: each made, or read from the cache, when it is first asked for."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from autograder.exercise.answers import Answers
from autograder.exercise.plain_data import Tree
from autograder.judge.slips import store
from autograder.judge.slips.bank import Bank
from autograder.judge.slips.look_up import NamedSlip, from_bytes

FAILED = "The slips of %s could not be made (%s): its mistakes are named without them."


class Banks:
    """Banks by exercise; safe to share between threads. Without failures they cost nothing."""

    def __init__(self, root: Path, assignment: str, secret: bytes) -> None:
        self._root, self._assignment, self._secret = root, assignment, secret
        self._banks: dict[str, Bank | None] = {}
        self._lock = Lock()

    def name(self, answers: Answers, wrong: Mapping[str, Sequence[Tree]]) -> dict[str, NamedSlip]:
        """The slips behind failed checks of one exercise, by check (see Bank.name).

        A training function's bank takes minutes: it is used where `autograder slips` made it.
        """
        exercise = answers.exercise
        with self._lock:
            if exercise.name not in self._banks:
                found = self._kept(exercise.name)
                if found is None and not exercise.trains:
                    found = self.make(exercise.name)
                self._banks[exercise.name] = found
            bank = self._banks[exercise.name]
        return {} if bank is None else bank.name(answers, wrong)

    def make(self, exercise: str) -> Bank | None:
        """Make a bank, or read it from the cache; None where neither works, which is logged."""
        found = self._kept(exercise)
        if found is not None:
            return found
        from autograder.judge.slips.build import BuildFailed, build  # a start needs none of it

        try:
            data = build(self._root, self._assignment, exercise, self._secret)
        except (BuildFailed, OSError) as error:
            logging.getLogger(__name__).warning(FAILED, exercise, error)
            return None
        store.keep(self._digest(exercise), data)
        return Bank(from_bytes(data))

    def _kept(self, exercise: str) -> Bank | None:
        """The bank in the cache; one that cannot be read is as good as none."""
        data = store.load(self._digest(exercise))
        try:
            return None if data is None else Bank(from_bytes(data))
        except (ValueError, LookupError, OSError):
            return None

    def _digest(self, exercise: str) -> str:
        return store.digest_of(self._root, self._assignment, exercise, self._secret)
