"""4.1 The shape of every array, before any of them is computed: columns are examples."""

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Keys,
    Mistake,
    Sizes,
    central_differences,
    gradients_of,
)
from solutions import batch_mlp

from .network import Array, logistic, run

Shapes = dict[str, tuple[int, ...]]


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(N, D, H)."""
    return sizes["N"], sizes["D"], sizes["H"]


def oracle(N: int, D: int, H: int) -> Shapes:
    """Run a network of these sizes, move its parameters and its error terms, and look."""
    parameters = np.ones((H, D)), np.ones((H, 1)), np.ones((1, H)), np.ones((1, 1))
    Z1, A1, Z2, _ = run(np.ones((D, N)), *parameters)
    dW1, db1, dW2, db2 = gradients_of(total, *parameters, np.ones((D, N)), wrt=(0, 1, 2, 3))
    W2 = parameters[2]
    dZ2 = central_differences(lambda Z2: float(Z2.sum()), Z2)
    dA1 = central_differences(lambda A1: float((W2 @ A1).sum()), A1)
    dZ1 = central_differences(lambda Z1: float((W2 @ logistic(Z1)).sum()), Z1)
    found = dict(zip(("W1", "b1", "W2", "b2"), parameters, strict=True))
    found |= {"Z1": Z1, "A1": A1, "Z2": Z2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    found |= {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    found["ones"] = np.linalg.pinv(dZ1) @ db1  # what takes dZ1 to db1
    return {name: array.shape for name, array in found.items()}


def total(W1: Array, b1: Array, W2: Array, b2: Array, X: Array) -> float:
    """One number that all parameters enter."""
    return float(run(X, W1, b1, W2, b2)[3].sum())


def altered(**others: Function) -> Function:
    """The right shapes with some exchanged, each by a function of (N, D, H)."""

    def shapes(N: int, D: int, H: int) -> Shapes:
        return {**batch_mlp.shapes(N, D, H), **{key: f(N, D, H) for key, f in others.items()}}

    return shapes


EXERCISE = Exercise(
    reference=batch_mlp.shapes,
    draw=draw,
    axes="N D H",
    batch="",
    oracle=oracle,
    checks=(
        Check("parameters", 0.5, part=Keys("W1", "b1", "W2", "b2")),
        Check("forward", 0.5, part=Keys("Z1", "A1", "Z2")),
        Check("gradients", 0.5, part=Keys("dW1", "db1", "dW2", "db2")),
        Check("error terms", 0.5, part=Keys("dZ2", "dA1", "dZ1", "ones")),
    ),
    asks_shapes=True,
    reveal=r"""
Everything that a unit has for each example is $(H, N)$; what all examples share, $W$ and $b$, has
no side $N$. A gradient has the shape of its letter, because it holds one derivative for each
entry: $dW^{[1]}$ is shaped like $W^{[1]}$, $dZ^{[1]}$ like $Z^{[1]}$.

The ones are a column: $(H, N)(N, 1) = (H, 1)$ has one number for each hidden unit.
""",
    mistakes=(
        Mistake(
            "rows",
            altered(
                Z1=lambda N, D, H: (N, H),
                A1=lambda N, D, H: (N, H),
                Z2=lambda N, D, H: (N, 1),
                dZ2=lambda N, D, H: (N, 1),
                dA1=lambda N, D, H: (N, H),
                dZ1=lambda N, D, H: (N, H),
            ),
            "Examples stand in rows here. On which side of X are they in this set?",
            loses=("forward", "error terms"),
        ),
        Mistake(
            "weights-turned",
            altered(
                W1=lambda N, D, H: (D, H),
                W2=lambda N, D, H: (H, 1),
                dW1=lambda N, D, H: (D, H),
                dW2=lambda N, D, H: (H, 1),
            ),
            "The weights have a column for each unit that they feed. In W X, where must the "
            "inputs be?",
            loses=("parameters", "gradients"),
        ),
        Mistake(
            "bias-vector",
            altered(
                b1=lambda N, D, H: (H,),
                b2=lambda N, D, H: (1,),
                db1=lambda N, D, H: (H,),
                db2=lambda N, D, H: (1,),
            ),
            "The biases are vectors. When a vector is added to a matrix, "
            "with which side does numpy line it up?",
            loses=("parameters", "gradients"),
        ),
        Mistake(
            "bias-per-example",
            altered(
                b1=lambda N, D, H: (H, N),
                b2=lambda N, D, H: (1, N),
                db1=lambda N, D, H: (H, N),
                db2=lambda N, D, H: (1, N),
            ),
            "Each example has biases of its own here. How many biases does a unit have?",
            loses=("parameters", "gradients"),
        ),
        Mistake(
            "turned",
            altered(dW1=lambda N, D, H: (D, H)),
            "dW1 is turned: which weight does its entry in row 0, column 1 belong to?",
            loses=("gradients",),
        ),
        Mistake(
            "ones-row",
            altered(ones=lambda N, D, H: (1, N)),
            "dZ1 is multiplied by ones on its right. Which sides of the two must meet?",
            loses=("error terms",),
        ),
    ),
)
