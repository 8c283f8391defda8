"""What does one more submission of each set cost? `python -m benchmarks.sets`

Right answers go through `autograder grade` with one worker, in a small and in a larger class; the
slope between the two is the processor time of a submission, start-up and references apart. Once
more with the functions left out that train a network: how long those take is the student's own
affair. Writes benchmarks/sets.json, and prints the table.
"""

import argparse
import inspect
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat

from autograder.course import course_secret
from autograder.exercise.load import assignment_names, load_assignment
from benchmarks.floor import calls_of
from tests.notebooks import answers_to, submission
from tests.test_contest import descend

HERE = Path(__file__).parent
KINDS = 4
"""Notebooks with other code, which meet other case sets: the same in both classes."""
ROW = "| {} | {} | {:.0f} | {:.0f} | {:.1f} |"
CONTEST = """

def spiral_network(X, y):
    return descend(X, y, np.random.default_rng(0))
"""


@dataclass(frozen=True)
class Cost:
    """The calls of one set, and the processor time of a submission in milliseconds."""

    assignment: str
    calls: int
    everything_ms: float
    without_training_ms: float


def main() -> None:
    """Measure each set, in turn, and write what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=assignment_names())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=40)
    given = parser.parse_args()
    rounds = [
        {name: both_costs(name, given.count) for name in given.sets} for _ in range(given.rounds)
    ]
    costs = [summary(name, [one[name] for one in rounds]) for name in given.sets]
    (HERE / "sets.json").write_text(json.dumps([asdict(one) for one in costs], indent=1) + "\n")
    print(table(costs))


def both_costs(name: str, count: int) -> tuple[float, float]:
    """Milliseconds of a submission of that set: with everything, and without what trains."""
    answers = answers_to(name)
    if "spiral_network" in answers:  # the model answer holds weights that were found before
        answers["spiral_network"] = inspect.getsource(descend) + CONTEST
    trained = {exercise.name for exercise in load_assignment(name).graded if exercise.trains}
    everything = cost(name, answers, count)
    if not trained:
        return everything, everything
    rest = {function: text for function, text in answers.items() if function not in trained}
    return everything, cost(name, rest, count)


def cost(name: str, answers: dict[str, str], count: int) -> float:
    """Milliseconds of processor that each submission beyond the first few takes."""
    small, whole = (effort(name, answers, size) for size in (KINDS, KINDS + count))
    return 1000 * (whole - small) / count


def effort(name: str, answers: dict[str, str], size: int) -> float:
    """Seconds of processor of one run on a class of that size, with all processes it starts."""
    with tempfile.TemporaryDirectory() as folder:
        hand_in(name, answers, size, Path(folder))
        command = ["grade", folder, "--assignment", name, "--out", f"{folder}/results", "--quiet"]
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "autograder.cli.main", *command, "--workers", "1"], check=True
        )
        after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def hand_in(name: str, answers: dict[str, str], size: int, folder: Path) -> None:
    """Write the class; no file is like another, so that each is graded."""
    last = list(answers)[-1]
    for number in range(size):
        kind = f"{answers[last]}\n# written by {number % KINDS}\n"
        text = nbformat.writes(submission(name, {**answers, last: kind}))
        (folder / f"student{number:04}.ipynb").write_text(text + " " * (number // KINDS) + "\n")


def summary(name: str, rounds: list[tuple[float, float]]) -> Cost:
    """The medians of the rounds."""
    exercises = load_assignment(name).graded
    everything, rest = (statistics.median(times) for times in zip(*rounds, strict=True))
    calls = sum(len(list(calls_of(exercise, course_secret()))) for exercise in exercises)
    return Cost(name, calls, round(everything, 1), round(rest, 1))


def table(costs: list[Cost]) -> str:
    """A row for each set; the last column compares with the first set, without training."""
    head = "| set | calls | ms | ms without training | times the first set |\n|---|" + "---:|" * 4
    first = costs[0].without_training_ms
    rows = [ROW.format(*asdict(one).values(), one.without_training_ms / first) for one in costs]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()
