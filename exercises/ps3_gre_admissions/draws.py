"""How the inputs of ps3 are drawn: everything of order 1, both classes, no ŷ near ½."""

import numpy as np

from autograder.exercise.spec import Sizes

from .network import Array, logistic, outputs

Records = tuple[Array, Array]
Weights = tuple[Array, Array]


def weights(rng: np.random.Generator, sizes: Sizes) -> Weights:
    """Draw W_ih (D, H) and W_ho (H,)."""
    return rng.normal(size=(sizes["D"], sizes["H"])), rng.normal(size=sizes["H"])


def labels(rng: np.random.Generator, sizes: Sizes) -> Array:
    """Draw targets (N,): both classes where N > 1, and the last applicant is admitted."""
    others = rng.permutation(np.arange(sizes["N"] - 1) % 2)
    return np.append(others, 1).astype(float)


def records(rng: np.random.Generator, sizes: Sizes) -> Records:
    """Draw features (N, D) and targets (N,)."""
    return rng.normal(size=(sizes["N"], sizes["D"])), labels(rng, sizes)


def one_record(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array]:
    """Draw x (D,), W_ih and W_ho."""
    return rng.normal(size=sizes["D"]), *weights(rng, sizes)


def label(sizes: Sizes) -> float:
    """Choose y so that each case set holds both classes: 0 in its case of N = 1, else 1."""
    return float(sizes["N"] > 1)


def output(rng: np.random.Generator, sizes: Sizes) -> tuple[float, float]:
    """Draw y, and ŷ from a forward pass that leaves it away from 0, ½ and 1."""
    while True:
        y_hat = float(outputs(*one_record(rng, sizes)))
        if 0.1 < abs(y_hat - 0.5) < 0.4:
            return label(sizes), y_hat


def output_term(rng: np.random.Generator, sizes: Sizes) -> tuple[float, Array]:
    """Draw δ_o from a forward pass, and W_ho."""
    y, y_hat = output(rng, sizes)
    return (y_hat - y) * y_hat * (1 - y_hat), weights(rng, sizes)[1]


def hidden_layer(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array]:
    """Draw the hidden errors and the hidden activations of a forward pass, both (H,)."""
    delta_o, W_ho = output_term(rng, sizes)
    x, W_ih, _ = one_record(rng, sizes)
    return delta_o * W_ho, logistic(x @ W_ih)


def labelled_record(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, float, Array, Array]:
    """Draw x (D,), y, W_ih and W_ho."""
    x, *drawn = one_record(rng, sizes)
    return x, label(sizes), drawn[0], drawn[1]


def batch(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
    """Draw features, targets, W_ih and W_ho."""
    return *records(rng, sizes), *weights(rng, sizes)


def targets_and_outputs(rng: np.random.Generator, sizes: Sizes) -> Records:
    """Draw targets (N,) and outputs (N,) between 0 and 1."""
    return labels(rng, sizes), rng.uniform(0.05, 0.95, size=sizes["N"])


def judged(rng: np.random.Generator, sizes: Sizes) -> tuple[Array, Array, Array, Array]:
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
    return len(set(counts)) == len(counts)
