"""Mistakes that any gradient can have, each known by what it does to the numbers.

A rule is given one wrong part on every case; it returns its sentence if it explains all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.exercise.compare import Array, Tolerance, compare


@dataclass(frozen=True)
class Pair:
    """One part on one case: what came back and what was wanted, as numbers.

    `whole`: the student's array holds integers. `sizes`, `scalars`: those of the case.
    """

    got: Array
    want: Array
    whole: bool
    sizes: Mapping[str, int]
    scalars: Mapping[str, float]
    tolerance: Tolerance

    def would_agree(self, fixed: Array) -> bool:
        """Whether this array, made from the student's, is the right one. Shapes count."""
        same = fixed.shape == self.want.shape
        return same and compare(fixed, self.want, self.tolerance).agrees

    def is_times(self, factor: float) -> bool:
        """Whether the result is the right one times a factor."""
        same = self.got.shape == self.want.shape or self.want.ndim == 0
        with np.errstate(all="ignore"):  # a right value may be infinite
            return same and compare(self.got, factor * self.want, self.tolerance).agrees


Pairs = Sequence[Pair]
Rule = Callable[[Pairs], str]


def _nonfinite(pairs: Pairs) -> str:
    lost = any((~np.isfinite(p.got)).any() and np.isfinite(p.want).all() for p in pairs)
    return "Did something overflow, or was it divided by zero?" if lost else ""


def _truncated(pairs: Pairs) -> str:
    cut = all(p.whole and np.array_equal(p.got, np.trunc(p.want)) for p in pairs)
    return "The decimals are cut off: is it kept in an array of integers?" if cut else ""


def _zeros(pairs: Pairs) -> str:
    words = "All of it is 0: is it ever filled in, or is some factor always 0?"
    return "" if any(p.got.any() for p in pairs) else words


def _constant(pairs: Pairs) -> str:
    first = pairs[0].got
    fixed = all(np.array_equal(p.got, first) for p in pairs)
    varied = any(not np.array_equal(p.want, pairs[0].want) for p in pairs)
    if len({x for p in pairs for x in p.got.flat}) == 1:  # one number, in arrays of any shape
        fixed, varied = True, len({x for p in pairs for x in p.want.flat}) > 1
    words = "It is the same whatever the inputs are: was it typed in as a number?"
    return words if fixed and varied else ""


def _times(factor: float, words: str) -> Rule:
    return lambda pairs: words if all(p.is_times(factor) for p in pairs) else ""


def _batch(power: int, words: str) -> Rule:
    """The batch size N as a factor, or as a divisor; a batch of one fits both."""

    def rule(pairs: Pairs) -> str:
        largest = max(pair.sizes.get("N", 1) for pair in pairs)
        fits = all(pair.is_times(float(pair.sizes.get("N", 1)) ** power) for pair in pairs)
        size = "large" if power > 0 else "small"
        fact = f"It is {largest} times too {size}, and the batch has {largest} examples: "
        return fact + words if fits and largest > 1 else ""

    return rule


def _wrong_count(pairs: Pairs) -> str:
    """Divided by the length of another axis, instead of by N or besides it."""
    for axis in sorted(set(pairs[0].sizes) - {"N"}):
        for batch in ("N", ""):
            ratios = [p.sizes.get(batch, 1) / p.sizes[axis] for p in pairs]
            if all(p.is_times(ratio) for p, ratio in zip(pairs, ratios, strict=True)):
                divided = f"It is divided by {pairs[0].sizes[axis]}"
                if batch in pairs[0].sizes:
                    return f"{divided} instead of by the number of examples."
                return f"{divided}: is it averaged over the wrong things?"
    return ""


def _rate(power: int, words: str) -> Rule:
    def rule(pairs: Pairs) -> str:
        rates = [pair.scalars.get("learning_rate", 0.0) for pair in pairs]
        known = all(rates) and all(
            p.is_times(rate**power) for p, rate in zip(pairs, rates, strict=True)
        )
        return words if known else ""

    return rule


def _scaled(pairs: Pairs) -> str:
    """One factor for all. On one case it is told only where it is simple: noise is not."""
    top = max(pairs, key=lambda pair: np.abs(pair.want).max(initial=0))
    seen = sum(np.count_nonzero(p.want) for p in pairs)
    if seen < 2 or top.got.shape != top.want.shape:
        return ""
    largest = np.abs(top.want).argmax()
    factor = float(top.got.flat[largest] / top.want.flat[largest])
    told = f"{factor:.3g}"
    several = sum(bool(p.want.any()) for p in pairs) > 1
    if told == "1" or not (several or _is_simple(factor)):
        return ""
    return _times(factor, f"Everywhere it is {told} times what it should be.")(pairs)


def _is_simple(factor: float) -> bool:
    """A whole number, or one over a whole number, up to 12."""
    size = max(abs(factor), 1 / abs(factor)) if factor else 0.0
    return 1 <= size <= 12 and bool(np.isclose(size, round(size), rtol=1e-6))


def _rounded(pairs: Pairs) -> str:
    if not any((p.got % 1).any() for p in pairs):
        return ""
    for digits in range(1, 7):
        half = 0.5000001 * 10.0**-digits
        if all(
            p.got.shape == p.want.shape
            and np.allclose(p.got, np.round(p.got, digits), rtol=0, atol=1e-12)
            and (np.abs(p.got - p.want) <= half).all()
            for p in pairs
        ):
            decimals = "1 decimal" if digits == 1 else f"{digits} decimals"
            return f"It is rounded to {decimals}: return the number as it was computed."
    return ""


