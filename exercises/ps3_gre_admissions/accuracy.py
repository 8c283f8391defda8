"""3.9 How often is it right? A share, from features (N, D), targets (N,) and the weights."""

from collections.abc import Callable

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    Sizes,
)
from solutions import gre_admissions

from .draws import batch
from .network import Array, logistic, outputs


def draw(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw records of which some, but not half, are judged rightly.

    A share of few records takes few values: 4N + 1 records tell more mistakes apart.
    """
    count = 1 if sizes["N"] == 1 else 4 * sizes["N"] + 1
    while True:
        drawn = batch(rng, {**sizes, "N": count})
        y_hat = outputs(drawn[0], *drawn[2:])
        out = np.log(y_hat / (1 - y_hat))
        if np.abs(out).min() > 0.05 and (count == 1 or _tells_apart(drawn[1], out)):
            return drawn


def _tells_apart(y: Array, out: Array) -> bool:
    """Whether the right share differs from what other ways of counting give."""
    right = (out > 0) == y
    counts = [right.sum(), (~right).sum(), (right & (y == 1)).sum(), y.sum(), (y == 0).sum()]
    counts += [((out > limit) == y).sum() for limit in (-1.0, 0.5)]
    own = [((out > limit) == y).sum() for limit in (_as_sum(out, np.mean), np.median(out))]
    return len(set(counts)) == len(counts) and right.sum() not in own


def _as_sum(out: Array, of: Callable[[Array], float]) -> float:
    """Where ŷ is the mean (or another value) of all ŷ: the sum before the sigmoid."""
    y_hat = of(logistic(out))
    return float(np.log(y_hat / (1 - y_hat)))


def oracle(features: Array, targets: Array, W_ih: Array, W_ho: Array) -> float:
    """Judge record by record: ŷ > ½ where the sum before the sigmoid is above 0."""
    right = [
        (logistic(x @ W_ih) @ W_ho > 0) == (y == 1) for x, y in zip(features, targets, strict=True)
    ]
    return float(sum(right) / len(right))


EXERCISE = Exercise(
    reference=gre_admissions.accuracy,
    draw=draw,
    axes="N D H",
    oracle=oracle,
    checks=(Check("share", 1),),
    mistakes=(
        Mistake(
            "wrong-share",
            lambda X, y, W_ih, W_ho: np.mean((outputs(X, W_ih, W_ho) > 0.5) != y),
            "This is the share of records that are judged wrongly.",
        ),
        Mistake(
            "everybody-admitted",
            lambda X, y, W_ih, W_ho: np.mean(y),
            "Every record counts as admitted. Above which value of ŷ does the network say yes?",
        ),
        Mistake(
            "admissions-only",
            lambda X, y, W_ih, W_ho: np.mean((outputs(X, W_ih, W_ho) > 0.5) & (y == 1)),
            "Only the admitted are counted; a rightly refused record is right as well.",
        ),
        Mistake(
            "sum-compared",
            lambda X, y, W_ih, W_ho: np.mean((logistic(X @ W_ih) @ W_ho > 0.5) == y),
            "The sum before the output sigmoid is compared with 0.5. It is ŷ that is compared.",
        ),
    ),
)
