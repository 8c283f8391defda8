"""7.13 Any number of layers: the activations [A0, …, AL] of X (D, N); AL (K, N) is the softmax."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Function,
    Mistake,
    Sizes,
)
from solutions import deep_networks

from .deep_network import Arrays, log_softmax, network, small_network
from .draws import Array, logistic


def draw(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, weights, biases)."""
    X, _, weights, biases = network(rng, sizes)
    return X, weights, biases


def example(rng: Generator, sizes: Sizes) -> Arguments:
    """(X, weights, biases) of three layers."""
    X, _, weights, biases = small_network(rng, sizes)
    return X, weights, biases


def oracle(X: Array, weights: Arrays, biases: Arrays) -> Arrays:
    """Layer by layer through the logarithms of the softmax."""
    activations = [X]
    for W, b in zip(weights, biases, strict=True):
        Z = np.einsum("ij,jn->in", W, activations[-1]) + b
        last = W is weights[-1]
        activations.append(np.exp(log_softmax(Z)) if last else np.exp(-np.logaddexp(0, -Z)))
    return activations


def altered(
    last: Callable[[Array], Array] = deep_networks.softmax,
    bias: float = 1,
    keep: Callable[[Array, Array], Array] = lambda Z, A: A,
) -> Function:
    """Make the forward pass with one ingredient exchanged; without arguments, a right one."""

    def deep_forward(X: Array, weights: Arrays, biases: Arrays) -> Arrays:
        A, kept = X, [X]
        for W, b in zip(weights, biases, strict=True):
            Z = W @ A + bias * b
            A = last(Z) if W is weights[-1] else logistic(Z)
            kept.append(keep(Z, A))
        return kept

    return deep_forward


EXERCISE = Exercise(
    reference=deep_networks.deep_forward,
    draw=draw,
    axes="N D H M P K",
    oracle=oracle,
    checks=(
        Check("hidden activations", points=1, part=slice(-1)),
        Check("output", points=1, part=-1),
    ),
    example=example,
    reveal=(
        r"$A^l = \sigma(W^l A^{l-1} + b^l)$, and softmax in the last layer. All activations are "
        "kept: the way back needs each of them."
    ),
    mistakes=(
        Mistake(
            "sigmoid-at-the-end",
            altered(last=logistic),
            "The last layer goes through a sigmoid. What should each of its columns add up to?",
            loses=("output",),
        ),
        Mistake(
            "scores-returned",
            altered(last=lambda Z: Z),
            "The last entry holds scores. What turns them into probabilities?",
            loses=("output",),
            twins=("sums-kept",),
        ),
        Mistake(
            "softmax-over-the-examples",
            altered(last=lambda Z: deep_networks.softmax(Z.T).T),
            "The softmax is normalised over the batch. Which axis holds the classes here?",
            loses=("output",),
        ),
        Mistake(
            "biases-forgotten",
            altered(bias=0),
            "The biases have no influence. What does each layer add to W·A?",
        ),
        Mistake(
            "sums-kept",
            altered(keep=lambda Z, A: Z),
            "The list holds the sums z of the layers. What leaves a layer?",
            twins=("scores-returned",),
        ),
        Mistake(
            "input-missing",
            lambda X, weights, biases: deep_networks.deep_forward(X, weights, biases)[1:],
            "The list starts with the first hidden layer. What does the text call A⁰?",
            loses=("hidden activations",),
        ),
    ),
)
