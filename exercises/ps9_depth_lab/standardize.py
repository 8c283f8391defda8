"""9.1 The scale of the inputs: each feature (row) of X (D, N) with mean 0 and variance 1."""

import statistics

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    NUMERICAL,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
)
from solutions import depth_lab

from .draws import Array


def features(rng: Generator, sizes: Sizes) -> tuple[Array]:
    """(X,), whose features have means and spreads of their own."""
    D, N = sizes["D"], sizes["N"]
    spread = 10 ** rng.uniform(-0.5, 1.5, size=(D, 1))
    return (rng.normal(size=(D, 1)) * 3 + spread * rng.normal(size=(D, N)),)


def constant_features(rng: Generator, sizes: Sizes) -> tuple[Array]:
    """(X,) with two constant features; the computed deviation of one of them is not quite 0."""
    (X,) = features(rng, sizes)
    value = rng.uniform(0.1, 1.0)
    while sizes["N"] > 1 and np.full((1, sizes["N"]), value).std(axis=1)[0] == 0:
        value = rng.uniform(0.1, 1.0)
    rows = [np.full_like(X[0], value), np.full_like(X[0], 2.0)]
    return (rng.permutation(np.vstack([X, *rows])),)


def oracle(X: Array) -> Array:
    """The statistics module's mean and population deviation, feature by feature."""
    rows = []
    for values in X.tolist():
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        flat = min(values) == max(values)
        rows.append([0.0 if flat else (value - mean) / deviation for value in values])
    return np.array(rows)


def altered(axis: int = 1, ddof: int = 0, power: int = 1, guard: bool = True) -> Function:
    """Standardise along `axis`; with `guard`, features without spread become 0."""

    def standardize(X: Array) -> Array:
        with np.errstate(all="ignore"):
            centred = X - X.mean(axis=axis, keepdims=True)
            squares = np.sum(centred**2, axis=axis, keepdims=True)
            scaled: Array = centred / (squares / (X.shape[axis] - ddof)) ** (power / 2)
        flat = X.max(axis=axis, keepdims=True) == X.min(axis=axis, keepdims=True)
        return np.where(flat, 0.0, scaled) if guard else scaled

    return standardize


def by_deviation(X: Array) -> Array:
    """Trust the computed deviation to be exactly 0 for a constant feature."""
    deviation = X.std(axis=1, keepdims=True)
    centred: Array = X - X.mean(axis=1, keepdims=True)
    return centred / np.where(deviation == 0, 1.0, deviation)


EXERCISE = Exercise(
    reference=depth_lab.standardize,
    draw=features,
    axes="N D",
    oracle=oracle,
    reveal=(
        r"$\tilde X_{in} = (X_{in} - \mu_i)/s_i$, and 0 where $\max_n X_{in} = \min_n X_{in}$. "
        "Both are means over the examples: with columns, that is along the second axis. New data "
        "are prepared with the means and spreads of the *training* data."
    ),
    checks=(
        Check("features", points=1, tolerance=NUMERICAL),
        Check("constant features", points=1, draw=constant_features, tolerance=NUMERICAL),
    ),
    mistakes=(
        Mistake(
            "sample-variance",
            altered(ddof=1),
            "The spread is the sample's, with N − 1. The population's divides by N.",
        ),
        Mistake(
            "per-example",
            altered(axis=0),
            "Each example is standardised by itself. Along which axis do the examples lie?",
        ),
        Mistake(
            "only-centred",
            lambda X: X - X.mean(axis=1, keepdims=True),
            "The means are 0 and the spreads are as they were. What should each variance be?",
        ),
        Mistake(
            "divided-by-variance",
            altered(power=2),
            "This divides by the variance. In which unit is a variance, if X is in metres?",
        ),
        Mistake(
            "constant-feature-divided",
            altered(guard=False),
            "A feature without spread is divided by 0. What does the text ask for there?",
        ),
        Mistake(
            "deviation-compared-with-zero",
            by_deviation,
            "A constant feature escapes: rounding leaves its deviation at about 1e-17, not at 0. "
            "The text names a safer test.",
            loses=("constant features",),
        ),
    ),
)
