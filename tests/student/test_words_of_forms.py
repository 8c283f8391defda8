"""What came back in another form: the desk and the grader say so in the same few, exact words.

Every right answer is changed in every way that is known: the whole of it, and its first parts.
"""

import re
import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from autograder.authoring.rehearsal import judge
from autograder.exercise.answers import answer
from autograder.exercise.load import assignment_names, load_assignment
from autograder.records import CheckReport
from autograder.report.sentences import sentence
from autograder.report.words import told
from autograder.student.generate import write
from autograder.student.show import Row
from tests.conftest import SECRET
from tests.student.test_check import handed_in, load

Path = tuple[int | str, ...]
Change = Callable[[object], object]
FORMS = ("none", "structure", "shape", "told")
CONTRAST = re.compile(
    r"(?:expected|must return|must be) (?P<wanted>[^,;]+?)(?: at [^;]*)?[,;] "
    r"(?:got|it returned|it is) (?P<came>[^.]+?)(?: at [^.]*)?\."
)
MOST_PARTS = 3
MOST_WORDS = 60
"""Of one finding: where it is, what is wrong, and the nudge."""

OF_ANY: dict[str, Change] = {
    "None": lambda part: None,
    "text": lambda part: "ready",
    "a number": lambda part: 0.73104,
    "an array of None": lambda part: np.full(np.shape(part) or 2, None),
    "objects": lambda part: np.array([None, 0.5], dtype=object),
    "an array of text": lambda part: np.array(["a", "b"]),
    "ragged rows": lambda part: [[1.0], [1.0, 2.0]],
    "a set": lambda part: {1, 2},
    "a complex number": lambda part: 1j,
    "a function": lambda part: len,
    "nothing": lambda part: np.empty(0),
    "many axes": lambda part: np.full((2, 3, 4), 0.3),
    "in a tuple": lambda part: (part,),
    "in a dict": lambda part: {"value": part},
}
OF_ARRAYS: dict[str, Change] = {
    "an axis more": lambda part: np.asarray(part)[None],
    "flat": np.ravel,
    "turned": np.transpose,
    "a tuple of rows": tuple,
}
OF_SEVERAL: dict[str, Change] = {
    "one less": lambda parts: parts[:-1],
    "one more": lambda parts: (*parts, parts[0]),
    "the first alone": lambda parts: parts[0],
    "none of them": lambda parts: (),
    "a dict": lambda parts: {f"part {place}": part for place, part in enumerate(parts)},
}
OF_DICTS: dict[str, Change] = {
    "a key less": lambda parts: dict([*parts.items()][:-1]),
    "a key misspelled": lambda parts: {f"{key}_": part for key, part in parts.items()},
    "numbers for keys": lambda parts: dict(enumerate(parts.values())),
    "a tuple": lambda parts: tuple(parts.values()),
    "no keys": lambda parts: {},
    "long keys": lambda parts: {f"the gradient of {key}" * 3: p for key, p in parts.items()},
}


def paths(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every part of a result, and the whole, with its path."""
    yield path, value
    if type(value) is dict:
        for key, part in [*value.items()][:MOST_PARTS]:
            yield from paths(part, (*path, key))
    elif type(value) in (list, tuple) and not all(map(np.isscalar, value)):
        for place, part in enumerate(value[:MOST_PARTS]):
            yield from paths(part, (*path, place))


def replaced(value: object, path: Path, change: Change) -> object:
    """The same result with one part changed."""
    if not path:
        return change(value)
    step, *rest = path
    parts = dict(value) if type(value) is dict else list(value)
    parts[step] = replaced(parts[step], tuple(rest), change)
    return parts if type(value) is dict else type(value)(parts)


def changes(value: object) -> Iterator[tuple[str, Path, Change]]:
    """Everything that is done to a right answer."""
    for path, part in paths(value):
        kinds = OF_ANY
        if type(part) is dict:
            kinds = {**kinds, **OF_DICTS}
        elif type(part) in (list, tuple) and part:
            kinds = {**kinds, **OF_SEVERAL}
        elif isinstance(part, np.ndarray) and part.ndim:
            kinds = {**kinds, **OF_ARRAYS}
        for name, change in kinds.items():
            yield name, path, change


def changed(exercise, path: Path, change: Change):
    """The right program, whose answers are changed."""

    def answer_in_another_form(*arguments):
        return replaced(exercise.reference(*arguments), path, change)

    return handed_in(answer_in_another_form, exercise.name)


def plain_faults(exercise, words: str) -> Iterator[str]:
    """What is wrong with a sentence, whatever it is about."""
    if (found := CONTRAST.search(words)) and found["wanted"] == found["came"]:
        yield "wanted and came are the same"
    if "argument number" in words:
        yield "an argument has no name"
    if "()" in words and not exercise.asks_shapes:
        yield "a number has a shape"
    if any(f"{exercise.name}{place}" in words for place in exercise.places):
        yield "a part has a name, and its place is told"
    if re.search(r"array\(|dtype|Foreign|0x", words):
        yield "Python's own words"
    if len(words.split()) > MOST_WORDS:
        yield "too many words"
    if "examples on" in words and not (exercise.examples and "N" in exercise.axes.split()):
        yield "examples are spoken of, and there are none"


def disagreement(exercise, row: Row, check: CheckReport) -> str:
    """What the desk says otherwise; a nudge may differ, for it knows fewer slips."""
    record = exercise.check(check.name)
    decided = record.accept is None and record.own_inputs is None
    if decided and (row.state == "passed") != (check.status == "passed"):
        return f"{row.state} at the desk"
    if row.state == "passed" or check.fact is None or check.fact.kind not in FORMS:
        return ""
    same = without_numbers(row.fault).startswith(without_numbers(sentence(check.fact)))
    return "" if same else f"other words at the desk: {row.fault}"


def without_numbers(words: str) -> str:
    """The inputs are others, and so are the lengths."""
    return re.sub(r"\d+", "#", words)


@pytest.mark.nightly
@pytest.mark.parametrize("name", assignment_names())
def test_a_wrong_form_is_told_in_the_same_plain_words(name, tmp_path):
    write(load_assignment(name), tmp_path)
    helper, faults = load(tmp_path), []
    for exercise in load_assignment(name).graded:
        if exercise.trains:
            continue
        answers = answer(exercise, SECRET, 0)
        for what, path, change in changes(answers.wants[0][0]):
            function = changed(exercise, path, change)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                rows = {row.label: row for row in helper.judge(function).rows}
                checks = judge(answers, function).checks
            for check in checks:
                found = [*plain_faults(exercise, told(check))]
                if check.name in rows:
                    found.append(disagreement(exercise, rows[check.name], check))
                faults += [(exercise.name, what, path, told(check), one) for one in found if one]
    assert faults == []
