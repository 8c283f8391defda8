"""What often goes wrong in the tools of ps7: updating, scaling, checking, mending."""

from collections.abc import Callable

import numpy as np

from autograder.exercise.spec import Function, Mistake
from solutions import deep_networks as answers

from .draws import Array

UPDATE = (
    Mistake(
        "uphill",
        lambda parameters, gradients, rate: [
            p + rate * g for p, g in zip(parameters, gradients, strict=True)
        ],
        "The step is added. The gradient points to where the loss grows.",
    ),
    Mistake(
        "rate-missing",
        lambda parameters, gradients, rate: [
            p - g for p, g in zip(parameters, gradients, strict=True)
        ],
        "The learning rate has no influence on the step.",
    ),
    Mistake(
        "step-only",
        lambda parameters, gradients, rate: [-rate * g for g in gradients],
        "These are the steps; the parameters after the steps are asked for.",
    ),
    Mistake(
        "parameters-shrunk",
        lambda parameters, gradients, rate: [
            rate * (p - g) for p, g in zip(parameters, gradients, strict=True)
        ],
        "The rate multiplies the parameter too. Only the gradient is scaled.",
    ),
)


def _scaled(axis: int = 1, ddof: int = 0, power: int = 1, guard: bool = True) -> Function:
    """Standardise along `axis`; with `guard`, features without spread are only centred."""

    def standardize(X: Array) -> Array:
        with np.errstate(all="ignore"):
            centred = X - X.mean(axis=axis, keepdims=True)
            squares = np.sum(centred**2, axis=axis, keepdims=True)
            spread = (squares / (X.shape[axis] - ddof)) ** (power / 2)
            if guard:
                flat = X.max(axis=axis, keepdims=True) == X.min(axis=axis, keepdims=True)
                return np.where(flat, 0.0, centred / spread)
            scaled: Array = centred / spread
            return scaled

    return standardize


def _by_deviation(X: Array) -> Array:
    """Trust the computed deviation to be exactly 0 for a constant feature."""
    deviation = X.std(axis=1, keepdims=True)
    centred: Array = X - X.mean(axis=1, keepdims=True)
    return centred / np.where(deviation == 0, 1.0, deviation)


STANDARDIZE = (
    Mistake(
        "sample-variance",
        _scaled(ddof=1),
        "The spread is the sample's, with N − 1. The population's divides by N.",
    ),
    Mistake(
        "per-example",
        _scaled(axis=0),
        "Each example is standardised by itself. Along which axis do the examples lie?",
    ),
    Mistake(
        "only-centred",
        lambda X: X - X.mean(axis=1, keepdims=True),
        "The means are 0 and the spreads are as they were.",
    ),
    Mistake(
        "divided-by-variance",
        _scaled(power=2),
        "This divides by the variance. In which unit is a variance, if X is in metres?",
    ),
    Mistake(
        "constant-feature-divided",
        _scaled(guard=False),
        "A feature without spread is divided by 0. It is to become 0.",
    ),
    Mistake(
        "deviation-compared-with-zero",
        _by_deviation,
        "A constant feature escapes: rounding leaves its deviation at about 1e-17, not at 0. The "
        "text names a safer test.",
        loses=("constant features",),
    ),
)


def checking(
    worst: Function,
    numeric: Callable[..., Array] | None = None,
) -> Function:
    """Make a gradient check from a way to compare and a way to differentiate."""

    def gradient_check(f: Function, gradient: Array, x: Array, h: float = 1e-5) -> float:
        with np.errstate(all="ignore"):
            return float(worst(gradient, (numeric or central)(f, x, h)))

    return gradient_check


def central(f: Function, x: Array, h: float) -> Array:
    """Central differences with the step h."""
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps]).reshape(x.shape)


def forward_differences(f: Function, x: Array, h: float) -> Array:
    """One-sided differences."""
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + s) - f(x)) / h for s in steps]).reshape(x.shape)


def relative(a: Array, n: Array, floor: float = 1e-8) -> Array:
    """|a − n|/max(floor, |a| + |n|), elementwise."""
    return np.asarray(np.abs(a - n) / np.maximum(floor, np.abs(a) + np.abs(n)))


GRADIENT_CHECK = (
    Mistake(
        "forward-differences",
        checking(lambda a, n: relative(a, n).max(), forward_differences),
        "The differences are taken to one side. Steps to both sides are more exact by far.",
        loses=("wrong gradient", "right gradient"),
    ),
    Mistake(
        "step-ignored",
        checking(lambda a, n: relative(a, n).max(), lambda f, x, h: central(f, x, 1e-5)),
        "h has no influence on the result.",
        loses=("wrong gradient",),
    ),
    Mistake(
        "mean-of-the-errors",
        checking(lambda a, n: relative(a, n).mean()),
        "The errors are averaged, so that one wrong element among many hides. Take the largest.",
        loses=("wrong gradient",),
    ),
    Mistake(
        "norms-compared",
        checking(lambda a, n: np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))),
        "The two norms are compared. The text compares element by element.",
        loses=("wrong gradient",),
    ),
    Mistake(
        "absolute-difference",
        checking(lambda a, n: np.abs(a - n).max()),
        "The difference is not divided by anything. Is 0.1 much, for a gradient of 1000?",
        loses=("wrong gradient",),
    ),
    Mistake(
        "floor-missing",
        checking(lambda a, n: relative(a, n, floor=0.0).max()),
        "Where both are 0, this is 0/0. The text puts a floor under the divisor.",
        loses=("right gradient",),
    ),
    Mistake(
        "nan-skipped",
        checking(lambda a, n: np.nanmax(relative(a, n))),
        "A gradient with a nan passes. Which comparisons does nan survive?",
        loses=("gradient with nan",),
    ),
)


def _one_mended(N_mended: bool) -> Function:
    """Mend one of the two planted mistakes and leave the other in."""

    def backward(
        X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
    ) -> tuple[Array, ...]:
        good = answers.fixed_backward(X, Y, W1, b1, W2, b2)
        bad = answers.broken_backward(X, Y, W1, b1, W2, b2)
        scale = X.shape[0] / X.shape[1]
        if N_mended:
            return *(scale * gradient for gradient in bad[:2]), *good[2:]
        return tuple(gradient / scale for gradient in good)

    return backward


FIXED_BACKWARD = (
    Mistake(
        "both-left-in",
        answers.broken_backward,
        "Both planted mistakes are still there. Does your gradient check pass for db2, the "
        "simplest of the four?",
        twins=("scale-left-in",),
    ),
    Mistake(
        "scale-left-in",
        _one_mended(N_mended=False),
        "One mistake is mended. All four are still off by one common factor: what is counted "
        "where the examples should be?",
        twins=("both-left-in",),
    ),
    Mistake(
        "slope-left-in",
        _one_mended(N_mended=True),
        "One mistake is mended, and the output layer is right. Check the shapes in the line that "
        "crosses the hidden sigmoid.",
        loses=("dW1", "db1"),
    ),
)
