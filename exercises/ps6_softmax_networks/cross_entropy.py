"""6.3 Cross-entropy: the mean of −log p of the true class, from probs (N, K) and y (N,)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import softmax_networks

from .cost import cost
from .draws import labelled_distribution

EXERCISE = Exercise(
    reference=softmax_networks.cross_entropy,
    draw=labelled_distribution,
    axes="N K",
    oracle=lambda probs, y: cost(np.log(probs), y),  # the logarithms are scores already
    checks=(Check("loss", points=1),),
    reveal=(
        r"$L = -\frac1N \sum_n \log P_{n, y_n}$. In the notes the picked entries are $\mathbf 1^T "
        r"(Y \odot P^T)$, with the labels as one-hot columns of $Y$."
    ),
    mistakes=(
        Mistake(
            "every-class",
            lambda probs, y: -np.log(probs).sum() / len(y),
            "The logarithms of all classes were added up. Which one does the label pick?",
        ),
        Mistake(
            "divided-by-classes-too",
            lambda probs, y: -np.mean(np.eye(probs.shape[1])[y] * np.log(probs)),
            "The sum was divided by the number of entries. How many examples are averaged?",
        ),
        Mistake(
            "log-of-the-mean",
            lambda probs, y: -np.log(probs[np.arange(len(y)), y].mean()),
            "This is the logarithm of the mean probability; each example has its own −log p.",
        ),
        Mistake(
            "all-pairs",
            lambda probs, y: -np.mean(np.log(probs[:, y])),
            "probs[:, y] takes every label's column for every row. "
            "Pair each row with its own label.",
        ),
    ),
)
