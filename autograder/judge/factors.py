"""A known mistake with a factor on top: its values times −1, 2, ½, N or 1/N."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise.answers import Answers, lengths_of
from autograder.exercise.compare import Array, Tolerance, compare, leaves, numbers, part_of
from autograder.exercise.plain_data import Tree
from autograder.exercise.spec import Check

BY_NUMBER = {
    "sign": (-1.0, "And the sign is the other way round."),
    "times-2": (2.0, "And it is twice as large as it should be."),
    "half": (0.5, "And it is half of that."),
}
BY_BATCH = {
    "times-n": (1, "And it is N times too large: is the 1/N missing?"),
    "over-n": (-1, "And it is divided by N once more."),
}


def named_with_factor(
    answers: Answers, check: Check, results: Sequence[Tree]
) -> tuple[str, str] | None:
    """(slug, sentence) of the mistake that the part of these results is a multiple of, always."""
    values = [part_of(result, check.part) for result in results]
    by_case = answers.mistaken_for(check, results)
    factors = factors_of(answers, check)
    for mistake in answers.exercise.mistakes:
        if mistake.loses and check.name not in mistake.loses:
            continue
        if any(mistake.name not in known for known in by_case):
            continue
        mistaken = [known[mistake.name] for known in by_case]
        ratios = [_ratio(*pair) for pair in zip(values, mistaken, strict=True)]
        for slug, (times, words) in factors.items():
            if np.allclose(ratios, times, rtol=1e-4, atol=0) and all(
                _agrees(value, base, factor, check.tolerance)
                for value, base, factor in zip(values, mistaken, times, strict=True)
            ):
                return f"{mistake.name}+{slug}", f"{mistake.sentence} {words}"
    return None


def factors_of(answers: Answers, check: Check) -> dict[str, tuple[list[float], str]]:
    """Each factor on each case of a check, with its words."""
    cases = answers.groups[answers.exercise.draw_of(check)]
    return _factors([lengths_of(answers.exercise, case) for case in cases])


def divided(value: Any, factor: float) -> Tree:
    """A result, its numbers divided by a factor; what is not a number stays as it is."""
    if type(value) in (list, tuple):
        return type(value)(divided(part, factor) for part in value)
    if type(value) is dict:
        return {key: divided(part, factor) for key, part in value.items()}
    return value if (array := numbers(value)) is None else array / factor


def _factors(sizes: Sequence[Mapping[str, int]]) -> dict[str, tuple[list[float], str]]:
    """Each factor on each case; those of the batch only where there is one."""
    found = {slug: ([number] * len(sizes), words) for slug, (number, words) in BY_NUMBER.items()}
    if max((size.get("N", 1) for size in sizes), default=1) > 1:
        for slug, (power, words) in BY_BATCH.items():
            found[slug] = ([float(size.get("N", 1)) ** power for size in sizes], words)
    return found


def _ratio(value: Tree, base: Tree) -> float:
    """The first leaf's ratio at its largest entry; nan where they cannot be compared."""
    _, got, known = next(iter(leaves(value, base)))
    left, right = numbers(got), numbers(known)
    if left is None or right is None or left.size != right.size or not right.any():
        return float("nan")
    largest = np.abs(right).argmax()
    return float(left.flat[largest] / right.flat[largest])


def _agrees(value: Tree, base: Tree, factor: float, tolerance: Tolerance) -> bool:
    pairs = [(numbers(got), numbers(known)) for _, got, known in leaves(value, base)]
    return all(
        left is not None and right is not None and _close(left, factor * right, tolerance)
        for left, right in pairs
    )


def _close(left: Array, right: Array, tolerance: Tolerance) -> bool:
    return compare(left, right, tolerance).agrees
