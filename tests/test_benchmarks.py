"""The benchmarks: what they say follows from what they measured; they run on today's records."""

import os
import subprocess
import sys

from autograder.course import course_secret
from autograder.exercise.load import load_assignment
from benchmarks import floor, processes, sets
from benchmarks.__main__ import NAMES, SMALL, compared, summary, table
from benchmarks.hand_ins import ASSIGNMENT, FULL_LOSSES, given_answers

WHOLE = 40
STARTS = {"stock": 2.0, "nbgrader": 3.0, "autograder": 1.0, "floor": 0.0}
EACH = {"stock": 1.5, "nbgrader": 0.05, "autograder": 0.01, "floor": 0.005}
FEEDBACK = {"stock": 0.5, "nbgrader": 0.02}


def times(way, count):
    found = {"grade": STARTS[way] + count * EACH[way], "grade_cpu": 2 * count * EACH[way]}
    if way in FEEDBACK:
        found |= {"feedback": count * FEEDBACK[way], "feedback_cpu": count * FEEDBACK[way]}
    return found


def test_the_ways_are_compared_by_what_one_more_submission_takes():
    """Start-up apart; each line names the two that it compares."""
    taken = {way: {"small": [times(way, SMALL)], "whole": [times(way, WHOLE)]} for way in NAMES}
    ways = summary(taken, WHOLE)
    assert ways["nbgrader"]["startup_ms"] == 3000
    assert ways["autograder"]["marginal_ms"] == 10
    assert ways["stock"]["cpu_marginal_ms"] == 3000
    assert ways["nbgrader"]["feedback_marginal_ms"] == 20
    found = {"first_ms": 30.0, "later_ms": 0.6}
    lines = compared({"ways": ways, "with plots": ways, "look-up of failures": found}).splitlines()
    assert lines[0] == "ways: (b) against (a): 30 times faster, 30 in processor time"
    assert lines[1] == "ways: its feedback: 25 times faster, 25 in processor time"
    assert lines[2] == "ways: (c) against (a): 150 times faster, 150 in processor time"
    assert lines[3] == "ways: (d) against (c): 2 times faster, 2 in processor time"
    assert lines[-1] == "slips are looked up in 0.6 ms, first 30 ms"
    assert "| (c) autograder grade | 1.0 s | 10.0 ms | 150 | in it |" in table(ways)


def test_the_floor_makes_the_calls_that_grading_makes():
    """With arguments that the functions can be called with, functions among them."""
    exercises = load_assignment(ASSIGNMENT).exercises
    for exercise in exercises:
        for name, arguments in floor.calls_of(exercise, course_secret()):
            assert name == exercise.name
            exercise.reference(*arguments)


def test_the_class_that_hands_in_has_the_functions_of_the_course():
    """Right, in another style, and wrong."""
    names = {exercise.name for exercise in load_assignment(ASSIGNMENT).exercises}
    for number in range(processes.KINDS):
        assert given_answers(number).keys() <= names
    assert names.issuperset(FULL_LOSSES)


def test_each_set_is_compared_with_the_first_apart_from_training():
    """Medians of the rounds, so that one slow one says nothing."""
    rounds = [(30.0, 30.0), (31.0, 31.0), (90.0, 90.0)]
    first = sets.summary("ps1_derivatives", rounds)
    second = sets.summary("ps6_softmax_networks", [(99.0, 62.0)])
    assert (first.everything_ms, first.without_training_ms) == (31.0, 31.0)
    assert min(first.calls, second.calls) > 2 * 13  # of each function several
    rows = sets.table([first, second]).splitlines()
    assert rows[2].endswith("| 31 | 31 | 1.0 |")
    assert rows[3].endswith("| 99 | 62 | 2.0 |")


def test_a_class_differs_in_a_comment_so_that_it_meets_several_case_sets(tmp_path):
    """And what trains is left out where that is asked."""
    name = "ps9_depth_lab"
    answers = sets.answers_of(name, {"spiral_network"})
    texts = [path.read_text() for path in sets.hand_in(name, answers, tmp_path / "class")]
    assert len({*texts}) == sets.KINDS
    assert "descend" in sets.answers_of(name)["spiral_network"]
    assert not any("descend" in text for text in texts)


def test_the_processor_time_of_processes_that_ended_is_counted():
    """As forks of a sandbox do: what they took is known to the one that started them."""
    before = sets.spent(os.getpid())
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
    assert sets.spent(os.getpid()) - before >= 0.25
