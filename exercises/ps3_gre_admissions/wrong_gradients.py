"""Gradients of all records with a slip that several sections of ps3 meet, and what to say to it."""

import numpy as np

from .network import Array, Weights, error_terms, summed_gradients

HIDDEN_DERIVATIVE_MISSING = (
    "The hidden error goes back as it is. What lies between a hidden activation and its sum?"
)
OUTPUT_ERROR_REUSED = (
    "The hidden layer uses the output's error term as it is. What lies between a hidden activation "
    "and out?"
)


def without_hidden_derivative(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Forget a(1 − a)."""
    hidden, delta_o, _ = error_terms(X, y, W_ih, W_ho)
    return X.T @ np.outer(delta_o, W_ho), hidden.T @ delta_o


def with_the_output_error(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Use the output's error term in the hidden layer as it is, without W_ho."""
    hidden, delta_o, _ = error_terms(X, y, W_ih, W_ho)
    return X.T @ (delta_o[:, None] * hidden * (1 - hidden)), hidden.T @ delta_o


def of_the_last_record(X: Array, y: Array, W_ih: Array, W_ho: Array) -> Weights:
    """Assign in the loop instead of adding."""
    return summed_gradients(X[-1:], y[-1:], W_ih, W_ho)
