"""5.8 Early stopping: the epoch whose weights to keep, from the validation losses."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from autograder.exercise import LABEL, Arguments, Check, Exercise, Function, Mistake, Sizes
from solutions import bike_sharing

PATIENCES = (3, 4, 5)


def late_minimum(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(valid, patience): lower losses come, the first of them one epoch after patience ran out.

    Between them wait epochs at which other rules than the right one stop, each at its own.
    """
    patience = int(rng.choice(PATIENCES))
    fall = _fall(rng, patience)
    best, second, third, fourth = fall[-1] - np.cumsum([0, *rng.uniform(0.1, 0.15, 3)])
    rising = third + np.sort(rng.uniform(0.01, 0.1, patience))
    waiting = second + rng.uniform(0.03, 0.2, patience)
    losses = [
        *(*fall, *_above(rng, best, patience - 1), best, second),
        *(waiting[0], second, *waiting[1:], third),
        *(third, *rising, fourth, *_above(rng, fourth, 1)),
    ]
    return _rounded(losses), patience


def minimum_in_time(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(valid, patience): a lower loss comes in the last epoch of patience, then the end."""
    patience = int(rng.choice(PATIENCES))
    fall = _fall(rng, patience)
    best, lower = fall[-1], fall[-1] - rng.uniform(0.1, 0.15)
    tail = _above(rng, lower, int(rng.integers(2, patience)))
    return _rounded([*fall, *_above(rng, best, patience - 2), best, lower, *tail]), patience


def _above(rng: np.random.Generator, best: float, epochs: int) -> list[float]:
    """Draw losses above the best one: up, and then down towards it."""
    return [best + x for x in sorted(rng.uniform(0.05, 0.2, epochs), reverse=True)]


def _fall(rng: np.random.Generator, bumps: int) -> list[float]:
    """Draw losses that fall for long, with bumps of one epoch; or one that is the best at once."""
    losses = [float(rng.uniform(7.4, 7.6))]
    falls = rng.permutation([True] * bumps + [False] * int(rng.integers(20, 50)))
    for bump in falls if rng.random() < 0.5 else ():
        losses += [losses[-1] + rng.uniform(0.01, 0.05)] if bump else []
        losses.append(losses[-1] - rng.uniform(0.07, 0.13))
    return losses


def _rounded(losses: Sequence[float]) -> list[float]:
    return [round(float(loss), 3) for loss in losses]


def falls_then_rises(cases: Sequence[Arguments]) -> bool:
    """Whether the losses fall in the first case, and are best at once in the other."""
    first, second = (_falls(*case) for case in cases)
    return first and not second


def _falls(valid: list[float], patience: int) -> bool:
    """Whether the first loss is not the best for long."""
    return min(valid[:patience]) < valid[0]


def oracle(valid: list[float], patience: int) -> int:
    """Look for the first stretch of `patience` epochs that all lie at or above what was before."""
    lowest = np.minimum.accumulate(valid)
    stops = (
        epoch
        for epoch in range(patience, len(valid))
        if min(valid[epoch - patience + 1 : epoch + 1]) >= lowest[epoch - patience]
    )
    return int(np.argmin(valid[: next(stops, len(valid)) + 1])) + 1


def best_of_all(valid: list[float], patience: int) -> int:
    """Look at all epochs, also at those after the stop."""
    return int(np.argmin(valid)) + 1


def from_zero(valid: list[float], patience: int) -> int:
    """Count epochs from 0."""
    return oracle(valid, patience) - 1


def last_epoch(valid: list[float], patience: int) -> int:
    """Return where training stopped."""
    best = oracle(valid, patience)
    return min(best + patience, len(valid))


def counts_in_total(valid: list[float], patience: int) -> int:
    """Count all failures, in a row or not."""
    failures = np.cumsum([x >= min(valid[:i], default=np.inf) for i, x in enumerate(valid)])
    seen = int(np.sum(failures < patience)) + 1
    return int(np.argmin(valid[:seen])) + 1


def compared_with_the_last(valid: list[float], patience: int) -> int:
    """Count rises in a row: compare with the epoch before."""
    rises = [False, *(later >= earlier for earlier, later in pairwise(valid))]
    for epoch in range(patience - 1, len(valid)):
        if all(rises[epoch - patience + 1 : epoch + 1]):
            return int(np.argmin(valid[: epoch + 1])) + 1
    return best_of_all(valid, patience)


def with_equals(count: Callable[[int], int]) -> Function:
    """Let an equal loss make another count of what was waited."""

    def stop_epoch(valid: list[float], patience: int) -> int:
        best, waited = 0, 0
        for epoch in range(1, len(valid)):
            if valid[epoch] < valid[best]:
                best, waited = epoch, 0
            else:
                waited = count(waited) if valid[epoch] == valid[best] else waited + 1
            if waited == patience:
                break
        return best + 1

    return stop_epoch


def last_of_equals(valid: list[float], patience: int) -> int:
    """Take an equal loss for a better one."""
    best, waited = 0, 0
    for epoch, loss in enumerate(valid):
        best, waited = (epoch, 0) if loss <= valid[best] else (best, waited + 1)
        if waited == patience:
            break
    return best + 1


def compared_with_the_first(valid: list[float], patience: int) -> int:
    """Never write the lowest loss down, only its epoch."""
    best, waited = 0, 0
    for epoch in range(1, len(valid)):
        best, waited = (epoch, 0) if valid[epoch] < valid[0] else (best, waited + 1)
        if waited == patience:
            break
    return best + 1


def stopped_at(valid: list[float], patience: int) -> int:
    """Say in which epoch training stopped: the last one where it never does."""
    lowest = np.minimum.accumulate(valid)
    for epoch in range(patience, len(valid)):
        if min(valid[epoch - patience + 1 : epoch + 1]) >= lowest[epoch - patience]:
            return epoch + 1
    return len(valid)


def last_where_it_goes_on(valid: list[float], patience: int) -> int:
    """Return the last epoch where training never stops."""
    best = oracle(valid, patience)
    return best if best + patience <= len(valid) else len(valid)


def falling_example(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """A case whose losses fall for a while."""
    while True:
        case = late_minimum(rng, sizes)
        if _falls(*case):
            return case


EXERCISE = Exercise(
    reference=bike_sharing.stop_epoch,
    draw=late_minimum,
    oracle=oracle,
    reveal=r"""
The best epoch is found while you walk, never afterwards: what comes after the stop has not been
seen. The count starts again with every new best loss.
""",
    checks=(
        Check("stops", 0.5, tolerance=LABEL),
        Check("goes on", 0.5, tolerance=LABEL, draw=minimum_in_time),
    ),
    decides=falls_then_rises,
    example=falling_example,
    mistakes=(
        Mistake(
            "best-of-all",
            best_of_all,
            "This is the lowest loss of all. "
            "Would you have seen that epoch, had you stopped when patience ran out?",
            loses=("stops",),
        ),
        Mistake("from-zero", from_zero, "This is one epoch too early. Which number has the first?"),
        Mistake(
            "last-epoch",
            last_epoch,
            "This is the epoch in which training stopped. The one with the best loss is asked for.",
        ),
        Mistake(
            "compared-with-the-first",
            compared_with_the_first,
            "Each loss is compared with the first one. Where is the lowest so far written down?",
        ),
        Mistake(
            "patience-taken-off",
            lambda valid, patience: stopped_at(valid, patience) - patience,
            "This is right only where patience runs out. Which epoch was the best at the end?",
            loses=("goes on",),
        ),
        Mistake(
            "last-where-it-goes-on",
            last_where_it_goes_on,
            "Where patience never runs out, this is the last epoch. Which one was the best?",
            loses=("goes on",),
        ),
        Mistake(
            "loss-for-epoch",
            lambda valid, patience: valid[oracle(valid, patience) - 1],
            "This is the lowest loss. Its epoch is asked for.",
        ),
        Mistake(
            "counts-in-total",
            counts_in_total,
            "Every epoch without a new best loss counts here. What does “in a row” ask for?",
        ),
        Mistake(
            "one-too-late",
            lambda valid, patience: oracle(valid, patience + 1),
            "Training goes on for an epoch longer than patience allows. "
            "In which epoch is the last chance?",
            loses=("stops",),
            twins=("equal-not-counted",),
        ),
        Mistake(
            "one-too-soon",
            lambda valid, patience: oracle(valid, patience - 1),
            "Training stops an epoch before patience has run out. "
            "In which epoch is the last chance?",
            loses=("goes on",),
        ),
        Mistake(
            "equal-starts-anew",
            with_equals(lambda waited: 0),
            "An equal loss starts the count anew. Is it below the best so far?",
            loses=("stops",),
            twins=("compared-with-the-last",),
        ),
        Mistake(
            "equal-not-counted",
            with_equals(lambda waited: waited),
            "An epoch with an equal loss is not counted. Is it below the best so far?",
            loses=("stops",),
            twins=("one-too-late",),
        ),
        Mistake(
            "compared-with-the-last",
            compared_with_the_last,
            "Each loss is compared with the one before it. With which one should it be compared?",
            loses=("stops",),
            twins=("equal-starts-anew",),
        ),
        Mistake(
            "last-of-equals",
            last_of_equals,
            "An equal loss was taken for a better one. What does “below the best so far” ask for?",
            loses=("stops",),
        ),
    ),
)