def _transposed(pairs: Pairs) -> str:
    turned = any(p.got.ndim > 1 for p in pairs) and all(p.would_agree(p.got.T) for p in pairs)
    return "It is the transpose of the right one: what does each row stand for?" if turned else ""


def _axis(sign: int, words: str) -> Rule:
    """Right numbers with axes of length 1 too many (sign 1) or too few (sign −1)."""

    def rule(pairs: Pairs) -> str:
        found = [compare(p.got, p.want, p.tolerance).problem for p in pairs]
        side = any((p.got.ndim - p.want.ndim) * sign > 0 for p in pairs)
        return words if set(found) <= {"", "orientation"} and side else ""

    return rule


def _reordered(pairs: Pairs) -> str:
    same = all(
        p.got.size == p.want.size
        and p.would_agree(np.sort(p.got, axis=None)[_ranks(p.want)].reshape(p.want.shape))
        for p in pairs
    )
    return "The numbers are right, but in other places." if same else ""


def _not_summed(pairs: Pairs) -> str:
    one = all(p.want.size == 1 for p in pairs) and any(p.got.size > 1 for p in pairs)
    if one and _same_total(pairs):
        return "It still has several entries, where one number is asked for: sum or average them."
    if not _has_batch(pairs):
        return ""
    for axis in range(pairs[0].got.ndim):
        for keep in (False, True):
            for gather, verb in ((np.sum, "sum"), (np.mean, "average")):
                if all(
                    p.got.ndim > axis and p.would_agree(gather(p.got, axis=axis, keepdims=keep))
                    for p in pairs
                ):
                    return f"It still has an entry for each example: {verb} over the batch."
    return ""


def _summed_all(pairs: Pairs) -> str:
    one = all(p.got.size == 1 for p in pairs) and any(p.want.size > 1 for p in pairs)
    total = one and _same_total(pairs)
    words = "It is summed or averaged over everything"
    if _has_batch(pairs) and not _keeps_examples(pairs):
        words += ": which axis are the examples on?"
    else:
        words += ", and the result has several entries. What does each of them stand for?"
    return words if total else ""


def _wrong_axis(pairs: Pairs) -> str:
    other = any(p.got.shape != p.want.shape for p in pairs)
    several = any(p.want.size > 1 for p in pairs)
    words = "It is summed over the wrong axis: which one are the examples on?"
    if _keeps_examples(pairs):
        words = "It is summed over an axis, and every example has a result of its own."
    return words if _has_batch(pairs) and other and several and _same_total(pairs) else ""


def _keeps_examples(pairs: Pairs) -> bool:
    """Whether the right result has an axis for the examples."""
    return _has_batch(pairs) and all(p.sizes["N"] in p.want.shape for p in pairs)


def _has_batch(pairs: Pairs) -> bool:
    """Whether there are examples to sum over."""
    return any("N" in p.sizes for p in pairs)


def _only(index: int, words: str) -> Rule:
    """All zero, but for the first (0) or last (−1) slice along some axis, which is right."""

    def kept(pair: Pair, axis: int) -> Array:
        at = range(pair.want.shape[axis])[index]
        mask = np.zeros_like(pair.want)
        np.moveaxis(mask, axis, 0)[at] = 1
        return mask * pair.want

    def rule(pairs: Pairs) -> str:
        for axis in range(min(p.want.ndim for p in pairs)):
            if all(
                p.got.shape == p.want.shape
                and p.want.size
                and compare(p.got, kept(p, axis), p.tolerance).agrees
                for p in pairs
            ):
                return words
        return ""

    return rule


def _same_total(pairs: Pairs) -> bool:
    return any(
        all(p.got.size and compare(f(p.got), f(p.want), p.tolerance).agrees for p in pairs)
        for f in (np.sum, np.mean)
    )


def _ranks(array: Array) -> np.ndarray:
    """The place of each entry in the sorted order."""
    return np.argsort(np.argsort(array, axis=None))


# From the most telling to the least: the first that explains every case is said.
RULES: dict[str, Rule] = {
    "nonfinite": _nonfinite,
    "truncated": _truncated,
    "zeros": _zeros,
    "rounded": _rounded,
    "constant": _constant,
    "sign": _times(-1, "The sign is the wrong way round: what is subtracted from what?"),
    "times-2": _times(
        2, "It is twice as large as it should be: where does a factor 2 or ½ belong?"
    ),
    "half": _times(0.5, "It is half of what it should be: where does a 2 or a ½ belong?"),
    "times-n": _batch(1, "is the 1/N missing?"),
    "over-n": _batch(-1, "is it divided by N once too often?"),
    "learning-rate-missing": _rate(-1, "Is the learning rate in it?"),
    "learning-rate-twice": _rate(1, "Is the learning rate in it twice?"),
    "wrong-count": _wrong_count,
    "scaled": _scaled,
    "transposed": _transposed,
    "extra-axis": _axis(1, "The numbers are right, with an axis of length 1 too many."),
    "missing-axis": _axis(-1, "The numbers are right, with an axis of length 1 too few."),
    "reordered": _reordered,
    "not-summed": _not_summed,
    "summed-all": _summed_all,
    "wrong-axis": _wrong_axis,
    "only-last": _only(-1, "Only the last one is filled in: is the rest overwritten?"),
    "only-first": _only(0, "Only the first one is filled in: does the loop end too early?"),
}
