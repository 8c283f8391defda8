"""Reference answers of ps3: record by record through a 6-2-1 network, sigmoid, no biases.

The loss over N records is 1/(2N)·Σ(y − ŷ)². Error terms are (ŷ − y): descent subtracts them.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def forward(x: Array, W_ih: Array, W_ho: Array) -> tuple[Array, float]:
    """Run one record x (D,) through the weights W_ih and W_ho.

    Returns hidden, the activations of the hidden units, and y_hat, a number.
    """
    hidden = sigmoid(x @ W_ih)
    y_hat = float(sigmoid(hidden @ W_ho))
    return hidden, y_hat


def shapes(D: int, H: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network with D inputs, H hidden units and one output, for one record.

    A dict of tuples of integers, with the keys W_ih, W_ho, hidden, hidden_error,
    hidden_error_term, dW_ih, dW_ho, x_as_factor and delta_as_factor. The last two are the shapes
    with which x_as_factor @ delta_as_factor is dW_ih.
    """
    return {
        "W_ih": (D, H),
        "W_ho": (H,),
        "hidden": (H,),
        "hidden_error": (H,),
        "hidden_error_term": (H,),
        "dW_ih": (D, H),
        "dW_ho": (H,),
        "x_as_factor": (D, 1),
        "delta_as_factor": (1, H),
    }


def chain_slopes(x: Array, y: float, N: int, W_ih: Array, W_ho: Array, i: int, j: int) -> Array:
    """Return the slopes of the six links from the loss back to the weight (W_ih)_ij.

    x (D,) is one of N records and y its target. Six numbers, each taken where the forward pass
    is: the slope of L over L_n first, then of L_n over ŷ, of ŷ over out, of out over a_j, of a_j
    over h_j, of h_j over the weight.
    """
    hidden, y_hat = forward(x, W_ih, W_ho)
    a = hidden[j]
    return np.array([1 / N, y_hat - y, y_hat * (1 - y_hat), W_ho[j], a * (1 - a), x[i]])


def output_error_term(y: float, y_hat: float) -> float:
    """Return δ_o: the derivative of one record's loss with respect to out, a number."""
    return (y_hat - y) * y_hat * (1 - y_hat)


def hidden_error(output_error_term: float, W_ho: Array) -> Array:
    """Return the derivative of one record's loss with respect to the hidden activations.

    W_ho holds the weights from the hidden units to the output.
    """
    return output_error_term * W_ho


def hidden_error_term(hidden_error: Array, hidden: Array) -> Array:
    """Return the derivative of one record's loss with respect to the hidden sums.

    hidden_error is its derivative with respect to the activations, and hidden holds these.
    """
    return hidden_error * hidden * (1 - hidden)


def record_gradients(x: Array, y: float, W_ih: Array, W_ho: Array) -> tuple[Array, Array]:
    """Return the gradient of ½(y − ŷ)² for one record x (D,): dW_ih and dW_ho.

    Each has the shape of its weights.
    """
    hidden, y_hat = forward(x, W_ih, W_ho)
    delta_o = output_error_term(y, y_hat)
    delta_h = hidden_error_term(hidden_error(delta_o, W_ho), hidden)
    return np.outer(x, delta_h), delta_o * hidden


def epoch_gradients(
    features: Array, targets: Array, W_ih: Array, W_ho: Array
) -> tuple[Array, Array]:
    """Return the sum of the gradients of all records: dW_ih and dW_ho.

    features is (N, D), one record a row; targets is (N,).
    """
    dW_ih, dW_ho = np.zeros(W_ih.shape), np.zeros(W_ho.shape)
    for x, y in zip(features, targets):
        of_W_ih, of_W_ho = record_gradients(x, y, W_ih, W_ho)
        dW_ih += of_W_ih
        dW_ho += of_W_ho
    return dW_ih, dW_ho


def epoch_as_noted(
    features: Array, targets: Array, W_ih: Array, W_ho: Array, learning_rate: float
) -> tuple[Array, Array]:
    """Run one epoch, indented as in the pseudo-code of the notes."""
    dW_ih, dW_ho = np.zeros_like(W_ih), np.zeros_like(W_ho)
    for x, y in zip(features, targets):
        of_W_ih, of_W_ho = record_gradients(x, y, W_ih, W_ho)
        dW_ih += of_W_ih
        dW_ho += of_W_ho
        W_ih = W_ih - learning_rate * dW_ih / len(features)
        W_ho = W_ho - learning_rate * dW_ho / len(features)
    return W_ih, W_ho


def fixed_epoch(
    features: Array, targets: Array, W_ih: Array, W_ho: Array, learning_rate: float
) -> tuple[Array, Array]:
    """Return W_ih and W_ho after one step down the mean loss of all records.

    features is (N, D), targets is (N,).
    """
    dW_ih, dW_ho = np.zeros_like(W_ih), np.zeros_like(W_ho)
    for x, y in zip(features, targets):
        of_W_ih, of_W_ho = record_gradients(x, y, W_ih, W_ho)
        dW_ih += of_W_ih
        dW_ho += of_W_ho
    W_ih = W_ih - learning_rate * dW_ih / len(features)
    W_ho = W_ho - learning_rate * dW_ho / len(features)
    return W_ih, W_ho


def mse_loss(targets: Array, outputs: Array) -> float:
    """Return 1/(2N)·Σ(y − ŷ)² of targets (N,) and outputs (N,)."""
    loss: float = np.sum((targets - outputs) ** 2) / (2 * len(targets))
    return loss


def accuracy(features: Array, targets: Array, W_ih: Array, W_ho: Array) -> float:
    """Return the share of records (N, D) for which ŷ > 0.5 says what targets (N,) says."""
    outputs = np.array([forward(x, W_ih, W_ho)[1] for x in features])
    share: float = np.mean((outputs > 0.5) == targets)
    return share


def train(
    features: Array,
    targets: Array,
    W_ih: Array,
    W_ho: Array,
    learning_rate: float,
    epochs: int,
) -> tuple[Array, Array, list[float]]:
    """Descend for `epochs` epochs, or until the recorded loss rises.

    After the updates of epochs 10, 20, … the loss over all records is appended to `losses`;
    training ends when it is above the one appended before. Returns W_ih, W_ho and losses.
    """
    losses: list[float] = []
    for epoch in range(1, epochs + 1):
        W_ih, W_ho = fixed_epoch(features, targets, W_ih, W_ho, learning_rate)
        if epoch % 10 == 0:
            outputs = np.array([forward(x, W_ih, W_ho)[1] for x in features])
            losses.append(mse_loss(targets, outputs))
            if len(losses) > 1 and losses[-1] > losses[-2]:
                break
    return W_ih, W_ho, losses
