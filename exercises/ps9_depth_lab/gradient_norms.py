"""9.3 A measurement: how large the gradient of each layer is, (L,), first layer first."""

from collections.abc import Callable, Mapping

import numpy as np

from autograder.exercise import Check, Exercise, Function, Mistake, central_differences
from solutions import depth_lab

from .deep_network import Arrays, loss, network
from .draws import ACTIVATIONS, Array, Labels, for_each

Slopes = Mapping[str, Callable[[Array], Array]]
SLOPES: Slopes = {
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: (a > 0).astype(np.float64),
}
DRAWS = for_each(network)


def oracle(X: Array, y: Labels, weights: Arrays, biases: Arrays, activation: str) -> Array:
    """Norms of central differences of the loss, layer by layer."""

    def norm(layer: int) -> float:
        def moved(W: Array) -> float:
            changed = [*weights[:layer], W, *weights[layer + 1 :]]
            return loss(X, y, changed, biases, activation)

        return float(np.sqrt(np.sum(central_differences(moved, weights[layer]) ** 2)))

    return np.array([norm(layer) for layer in range(len(weights))])


def altered(
    size: Callable[[Array, Array], float] = lambda delta, A: float(
        np.linalg.norm(delta @ A.T / A.shape[1])
    ),
    slopes: Slopes = SLOPES,
) -> Function:
    """Make the measurement of something else, or with other slopes; else a right one."""

    def gradient_norms(
        X: Array, y: Labels, weights: Arrays, biases: Arrays, activation: str
    ) -> Array:
        A = [X]
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            A.append(ACTIVATIONS[activation](W @ A[-1] + b))
        powers = np.exp(weights[-1] @ A[-1] + biases[-1])
        delta = powers / powers.sum(axis=0) - np.eye(len(powers))[:, y]
        norms = [size(delta, A[-1])]
        for W, a, before in zip(weights[:0:-1], A[:0:-1], A[-2::-1], strict=True):
            delta = W.T @ delta * slopes[activation](a)
            norms.append(size(delta, before))
        return np.array(norms[::-1])

    return gradient_norms


EXERCISE = Exercise(
    reference=depth_lab.gradient_norms,
    draw=DRAWS["sigmoid"],
    axes="N D H M P K",
    oracle=oracle,
    reveal=(
        r"$dW^l = \frac1N \delta^l (A^{l-1})^T$ with $\delta^L = P - Y$ and "
        r"$\delta^l = (W^{l+1})^T \delta^{l+1} \odot f'(Z^l)$; from the activations, $f'$ is "
        r"$a(1 - a)$, $1 - a^2$, or 1 where $a > 0$. Norms that fall from layer to layer by one "
        "factor, toward the first, are what is called a *vanishing gradient*."
    ),
    checks=tuple(
        Check(name, points=1, draw=None if name == "sigmoid" else draw)
        for name, draw in DRAWS.items()
    ),
    mistakes=(
        Mistake(
            "sigmoid-slope-for-all",
            altered(slopes=dict.fromkeys(ACTIVATIONS, SLOPES["sigmoid"])),
            "Every activation has the sigmoid's slope here. What is the slope of this one?",
            loses=("tanh", "relu"),
        ),
        Mistake(
            "squared",
            altered(lambda delta, A: float(np.sum((delta @ A.T / A.shape[1]) ** 2))),
            "These are sums of squares. What turns them into norms?",
        ),
        Mistake(
            "sums",
            altered(lambda delta, A: float(np.linalg.norm(delta @ A.T))),
            "These are gradients of the summed loss. What does the mean do to them?",
        ),
        Mistake(
            "reversed",
            lambda *given: depth_lab.gradient_norms(*given)[::-1],
            "The last layer stands first. In which order are the layers asked for?",
        ),
        Mistake(
            "error-terms",
            altered(lambda delta, A: float(np.linalg.norm(delta))),
            "These are norms of error terms. What else stands in the gradient of a weight?",
        ),
    ),
)
