"""Trainings of ps3 whose recorded loss rises: drawn side by side, for the end to be clear."""

from typing import Any

import numpy as np

from autograder.exercise import Sizes
from solutions import gre_admissions

from .draws import labels
from .network import Array, Step, Trained, descent, logistic, training

Training = tuple[Array, Array, Array, Array, float, int]

CANDIDATES = 200
"""How many trainings are run side by side to find one that ends early: few do, and clearly."""


def rising_at_once(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training at so large a rate that the second recorded loss is above the first."""
    return _rising(rng, sizes, at=(2,))


def rising_later(rng: np.random.Generator, sizes: Sizes) -> Training:
    """Draw a training whose recorded loss falls twice, and rises at the fourth record."""
    return _rising(rng, sizes, at=(4,))


def _rising(rng: np.random.Generator, sizes: Sizes, at: tuple[int, ...]) -> Training:
    N, D, H = (sizes[axis] for axis in "NDH")
    while True:
        X = 2 * rng.normal(size=(CANDIDATES, N, D))
        y = np.array([labels(rng, sizes) for _ in X])
        W_ih = rng.normal(size=(CANDIDATES, D, H))
        W_ho = rng.normal(size=(CANDIDATES, H))
        rates = rng.uniform(15.0, 40.0, size=CANDIDATES)
        ends = _first_rises(_recorded(X, y, W_ih, W_ho, rates))
        for i in np.flatnonzero(np.isin(ends, at)):
            drawn = (X[i], y[i], W_ih[i], W_ho[i], float(rates[i]), 50)
            if _ends_clearly(drawn, rng):
                return drawn


def _recorded(X: Array, y: Array, W_ih: Array, W_ho: Array, rates: Array) -> Array:
    """Train each candidate for 40 epochs; returns the losses after every tenth, a row for each."""
    losses = []
    shares = rates / y.shape[1]
    for epoch in range(1, 42):
        hidden = logistic(X @ W_ih)
        y_hat = logistic(np.einsum("cnh,ch->cn", hidden, W_ho))
        if epoch % 10 == 1 and epoch > 1:  # the forward pass of this epoch ends the one before
            losses.append(np.mean((y_hat - y) ** 2, axis=1) / 2)
        delta_o = shares[:, None] * (y_hat - y) * y_hat * (1 - y_hat)
        delta_h = delta_o[:, :, None] * W_ho[:, None, :] * hidden * (1 - hidden)
        W_ih = W_ih - X.transpose(0, 2, 1) @ delta_h
        W_ho = W_ho - np.einsum("cnh,cn->ch", hidden, delta_o)
    return np.array(losses).T


def _first_rises(losses: Array) -> Array:
    """Return for each row which loss is the first above the one before (counted from 1), or 0."""
    rises = losses[:, 1:] > losses[:, :-1]
    return np.where(rises.any(axis=1), np.argmax(rises, axis=1) + 2, 0)


def _ends_clearly(drawn: Training, rng: np.random.Generator) -> bool:
    """Whether all right programs agree on where the training ends, and with which weights.

    Neighbouring losses lie well apart, and rounding errors, made a thousand times larger, are
    not blown up: no chaos, and no saturated unit whose 1 − σ has lost its digits. In float32 it
    ends in the same place.
    """
    right = training()(*drawn)
    losses = right[2]
    if np.abs(np.diff(losses) / losses[:-1]).min() < 0.02:
        return False
    shaken = training(_shaken(rng))(*drawn)
    numbers: list[Any] = list(drawn)
    single = [np.float32(number) for number in numbers[:-1]]
    programs: list[Any] = [training(), gre_admissions.train]
    return _meet(right, shaken, 1e-9) and all(
        _meet(right, program(*single, numbers[-1]), 1e-5) for program in programs
    )


def _meet(one: Trained, other: Trained, tolerance: float) -> bool:
    """Whether two trainings are of one length and end with the same weights."""
    return len(one[2]) == len(other[2]) and all(
        np.allclose(a, b, rtol=tolerance, atol=tolerance)
        for a, b in zip(one[:2], other[:2], strict=True)
    )


def _shaken(rng: np.random.Generator) -> Step:
    """Make a step whose sigmoids are off in the thirteenth digit."""

    def rough(z: Array) -> Array:
        return logistic(z) + 1e-13 * rng.normal(size=z.shape)

    def gradients(X: Array, y: Array, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
        hidden = rough(X @ W_ih)
        y_hat = rough(hidden @ W_ho)
        delta_o = (y_hat - y) * y_hat * (1 - y_hat)
        return X.T @ (np.outer(delta_o, W_ho) * hidden * (1 - hidden)), hidden.T @ delta_o

    return descent(gradients)
