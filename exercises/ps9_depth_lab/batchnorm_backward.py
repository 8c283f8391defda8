"""9.5 Back through batch normalisation: dX (N, M), dgamma (M,), dbeta (M,). Rows are examples."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import Arguments, Check, Exercise, Function, Mistake, Sizes, gradients_of
from solutions import depth_lab

from .draws import Array

Parts = tuple[Array, Array, Array]


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(dout, X, gamma, eps): columns with means and spreads of their own."""
    N, M = sizes["N"], sizes["M"]
    X = rng.normal(size=M) + rng.uniform(0.4, 1.5, size=M) * rng.normal(size=(N, M))
    gamma = rng.uniform(0.5, 1.5, size=M) * rng.choice([-1.0, 1.0], size=M)
    return rng.normal(size=(N, M)), X, gamma, float(rng.uniform(0.01, 0.1))


def oracle(dout: Array, X: Array, gamma: Array, eps: float) -> Parts:
    """Central differences of ⟨dout, batch normalisation⟩, example by example and column by column.

    beta is 0: it only moves the output.
    """

    def value(X: Array, gamma: Array, beta: Array) -> float:
        total = 0.0
        for x, d, scale, shift in zip(X.T, dout.T, gamma, beta, strict=True):
            mean = sum(x) / len(x)
            variance = sum((x - mean) ** 2) / len(x)
            total += float(d @ (scale * (x - mean) / (variance + eps) ** 0.5 + shift))
        return total

    dX, dgamma, dbeta = gradients_of(value, X, gamma, np.zeros(gamma.shape), wrt=(0, 1, 2))
    return dX, dgamma, dbeta


def altered(
    mean: float = 1, spread: float = 1, ddof: int = 0, gamma_power: int = 1, share: float = 1
) -> Function:
    """Make the backward pass without the way through the mean, or the spread, or another slip.

    `share` multiplies both ways: N makes sums of the means.
    """

    def batchnorm_backward(dout: Array, X: Array, gamma: Array, eps: float) -> Parts:
        s = np.sqrt(X.var(axis=0, ddof=ddof) + eps)
        X_hat = (X - X.mean(axis=0)) / s
        d = dout * gamma**gamma_power
        both = mean * d.mean(axis=0) + spread * X_hat * (d * X_hat).mean(axis=0)
        factor = share if share == 1 else len(X)
        return (d - factor * both) / s, (dout * X_hat).sum(axis=0), dout.sum(axis=0)

    return batchnorm_backward


EXERCISE = Exercise(
    reference=depth_lab.batchnorm_backward,
    draw=draw,
    axes="N=7 M=4",  # with one example there is no spread
    oracle=oracle,
    reveal=(
        "What you have found keeps two rules: each column of dX sums to 0, because moving a whole "
        r"column changes nothing; and weighted with $\hat X$ it sums to nearly 0, and to 0 for "
        r"$eps \to 0$, because stretching a column changes nothing either. Print both sums."
    ),
    checks=(
        Check("dX", points=3, part=0),
        Check("dgamma", points=0.5, part=1),
        Check("dbeta", points=0.5, part=2),
    ),
    mistakes=(
        Mistake(
            "both-constant",
            altered(mean=0, spread=0),
            "μ and v stand still in your dX, as if they were given. Of what are they made?",
            loses=("dX",),
        ),
        Mistake(
            "mean-constant",
            altered(mean=0),
            "v moves in your dX, and μ stands still. What does one entry of X do to its mean?",
            loses=("dX",),
        ),
        Mistake(
            "spread-constant",
            altered(spread=0),
            "μ moves in your dX, and v stands still. What does one entry of X do to its spread?",
            loses=("dX",),
        ),
        Mistake(
            "sums-for-means",
            altered(share=0),
            "What comes back through μ and v is summed. Which factor do both have in front?",
            loses=("dX",),
        ),
        Mistake(
            "n-minus-1",
            altered(ddof=1),
            "The variance divides by N − 1. Which one does the forward pass take?",
            loses=("dX", "dgamma"),
        ),
        Mistake(
            "gamma-lost",
            altered(gamma_power=0),
            "gamma has no part in your dX. What stands between X̂ and the output?",
            loses=("dX",),
        ),
    ),
)
