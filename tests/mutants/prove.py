"""The run: every mutant of every reference, on all case sets, on every core."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.exercise.answers import Answers, answer
from autograder.exercise.cases import CASE_SETS
from autograder.exercise.load import assignment_names, load_assignment
from autograder.judge.slips.mutate import Mutant, mutants_of
from tests.mutants.verdicts import Verdict, try_mutant

SECRET = b"mutants"
CHUNK = 24  # mutants that a process takes at a time


@dataclass(frozen=True)
class Task:
    """Some mutants of one exercise, by their places in the list of all."""

    assignment: str
    exercise: str
    places: tuple[int, ...]
    case_sets: int = CASE_SETS


def tasks(assignments: Iterable[str] = ()) -> list[Task]:
    """All mutants of these assignments (or of every one), training loops first: they take long."""
    found = []
    for assignment in assignments or assignment_names():
        for exercise in load_assignment(assignment).graded:
            count = len(mutants(assignment, exercise.name))
            for start in range(0, count, CHUNK):
                places = tuple(range(start, min(start + CHUNK, count)))
                found.append((not exercise.trains, Task(assignment, exercise.name, places)))
    return [task for _, task in sorted(found, key=lambda pair: pair[0])]


def run(task: Task) -> list[Verdict]:
    """Try the mutants of one task."""
    every = mutants(task.assignment, task.exercise)
    answered = answers_of(task.assignment, task.exercise, task.case_sets)
    return [try_mutant(task.assignment, every[place], answered) for place in task.places]


def run_all(work: list[Task], processes: int | None = None) -> Iterator[list[Verdict]]:
    """Run the tasks on several cores; the verdicts of each come as soon as they are known."""
    with multiprocessing.get_context("fork").Pool(processes or os.cpu_count()) as pool:
        yield from pool.imap_unordered(run, work)


@lru_cache(maxsize=4)
def answers_of(assignment: str, name: str, case_sets: int) -> tuple[Answers, ...]:
    """The answer keys of the first so many case sets."""
    exercise = load_assignment(assignment).exercise(name)
    return tuple(answer(exercise, SECRET, case_set) for case_set in range(case_sets))


@lru_cache
def mutants(assignment: str, name: str) -> tuple[Mutant, ...]:
    """All mutants of one exercise's reference, in the order in which they are found."""
    return tuple(mutants_of(load_assignment(assignment).exercise(name).reference))
