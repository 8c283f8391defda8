"""What all losses of ps6 are made of: softmax and cross-entropy by logarithms, the penalty."""

import numpy as np

from .draws import Array, Labels


def log_softmax(scores: Array) -> Array:
    """Logarithms of the probabilities of rows, by log-sum-exp."""
    below = scores - scores.max(axis=1, keepdims=True)
    logarithms: Array = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    return logarithms


def softmax(scores: Array) -> Array:
    """Probabilities of rows, by logarithms."""
    probs: Array = np.exp(log_softmax(scores))
    return probs


def one_hot(probs: Array, y: Labels) -> Array:
    """The labels as rows of 0 and 1, in the shape of probs."""
    return np.eye(probs.shape[1])[y]


def cost(scores: Array, y: Labels) -> float:
    """Mean cross-entropy of rows of scores."""
    return float(-(one_hot(scores, y) * log_softmax(scores)).sum() / len(y))


def penalty(W1: Array, W2: Array, reg: float) -> float:
    """½·reg·(‖W1‖² + ‖W2‖²), of weights alone."""
    return reg * float(np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2) / 2
