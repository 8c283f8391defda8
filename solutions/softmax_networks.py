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


def sigmoid_slope(A: Array) -> Array:
    """Return the sigmoid's slope from its outputs A, elementwise."""
    return A * (1 - A)


def softmax(scores: Array) -> Array:
    """Turn each row of scores (N, K) into probabilities; right at any finite scores."""
    shifted = scores - scores.max(axis=1, keepdims=True)  # the same p, and exp(s) ≤ 1
    powers = np.exp(shifted)
    probs: Array = powers / powers.sum(axis=1, keepdims=True)
    return probs


def softmax_jacobian(p: Array) -> Array:
    """Return the derivatives of all probabilities with respect to all scores of one example.

    p (K,) is softmax of the scores. Row i belongs to probability i, column j to score j.
    """
    jacobian: Array = np.diag(p) - np.outer(p, p)
    return jacobian


def cross_entropy(probs: Array, y: Labels) -> float:
    """Return the mean over the examples of −log p of the true class.

    probs (N, K) holds a row of probabilities for each example, y (N,) the labels.
    """
    return float(-np.mean(np.log(probs[np.arange(len(y)), y])))


def d_true_score(y: Labels, dscores: Array) -> Array:
    """Return the differential of each example's true score, one number per example.

    y (N,) holds the labels; dscores (N, K) is the differential of the scores.
    """
    return dscores[np.arange(len(y)), y]


def d_log_sum(scores: Array, dscores: Array) -> Array:
    """Return the differential of the logarithm of the sum of a row's exponentials, one per row.

    scores (N, K) and their differential dscores (N, K).
    """
    powers = np.exp(scores)
    change: Array = np.sum(powers * dscores, axis=1) / np.sum(powers, axis=1)
    return change


def d_cross_entropy(probs: Array, y: Labels, dscores: Array) -> float:
    """Return the differential of the mean cross-entropy, one number.

    probs (N, K) is softmax of the scores, y (N,) holds the labels, and dscores (N, K) is the
    differential of the scores.
    """
    d_log_sums = np.sum(probs * dscores, axis=1)
    return float(np.mean(d_log_sums - d_true_score(y, dscores)))


def scores_gradient(probs: Array, y: Labels) -> Array:
    """Return the gradient of the mean cross-entropy with respect to the scores, of their shape.

    probs (N, K) is softmax of the scores, y (N,) holds the labels; both stay as they are.
    """
    dscores = probs.copy()
    dscores[np.arange(len(y)), y] -= 1  # p − one-hot
    dscores /= len(y)
    return dscores


def slip_factors(points_per_class: int, K: int) -> dict[str, float]:
    """Return, for each of the four programs, the gradient it claims divided by the true one.

    The batch holds points_per_class examples of each of K classes. The keys are the programs'
    names: derived, per_class, half, bias_twice.
    """
    batch = points_per_class * K
    return {
        "derived": float(batch),  # no mean at all
        "per_class": batch / points_per_class,  # a mean over the wrong N
        "half": 0.5,  # the derivative of a square brings a 2
        "bias_twice": 0.5,  # z moves by 2 db
    }


def testnet_loss(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> float:
    """Return the mean cross-entropy of the 2-3-2 network plus its penalty with strength reg.

    Columns are examples: X (2, N), y (N,), W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1).
    """
    A1 = sigmoid(W1 @ X + b1)
    probs = softmax((W2 @ A1 + b2).T)  # softmax wants rows
    penalty = 0.5 * reg * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(probs, y) + float(penalty)


def testnet_backward(x: Array, label: int, W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Return the derivatives of one example's loss with respect to W1, b1, W2, b2, in their shapes.

    x (2, 1) is one column, its label is 0 or 1; W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1). The
    loss is the cross-entropy without a penalty.
    """
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    d2 = scores_gradient(softmax((W2 @ a1 + b2).T), np.array([label])).T
    d1 = (W2.T @ d2) * sigmoid_slope(a1)  # of each unit by itself
    return d1 @ x.T, d1, d2 @ a1.T, d2


def testnet_batch_backward(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> Gradients:
    """Return the derivatives of `testnet_loss` with respect to W1, b1, W2, b2, in their shapes.

    Columns are examples: X (2, N), y (N,), W1 (3, 2), b1 (3, 1), W2 (2, 3), b2 (2, 1).
    """
    A1 = sigmoid(W1 @ X + b1)  # (3, N)
    probs = softmax((W2 @ A1 + b2).T)  # (N, 2)
    delta2 = scores_gradient(probs, y).T  # (2, N), with the 1/N
    delta1 = (W2.T @ delta2) * sigmoid_slope(A1)  # (3, N)
    db1, db2 = delta1.sum(axis=1, keepdims=True), delta2.sum(axis=1, keepdims=True)
    return delta1 @ X.T + reg * W1, db1, delta2 @ A1.T + reg * W2, db2


def affine_backward(dout: Array, X: Array, W: Array) -> tuple[Array, Array, Array]:
    """Return the derivatives with respect to X, W and b of an affine layer, in their shapes.

    dout (N, M) is the derivative with respect to the layer's result; X (N, D), W (D, M), and the
    bias b (M,) is not needed. Any 1/N is in dout already.
    """
    return dout @ W.T, X.T @ dout, dout.sum(axis=0)


def loss_and_gradients(
    X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float
) -> tuple[float, Gradients]:
    """Return the loss of the ReLU network and its derivatives with respect to W1, b1, W2, b2.

    Rows are examples: X (N, D), y (N,), W1 (D, H), b1 (H,), W2 (H, K), b2 (K,). The loss is the
    mean cross-entropy plus the penalty with strength reg. The four derivatives come as one tuple,
    each in its parameter's shape.
    """
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    probs = softmax(A1 @ W2 + b2)
    loss = cross_entropy(probs, y) + 0.5 * reg * float(np.sum(W1**2) + np.sum(W2**2))
    dA1, dW2, db2 = affine_backward(scores_gradient(probs, y), A1, W2)
    dZ1 = dA1 * (Z1 > 0)  # what went in decides
    _, dW1, db1 = affine_backward(dZ1, X, W1)
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
