"""What the checks of one exercise show at the desk, and the slip that gives such values."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.exercise.compare import FORMULA, Keys, Step, Tolerance, conform, part_of, parts_of
from autograder.exercise.linear import Linear
from autograder.exercise.own_lines import own_lines
from autograder.exercise.plain_data import Tree
from autograder.judge.agreement import compare_rights
from autograder.judge.diagnose import Seen, state_fact
from autograder.judge.slips.look_up import Asked, from_bytes, look_up
from autograder.student.handed_out import value_of


def seen_of(record: Any, exercise: Any, results: Sequence[Tree]) -> list[Seen]:
    """What each case of a check showed; nothing where the part is not there.

    `results` are those of all cases of the exercise.
    """
    cases = [exercise["cases"][i] for i in record["cases"]]
    values = [results[i] for i in record["cases"]]
    whole = [value_of(case["want"]) for case in cases]
    try:
        got = parts_of(values, whole, steps_of(record))
        if record["inputs"]:
            conform(values[0], whole[0])
        lines = [own_lines(*pair) for pair in zip(values, whole, strict=True)]
    except (LookupError, TypeError, ValueError):
        return []
    wrong = _mistaken(record, lines)
    rights = [[part_of(want, steps_of(record)) for want in whole], *map(value_of, record["also"])]
    if record["given"]:
        rights = [_on_lines(record["given"], lines)]
    tolerance = Tolerance(*record["tolerance"])
    chosen, found = compare_rights(got, rights, lambda: wrong, tolerance)
    return [
        Seen(got[i], chosen[i], found[i], case["sizes"], case["scalars"], wrong[i], tolerance)
        for i, case in enumerate(cases)
    ]


def _mistaken(record: Any, lines: Sequence[Tree]) -> list[dict[str, Tree]]:
    """What known mistakes give on each case, also those that go on from the student's own lines."""
    found = {slug: value_of(values) for slug, values in record["mistakes"].items()}
    on_lines = {slug: values for slug, values in record["mistaken"].items() if values}
    found |= {slug: _on_lines(values, lines) for slug, values in on_lines.items()}
    return [{slug: found[slug][i] for slug in found} for i in range(len(lines))]


def _on_lines(given: Any, lines: Sequence[Tree]) -> list[Tree]:
    maps = [Linear(value_of(one["base"]), tuple(map(tuple, one["entries"]))) for one in given]
    return [wanted(own) for wanted, own in zip(maps, lines, strict=True)]


def seen_elsewhere(record: Any, exercise: Any, results: Sequence[Tree]) -> list[Seen]:
    """What other checks of the same part showed."""
    return [
        case
        for other in exercise["checks"]
        if other is not record and _is_compared(other) and other["part"] == record["part"]
        for case in seen_of(other, exercise, results)
    ]


def slip_of(record: Any, exercise: Any, results: Sequence[Tree]) -> str:
    """The sentence about the slip that gives the values of a failed check; empty without one.

    What was handed out holds fingerprints of the slips' values; damaged, it names nothing.
    """
    seen = {
        other["name"]: seen_of(other, exercise, results)
        for other in exercise["checks"]
        if _is_compared(other)
    }
    wrong = {name: [case.got for case in cases] for name, cases in seen.items() if _tells(cases)}
    try:
        handed = exercise["slips"]
        names, rows = handed["checks"], from_bytes(b64decode(handed["rows"]))
    except Exception:  # whatever a cut or edited file holds there
        return ""
    known = {other["name"]: other for other in exercise["checks"]}
    found = look_up(rows, 0, [_asked(name, known, seen) for name in names], wrong)
    return found[record["name"]].sentence if record["name"] in found else ""


def steps_of(record: Any) -> tuple[Step, ...]:
    """The path to the part that a check looks at."""
    return tuple(map(_step, record["part"]))


def _step(step: Any) -> Step:
    if isinstance(step, dict):
        return Keys(*step["keys"])
    return slice(*step) if isinstance(step, list) else step


def _is_compared(record: Any) -> bool:
    """Whether a check is compared with the reference's values on the public inputs."""
    return not (record["expects"] or record["accept"] or record["inputs"] or record["given"])


def _tells(cases: Sequence[Seen]) -> bool:
    """Whether a check failed by its values."""
    wrong = next((case for case in cases if not case.comparison.agrees), None)
    return wrong is not None and state_fact("", wrong).kind in ("values", "nonfinite", "shape")


def _asked(name: str, records: Mapping[str, Any], seen: Mapping[str, Sequence[Seen]]) -> Asked:
    """A check as the rows know it; one that the desk leaves to the grader is never asked for."""
    if not seen.get(name):
        return Asked(name, (name, "at the grader"), FORMULA, ())
    record = records[name]
    wants = [case.want for case in seen[name]]
    return Asked(name, steps_of(record), Tolerance(*record["tolerance"]), wants)
