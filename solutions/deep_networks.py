"""Reference answers of ps7: matrix differentials, and networks with any number of layers.

The two-layer ReLU network keeps examples in rows, like the notes that it comes from. From the
residual layer on, examples are columns: `X (D, N)`, `W (n_l, n_{l−1})`, `b (n_l, 1)`.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def softmax(Z: Array) -> Array:
    """Turn scores Z (K, N) into probabilities (K, N); each column sums to 1."""
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    P: Array = E / E.sum(axis=0, keepdims=True)
    return P


def bilinear_transposed_gradient(a: Array, b: Array) -> Array:
    """Return the gradient of aᵀXᵀb with respect to X (m, n), from a (n,) and b (m,)."""
    return np.outer(b, a)


def reg_differential_as_noted(W: Array, dW: Array, reg: float) -> Array:
    """Claim to return the differential of (reg/2)·‖W‖² along dW; both are (n, n)."""
    return reg * W @ dW


def reg_differential_traced(W: Array, dW: Array, reg: float) -> float:
    """Claim the same, with a trace around the product, so that it is a number."""
    return float(reg * np.trace(W @ dW))


def fixed_reg_differential(W: Array, dW: Array, reg: float) -> float:
    """Return the differential of (reg/2)·‖W‖² along dW, a number; W and dW are (n, n)."""
    return float(reg * np.trace(W.T @ dW))


def vec_jacobian(A: Array, B: Array) -> NDArray[np.floating]:
    """Return J with d vec(AXB) = J·d vec(X), where vec stacks the columns of a matrix.

    A (m, n) and B (p, q) are fixed, X would be (n, p), and J is (m·q, n·p).
    """
    return np.kron(B.T, A)


def first_wrong_line(values: Array, truth: Array) -> int:
    """Return the number, from 1, of the first line that is wrong in some direction, or 0.

    values (M, R) holds what each of R lines gives along M directions, truth (M,) what is right
    there. A line is wrong where it differs by more than 1e-6·(1 + |truth|).
    """
    allowed = 1e-6 * (1 + np.abs(truth))
    wrong = np.abs(values - truth[:, None]) > allowed[:, None]
    lines = np.flatnonzero(wrong.any(axis=0))
    return int(lines[0]) + 1 if len(lines) else 0


def dL_unfolded(G: Array, r: Array, w2: Array, dr: Array, dw2: Array) -> float:
    """Return the number dL where ŷ = r·w2 and G (N, K) is the gradient of L with respect to ŷ.

    r and its differential dr are (N, H), w2 and dw2 are (H, K).
    """
    return float(np.trace(G.T @ (dr @ w2 + r @ dw2)))


def relu_jacobians(G: Array, r: Array, w2: Array) -> tuple[Array, Array]:
    """Return the matrices (D_w2, D_r) of dL = tr(D_w2·dw2) + tr(D_r·dr).

    G (N, K) is the gradient of L with respect to ŷ = r·w2; r (N, H), w2 (H, K).
    """
    return G.T @ r, w2 @ G.T


def two_layer_relu_gradients(x: Array, y: Array, w1: Array, w2: Array) -> tuple[Array, Array]:
    """Return the gradients (dw1, dw2) of Σ(ŷ − y)² for ŷ = max(0, x·w1)·w2, in their shapes.

    Rows are examples: x (N, D), y (N, K); w1 (D, H), w2 (H, K).
    """
    h = x @ w1
    r = np.maximum(h, 0)
    G = 2 * (r @ w2 - y)
    D_w2, D_r = relu_jacobians(G, r, w2)
    dh = D_r.T * (h > 0)
    return x.T @ dh, D_w2.T


def residual_dJ(G: Array, S: Array, dZ: Array, dA_prev: Array) -> float:
    """Return the number dJ of a residual layer, from the differentials of Z and of A_prev.

    G is the gradient of J with respect to A, and S holds σ'(Z); all four are (n, N).
    """
    return float(np.trace(G.T @ (S * dZ + dA_prev)))


def residual_dJ_unfolded(
    G: Array, S: Array, W: Array, A_prev: Array, dW: Array, db: Array, dA_prev: Array
) -> float:
    """Return the number dJ of a residual layer, from the differentials of all that it is given.

    G, S, A_prev and dA_prev are (n, N), W and dW are (n, n), db is (n, 1).
    """
    dZ = dW @ A_prev + db + W @ dA_prev  # numpy copies db to every column
    return float(np.trace(G.T @ (S * dZ + dA_prev)))


def residual_jacobians(G: Array, S: Array, W: Array, A_prev: Array) -> tuple[Array, Array, Array]:
    """Return the matrices (D_W, D_b, D_A) of dJ = tr(D_W·dW) + tr(D_b·db) + tr(D_A·dA_prev).

    G, S and A_prev are (n, N), W is (n, n).
    """
    DZ = (G * S).T
    return A_prev @ DZ, DZ.sum(axis=0, keepdims=True), DZ @ W + G.T


def residual_gradients(G: Array, Z: Array, W: Array, A_prev: Array) -> tuple[Array, Array, Array]:
    """Return the gradients (dW, db, dA_prev) of a residual layer, in the shapes of W, b, A_prev.

    G is the gradient of J with respect to A. G, Z and A_prev are (n, N), W is (n, n).
    """
    A = sigmoid(Z)
    D_W, D_b, D_A = residual_jacobians(G, A * (1 - A), W, A_prev)
    return D_W.T, D_b.T, D_A.T


def error_term_below(delta_next: Array, W_next: Array, A: Array) -> Array:
    """Return the error terms of a sigmoid layer, from those of the layer that it feeds.

    delta_next (n_{l+1}, N) are the error terms of that layer, W_next (n_{l+1}, n_l) its weights,
    and A (n_l, N) what this layer's sigmoid gave.
    """
    return (W_next.T @ delta_next) * A * (1 - A)


def deep_forward(X: Array, weights: list[Array], biases: list[Array]) -> list[Array]:
    """Return the activations [A0, …, AL] of a batch X (D, N); A0 is X, AL (K, N) is the softmax.

    weights[i] (n_{i+1}, n_i) and biases[i] (n_{i+1}, 1) lead from A_i to A_{i+1}.
    """
    activations = [X]
    for W, b in zip(weights[:-1], biases[:-1]):
        activations.append(sigmoid(W @ activations[-1] + b))
    activations.append(softmax(weights[-1] @ activations[-1] + biases[-1]))
    return activations


def deep_loss(X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float) -> float:
    """Return the loss of a batch: the mean cross-entropy of the labels y (N,) and the penalty."""
    probs = deep_forward(X, weights, biases)[-1]
    data_loss = -np.log(probs[y, np.arange(len(y))]).mean()
    reg_loss = 0.5 * reg * sum(np.sum(W**2) for W in weights)
    return float(data_loss + reg_loss)


def deep_gradients(
    X: Array, y: Labels, weights: list[Array], biases: list[Array], reg: float
) -> tuple[list[Array], list[Array]]:
    """Return (list of dW, list of db) of `deep_loss`, in the order of weights and biases."""
    N = len(y)
    activations = deep_forward(X, weights, biases)
    delta = activations[-1].copy()
    delta[y, np.arange(N)] -= 1  # δ of the output layer: P − Y, per example
    dWs: list[Array] = []
    dbs: list[Array] = []
    for i in reversed(range(len(weights))):
        dWs.insert(0, delta @ activations[i].T / N + reg * weights[i])
        dbs.insert(0, delta.sum(axis=1, keepdims=True) / N)
        if i > 0:
            delta = error_term_below(delta, weights[i], activations[i])
    return dWs, dbs


def broken_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Claim to return (dW1, db1, dW2, db2) of the mean binary cross-entropy. Two lines are wrong.

    Columns are examples: X (D, N), Y (1, N), W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1).
    """
    N = X.shape[0]
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / N
    db2 = dZ2.sum(axis=1, keepdims=True) / N
    dZ1 = error_term_below(dZ2, W2, A2)
    dW1 = dZ1 @ X.T / N
    db1 = dZ1.sum(axis=1, keepdims=True) / N
    return dW1, db1, dW2, db2


def fixed_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """Return (dW1, db1, dW2, db2) of the mean binary cross-entropy, with both mistakes fixed.

    Columns are examples: X (D, N), Y (1, N), W1 (H, D), b1 (H, 1), W2 (1, H), b2 (1, 1).
    """
    N = X.shape[1]
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / N
    db2 = dZ2.sum(axis=1, keepdims=True) / N
    dZ1 = error_term_below(dZ2, W2, A1)
    dW1 = dZ1 @ X.T / N
    db1 = dZ1.sum(axis=1, keepdims=True) / N
    return dW1, db1, dW2, db2
