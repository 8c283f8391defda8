"""6.8 What four programs of the notes claim, divided by what is true: a prediction from sizes."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
    central_differences,
)
from solutions import softmax_networks

from .cost import cost, softmax
from .draws import Array, Labels

Ratios = dict[str, float]
RATIOS = ("derived", "per_class", "half", "bias_twice")
MEASURED = ("measured",)
"""What those ratios need that one number everywhere would earn."""


def more_points(rng: Generator, sizes: Sizes) -> Arguments:
    """(points_per_class, K), with more points than classes."""
    K = int(rng.integers(2, 6))
    return K + int(rng.integers(1, 8)), K


def more_classes(rng: Generator, sizes: Sizes) -> Arguments:
    """(points_per_class, K), with more classes than points."""
    points = int(rng.integers(2, 6))
    return points, points + int(rng.integers(1, 8))


def many(rng: Generator, sizes: Sizes) -> Arguments:
    """(points_per_class, K) as large as in the notes, which have 100 points in 3 classes."""
    return int(rng.integers(60, 140)), int(rng.integers(3, 9))


def apart(cases: Sequence[Arguments]) -> bool:
    """No number comes twice, and no ratio of the two: none can stand for another."""
    numbers = [number for case in cases for number in case]
    shares = [points_per_class / K for points_per_class, K in cases]
    return len({*numbers, *shares}) == len(numbers) + len(shares)


def ratio(claimed: Array, true: Array) -> float:
    """The one factor between two gradients that are multiples of each other."""
    return float((claimed * true).sum() / (true * true).sum())


def mean_over(points_per_class: int, K: int, rng: Generator) -> tuple[Array, Array]:
    """The derivation's end and the true gradient, for two rows of a batch of all points."""
    y: Labels = np.repeat(np.arange(K), points_per_class)
    scores, rows = rng.normal(size=(len(y), K)), [0, len(y) - 1]

    def loss(two: Array) -> float:
        moved = scores.copy()
        moved[rows] = two
        return cost(moved, y)

    per_example: Array = softmax(scores[rows]) - np.eye(K)[y[rows]]
    return per_example, central_differences(loss, scores[rows])


def oracle(points_per_class: int, K: int) -> Ratios:
    """Run all four programs on data of these sizes, beside central differences."""
    rng = np.random.default_rng([points_per_class, K])
    claimed, true = mean_over(points_per_class, K, rng)
    y, y_hat, x, b, W = (rng.normal(size=s) for s in (K, K, (2, 1), (3, 1), (3, 2)))

    def layer(b: Array) -> Array:
        Z: Array = np.hstack([b, W]) @ np.vstack([[[1.0]], x]) + b
        return Z

    squares = central_differences(lambda y_hat: float(((y_hat - y) ** 2).sum()), y_hat)
    bias = central_differences(lambda b: 0.5 * float((layer(b) ** 2).sum()), b)
    return {
        "derived": ratio(claimed, true),
        "per_class": ratio(claimed / points_per_class, true),
        "half": ratio(y_hat - y, squares),
        "bias_twice": ratio(layer(b), bias),
    }


def two_of_four(got: Mapping[str, Array], arguments: Arguments) -> bool:
    """Whether two ratios that differ are right: no single number can be."""
    right = softmax_networks.slip_factors(*arguments)
    return len({value for key, value in right.items() if np.isclose(got[key], value)}) > 1


def altered(**changed: Callable[[int, int], float]) -> Function:
    """Make the function with some ratios exchanged."""

    def slip_factors(points_per_class: int, K: int) -> Ratios:
        right = softmax_networks.slip_factors(points_per_class, K)
        return right | {key: f(points_per_class, K) for key, f in changed.items()}

    return slip_factors


def inverted(points_per_class: int, K: int) -> Ratios:
    """True divided by claimed."""
    right = softmax_networks.slip_factors(points_per_class, K)
    return {key: 1 / value for key, value in right.items()}


EXERCISE = Exercise(
    reference=softmax_networks.slip_factors,
    draw=more_points,
    oracle=oracle,
    decides=apart,
    example=lambda rng, sizes: (5, 3),  # the sizes at which the notebook measures
    checks=(
        Check(
            MEASURED[0],
            points=0,
            draw=many,  # so large that what was found at other sizes fits none of them
            accept=two_of_four,
            expects="Two ratios at least, and not the same number, should be right. "
            "Run all four programs first, at two sizes.",
        ),
        Check("derived", points=0.5, part="derived"),
        Check("per_class", points=0.5, part="per_class", draw=more_classes, needs=MEASURED),
        Check("half", points=0.5, part="half", draw=many, needs=MEASURED),
        Check("bias_twice", points=0.5, part="bias_twice", draw=many, needs=MEASURED),
    ),
    reveal=(
        "With $n$ points in each of $K$ classes:\n\n"
        "- `derived`: $Kn$. The derivation ends with $P - Y$, and the mean over all $Kn$ rows "
        r"never comes: the notes have $D_{scores} = P^T - Y^T$, and no $\frac1N$. The line of "
        "their program that divides by the number of examples is right.\n"
        r"- `per_class`: $K$. Divided by $n$ instead of $Kn$. The notes say $X \in \mathbb R^{N "
        r"\times D}$, while their $X$ has $KN$ rows."
        "\n"
        r"- `half`: $\frac12$. $d\,(\hat y - y)^2 = 2 (\hat y - y)\, d\hat y$, and this loss has "
        "no ½ that cancels the 2.\n"
        r"- `bias_twice`: $\frac12$. $b$ is counted with $a_0 = 1$ and once more beside it, so "
        r"that $dz = 2\, db$."
    ),
    mistakes=(
        Mistake(
            "inverted",
            inverted,
            "This is true divided by claimed. Which of the two is above the line?",
        ),
        Mistake(
            "points-for-batch",
            altered(derived=lambda points_per_class, K: float(points_per_class)),
            "This is the number of points in one class. How many examples does the mean go over?",
            loses=("derived",),
        ),
        Mistake(
            "swapped",
            altered(per_class=lambda points_per_class, K: float(points_per_class)),
            "This ratio is right only with points and classes swapped. "
            "By which of the two does the program divide already?",
            loses=("per_class",),
        ),
        Mistake(
            "no-slip",
            lambda points_per_class, K: dict.fromkeys(RATIOS, 1.0),
            "A ratio of 1 says that the program is right. Did you measure it?",
        ),
        Mistake(
            "classes-for-batch",
            altered(derived=lambda points_per_class, K: float(K)),
            "This is the number of classes. How many examples does the mean go over?",
            loses=("derived",),
        ),
    ),
)
