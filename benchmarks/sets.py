"""What does one more submission of each set cost? `python -m benchmarks.sets`

Right answers go through the real pipeline, with one worker and everything warm: reading, sandbox,
judging, page and result. Counted is the processor time of all processes. Once more with the
functions left out that train a network: how long those take is the student's own affair. Writes
benchmarks/sets.json, and prints the table.
"""

import argparse
import inspect
import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

import nbformat

from autograder.course import course_secret
from autograder.exercise.load import assignment_names, load_assignment
from autograder.pipeline import Grader
from autograder.report.finish import Finish
from benchmarks.floor import calls_of
from tests.notebooks import answers_to, submission
from tests.test_contest import descend

HERE = Path(__file__).parent
KINDS = 4
"""Notebooks with other code, which meet other case sets; those are computed before."""
TICKS = os.sysconf("SC_CLK_TCK")
CONTEST = """

def spiral_network(X, y):
    return descend(X, y, np.random.default_rng(0))
"""
ROW = "| {} | {} | {:.0f} | {:.0f} | {:.1f} |"


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
    costs = []
    for name in given.sets:
        costs.append(summary(name, measured(name, given.rounds, given.count)))
        print(costs[-1], flush=True)
    (HERE / "sets.json").write_text(json.dumps([asdict(one) for one in costs], indent=1) + "\n")
    print(table(costs))


def measured(name: str, rounds: int, count: int) -> list[tuple[float, float]]:
    """Milliseconds of a submission, round after round: with everything, and without training."""
    trained = {exercise.name for exercise in load_assignment(name).graded if exercise.trains}
    with tempfile.TemporaryDirectory() as folder, Grader(name, workers=1) as grader:
        ways = [hand_in(name, answers_of(name), Path(folder, "everything"))]
        if trained:
            ways.append(hand_in(name, answers_of(name, trained), Path(folder, "rest")))
        for paths in ways:
            effort(grader, paths, KINDS)
        seen = [[effort(grader, paths, count) for paths in ways] for _ in range(rounds)]
    return [(1000 * times[0] / count, 1000 * times[-1] / count) for times in seen]


def answers_of(name: str, left_out: frozenset[str] | set[str] = frozenset()) -> dict[str, str]:
    """Right answers, some left out; the contest's trains, where the model answer knows weights."""
    answers = answers_to(name)
    if "spiral_network" in answers:
        answers["spiral_network"] = inspect.getsource(descend) + CONTEST
    return {function: text for function, text in answers.items() if function not in left_out}


def hand_in(name: str, answers: dict[str, str], folder: Path) -> list[Path]:
    """Write the notebooks of a class; all that differs is a comment."""
    folder.mkdir()
    last = list(answers)[-1]
    paths = [folder / f"student{number}.ipynb" for number in range(KINDS)]
    for path in paths:
        given = {**answers, last: f"{answers[last]}\n# handed in by {path.stem}\n"}
        nbformat.write(submission(name, given), path)
    return paths


def effort(grader: Grader, paths: Sequence[Path], count: int) -> float:
    """Seconds of processor that so many submissions take, in all processes."""
    before = spent(os.getpid())
    handed_in = (grader.read(path, path.stem) for path in islice(cycle(paths), count))
    for _ in grader.grade_all(handed_in, Finish("benchmark")):
        pass
    return spent(os.getpid()) - before


def spent(process: int) -> float:
    """Seconds of processor of a process, of those that it started, and of those that ended."""
    return sum(_times(stat) for stat in _family(process)) / TICKS


def _family(process: int) -> Iterator[list[str]]:
    """What the kernel says of a process and of all below it: the fields behind its name."""
    stats = {int(path.parent.name): _fields(path) for path in Path("/proc").glob("[0-9]*/stat")}
    waiting = [process]
    while waiting:
        parent = waiting.pop()
        yield stats[parent]
        waiting += [child for child, fields in stats.items() if fields[1:2] == [str(parent)]]


def _fields(path: Path) -> list[str]:
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended, and its parent knows what it took
        return []


def _times(stat: list[str]) -> int:
    """Ticks of its own, for itself and in the kernel, and of the children that it waited for."""
    return sum(map(int, stat[11:15]))


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
