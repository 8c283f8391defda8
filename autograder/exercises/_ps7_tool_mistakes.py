"""What often goes wrong in the tools of ps7: updating, scaling, checking, mending."""

from collections.abc import Callable

import numpy as np

from autograder.course import load_solutions
from autograder.exercises._ps7_draws import Array
from autograder.spec import Function, Mistake

answers = load_solutions("deep_networks")

UPDATE = (
    Mistake(
        "uphill",
        "The step is added. The gradient points to where the loss grows.",
        lambda parameters, gradients, rate: [
            p + rate * g for p, g in zip(parameters, gradients, strict=True)
        ],
    ),
    Mistake(
        "rate-missing",
        "The learning rate has no influence on the step.",
        lambda parameters, gradients, rate: [
            p - g for p, g in zip(parameters, gradients, strict=True)
        ],
    ),
    Mistake(
        "step-only",
        "These are the steps; the parameters after the steps are asked for.",
        lambda parameters, gradients, rate: [-rate * g for g in gradients],
    ),
    Mistake(
        "parameters-shrunk",
        "The rate multiplies the parameter too. Only the gradient is scaled.",
        lambda parameters, gradients, rate: [
            rate * (p - g) for p, g in zip(parameters, gradients, strict=True)
        ],
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
        "The spread is the sample's, with N − 1. The population's divides by N.",
        _scaled(ddof=1),
    ),
    Mistake(
        "per-example",
        "Each example is standardised by itself. Along which axis do the examples lie?",
        _scaled(axis=0),
    ),
    Mistake(
        "only-centred",
        "The means are 0 and the spreads are as they were.",
        lambda X: X - X.mean(axis=1, keepdims=True),
    ),
    Mistake(
        "divided-by-variance",
        "This divides by the variance. In which unit is a variance, if X is in metres?",
        _scaled(power=2),
    ),
    Mistake(
        "constant-feature-divided",
        "A feature without spread is divided by 0. It is to become 0.",
        _scaled(guard=False),
    ),
    Mistake(
        "deviation-compared-with-zero",
        "A constant feature escapes: rounding leaves its deviation at about 1e-17, not at 0. The "
        "text names a safer test.",
        _by_deviation,
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
        "The differences are taken to one side. Steps to both sides are more exact by far.",
        checking(lambda a, n: relative(a, n).max(), forward_differences),
        loses=("wrong gradient", "right gradient"),
    ),
    Mistake(
        "step-ignored",
        "h has no influence on the result.",
        checking(lambda a, n: relative(a, n).max(), lambda f, x, h: central(f, x, 1e-5)),
        loses=("wrong gradient",),
    ),
    Mistake(
        "mean-of-the-errors",
        "The errors are averaged, so that one wrong element among many hides. Take the largest.",
        checking(lambda a, n: relative(a, n).mean()),
        loses=("wrong gradient",),
    ),
    Mistake(
        "norms-compared",
        "The two norms are compared. The text compares element by element.",
        checking(lambda a, n: np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))),
        loses=("wrong gradient",),
    ),
    Mistake(
        "absolute-difference",
        "The difference is not divided by anything. Is 0.1 much, for a gradient of 1000?",
        checking(lambda a, n: np.abs(a - n).max()),
        loses=("wrong gradient",),
    ),
    Mistake(
        "floor-missing",
        "Where both are 0, this is 0/0. The text puts a floor under the divisor.",
        checking(lambda a, n: relative(a, n, floor=0.0).max()),
        loses=("right gradient",),
    ),
    Mistake(
        "nan-skipped",
        "A gradient with a nan passes. Which comparisons does nan survive?",
        checking(lambda a, n: np.nanmax(relative(a, n))),
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
        "Both planted mistakes are still there. Does your gradient check pass for db2, the "
        "simplest of the four?",
        answers.broken_backward,
        twins=("scale-left-in",),
    ),
    Mistake(
        "scale-left-in",
        "One mistake is mended. All four are still off by one common factor: what is counted "
        "where the examples should be?",
        _one_mended(N_mended=False),
        twins=("both-left-in",),
    ),
    Mistake(
        "slope-left-in",
        "One mistake is mended, and the output layer is right. Check the shapes in the line that "
        "crosses the hidden sigmoid.",
        _one_mended(N_mended=True),
        loses=("dW1", "db1"),
    ),
)
