"""5.8 One more layer, forward: A1 (N, H), A2 (N, K) and ŷ (N, 1), from X and three weights."""

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import bike_sharing

from .draws import deep_batch
from .network import logistic, predictions, unit_by_unit

EXERCISE = Exercise(
    reference=bike_sharing.deep_forward,
    draw=deep_batch,
    axes="N D H K",
    oracle=unit_by_unit,
    checks=(Check("A1", 1, part=0), Check("A2", 1, part=1), Check("y_hat", 1, part=2)),
    mistakes=(
        Mistake(
            "first-layer-linear",
            lambda X, W0, W1, W2: (X @ W0, logistic(X @ W0 @ W1), predictions(X @ W0, W1, W2)),
            "The first hidden layer is linear. Each hidden layer ends in a sigmoid.",
        ),
        Mistake(
            "second-layer-linear",
            lambda X, W0, W1, W2: (
                logistic(X @ W0),
                predictions(X, W0, W1),
                predictions(X, W0, W1 @ W2),
            ),
            "The second hidden layer is linear. Each hidden layer ends in a sigmoid.",
            loses=("A2", "y_hat"),
        ),
        Mistake(
            "output-activated",
            lambda X, W0, W1, W2: (
                logistic(X @ W0),
                logistic(logistic(X @ W0) @ W1),
                logistic(predictions(X, W0, W1, W2)),
            ),
            "ŷ went through a sigmoid and stays between 0 and 1. The output unit is the identity.",
            loses=("y_hat",),
        ),
    ),
)
