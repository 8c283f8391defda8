"""Reference answers of ps6: softmax and cross-entropy, ReLU, L2.

The 2-3-2 network keeps examples in columns, everything else in rows. All losses are means over
the batch plus ½·reg·Σ‖W‖²; `scores_gradient` carries the 1/N, so all that follows has it too.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Gradients = tuple[Array, Array, Array, Array]


def sigmoid(Z: Array) -> Array:
    """Return σ(Z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    A: Array = 0.5 * (1 + np.tanh(0.5 * Z))
    return A


def softmax(scores: Array) -> Array:
    """Turn each row of scores (N, K) into probabilities; right at any finite scores."""
    shifted = scores - scores.max(axis=1, keepdims=True)  # the same p, and exp(s) ≤ 1
    powers = np.exp(shifted)
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


def softmax_jacobian(p: Array) -> Array:
    """Return ∂p_i/∂s_j, (K, K), at the probabilities p (K,) of one example."""
    jacobian: Array = np.diag(p) - np.outer(p, p)
    return jacobian


def cross_entropy(probs: Array, y: Labels) -> float:
    """Return the mean of −log p of the true class: probs (N, K), labels y (N,)."""
    return float(-np.mean(np.log(probs[np.arange(len(y)), y])))


def scores_gradient(probs: Array, y: Labels) -> Array:
    """Return the gradient (N, K) of the mean cross-entropy by the scores.

    `probs` (N, K) is softmax of the scores, y (N,) holds the labels; both stay as they are.
    """
    dscores = probs.copy()
    dscores[np.arange(len(y)), y] -= 1  # p − one-hot
    dscores /= len(y)
    return dscores


def testnet_loss(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    """Return mean cross-entropy + ½·reg·(‖W1‖² + ‖W2‖²) of the 2-3-2 network.

    Columns are examples: X (2, N), y (N,), W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1).
    """
    A1 = sigmoid(W1 @ X + b1)
    probs = softmax((W2 @ A1 + b2).T)  # softmax wants rows
    penalty = 0.5 * reg * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(probs, y) + float(penalty)


def testnet_backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Return dW1 (3, 2), db1 (3, 1), dW2 (2, 3), db2 (2, 1) for one example x (2, 1).

    The loss is −log p of the label (0 or 1), with no regularisation.
    """
    a1 = sigmoid(W1 @ x + b1)  # (3, 1)
    delta2 = softmax((W2 @ a1 + b2).T).T  # p, (2, 1)
    delta2[label] -= 1  # p − one-hot
    delta1 = W2.T @ delta2 * a1 * (1 - a1)  # (3, 2)(2, 1) ⊙ (3, 1)
    return delta1 @ x.T, delta1, delta2 @ a1.T, delta2


def testnet_batch_backward(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> Gradients:
    """Return dW1 (3, 2), db1 (3, 1), dW2 (2, 3), db2 (2, 1) of `testnet_loss`.

    Columns are examples: X (2, N), y (N,).
    """
    A1 = sigmoid(W1 @ X + b1)  # (3, N)
    probs = softmax((W2 @ A1 + b2).T)  # (N, 2)
    delta2 = scores_gradient(probs, y).T  # (2, N), with the 1/N
    delta1 = W2.T @ delta2 * A1 * (1 - A1)  # (3, N)
    db1, db2 = delta1.sum(axis=1, keepdims=True), delta2.sum(axis=1, keepdims=True)
    return delta1 @ X.T + reg * W1, db1, delta2 @ A1.T + reg * W2, db2


def affine_backward(dout: Array, X: Array, W: Array) -> tuple[Array, Array, Array]:
    """Push dout (N, M) back through X·W + b, with X (N, D), W (D, M), b (M,).

    Returns dX (N, D), dW (D, M), db (M,). Any 1/N is in dout already.
    """
    return dout @ W.T, X.T @ dout, dout.sum(axis=0)


def relu_backward(dout: Array, Z: Array) -> Array:
    """Push dout back through max(0, Z); both have the same shape."""
    return dout * (Z > 0)


def loss_and_gradients(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> tuple[float, Gradients]:
    """Return the regularised loss of the ReLU network and (dW1, db1, dW2, db2).

    Rows are examples: X (N, D), y (N,), W1 (D, H), b1 (H,), W2 (H, K), b2 (K,).
    The loss is mean cross-entropy + ½·reg·(‖W1‖² + ‖W2‖²).
    """
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    probs = softmax(A1 @ W2 + b2)
    loss = cross_entropy(probs, y) + 0.5 * reg * float(np.sum(W1**2) + np.sum(W2**2))
    dA1, dW2, db2 = affine_backward(scores_gradient(probs, y), A1, W2)
    _, dW1, db1 = affine_backward(relu_backward(dA1, Z1), X, W1)
    return loss, (dW1 + reg * W1, db1, dW2 + reg * W2, db2)


def train(
    X: Array,
    y: Labels,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    learning_rate: float,
    reg: float,
    steps: int,
) -> tuple[Gradients, list[float]]:
    """Descend with the whole batch X (N, D), y (N,) at each of `steps` steps.

    Returns the new (W1, b1, W2, b2) and the losses, one per step, taken before its update.
    """
    losses = []
    for _ in range(steps):
        loss, (dW1, db1, dW2, db2) = loss_and_gradients(X, y, W1, b1, W2, b2, reg)
        losses.append(loss)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return (W1, b1, W2, b2), losses
