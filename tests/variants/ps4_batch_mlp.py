"""Right answers to ps4 in other styles: loops, einsum, np.outer, work on own copies."""

import numpy as np


def logistic(z):
    return 1 / (1 + np.exp(-z))


def shapes(N, D, H):
    """Literally, with lists."""
    return {
        "W1": [H, D],
        "b1": [H, 1],
        "Z1": [H, N],
        "A1": [H, N],
        "W2": [1, H],
        "b2": [1, 1],
        "Z2": [1, N],
        "dZ2": [1, N],
        "dW2": [1, H],
        "db2": [1, 1],
        "dA1": [H, N],
        "dZ1": [H, N],
        "dW1": [H, D],
        "db1": [H, 1],
        "ones": [N, 1],
    }


def shapes_of_arrays(N, D, H):
    """Arrays of zeros, and what numpy makes of them."""
    X, W1, b1, W2, b2 = map(np.zeros, ((D, N), (H, D), (H, 1), (1, H), (1, 1)))
    Z1 = A1 = dA1 = dZ1 = W1 @ X
    Z2 = dZ2 = W2 @ A1
    dW1, dW2, ones = dZ1 @ X.T, dZ2 @ A1.T, np.ones((1, N)).T
    db1, db2 = dZ1 @ ones, dZ2 @ ones
    found = {"W1": W1, "b1": b1, "Z1": Z1, "A1": A1, "W2": W2, "b2": b2, "Z2": Z2, "dZ2": dZ2}
    found |= {"dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1, "ones": ones}
    return {name: array.shape for name, array in found.items()}


def shapes_in_groups(N, D, H):
    """By kind; numpy's integers, and more keys than asked for."""
    first = dict.fromkeys(["W1", "dW1"], (np.int64(H), np.int64(D)))
    batch = dict.fromkeys(["Z1", "A1", "dA1", "dZ1"], (H, N))
    batch |= dict.fromkeys(["Z2", "A2", "dZ2", "Y"], (1, N))
    biases = dict.fromkeys(["b1", "db1"], (H, 1)) | dict.fromkeys(["b2", "db2"], (1, 1))
    return first | batch | biases | {"W2": (1, H), "dW2": (1, H), "ones": (N, 1), "X": (D, N)}


def forward(X, W1, b1, W2, b2):
    """Row by row, with the biases as vectors."""
    Z1 = np.array([sum(W1[h, d] * X[d] for d in range(len(X))) + b1[h, 0] for h in range(len(W1))])
    A1 = logistic(Z1)
    Z2 = (A1.T @ W2.T + b2.T).T
    return [Z1, A1, Z2, logistic(Z2)]


def binary_cross_entropy(A2, Y):
    """Python's own loop, choosing the term that counts."""
    total = 0.0
    for a, y in zip(A2[0], Y[0], strict=True):
        p = a if y == 1 else 1 - a
        total -= np.log(max(p, 1e-15))
    return total / len(A2[0])


def binary_cross_entropy_with_maximum(A2, Y):
    tiny = 1e-300
    ones, zeros = np.log(np.maximum(A2, tiny)), np.log(np.maximum(1 - A2, tiny))
    return np.array([[-(Y @ ones.T + (1 - Y) @ zeros.T).item() / Y.size]])


def output_activation_gradient(A2, Y):
    return (A2 - Y) / (A2 * (1 - A2))


def output_error_term(A2, Y):
    """Each label by itself: what is missing to 1, or too much above 0."""
    return np.where(Y == 1, -(1 - A2), A2)


def output_error_term_in_place(A2, Y):
    dZ2 = A2.copy()
    dZ2[Y == 1] -= 1
    return dZ2


def weight_gradient_entry(dZ, A_prev, i, j):
    """A loop over the examples."""
    total = 0.0
    for n in range(dZ.shape[1]):
        total += dZ[i][n] * A_prev[j][n]
    return total / dZ.shape[1]


def weight_gradient_entry_of_all(dZ, A_prev, i, j):
    """The whole table, and one entry of it."""
    return np.dot(A_prev, dZ.T).T[i, j] / len(dZ.T)


def weight_gradient_entry_by_ones(dZ, A_prev, i, j):
    return (dZ[i : i + 1] * A_prev[j : j + 1]) @ np.full((dZ.shape[1], 1), 1 / dZ.shape[1])


def weight_gradient(dZ, A_prev):
    """One outer product per example."""
    dW = np.zeros((dZ.shape[0], A_prev.shape[0]))
    for i in range(dZ.shape[1]):
        dW += np.outer(dZ[:, i], A_prev[:, i])
    return dW / dZ.shape[1]


def weight_gradient_by_einsum(dZ, A_prev):
    return np.einsum("in,jn->nij", dZ, A_prev).mean(axis=0)


def bias_gradient(dZ):
    return np.mean(dZ, axis=1)[:, None]


def bias_gradient_by_ones(dZ):
    """The product with a column of ones sums each row."""
    N = dZ.shape[1]
    return dZ @ np.ones((N, 1)) / N


def probe(dZ, A_prev, W, b):
    """Unit by unit, example by example."""
    total = 0.0
    for i in range(dZ.shape[0]):
        for n in range(dZ.shape[1]):
            total += dZ[i, n] * (np.dot(W[i], A_prev[:, n]) + b[i, 0])
    return total


def probe_by_einsum(dZ, A_prev, W, b):
    return np.einsum("in,ij,jn->", dZ, W, A_prev) + (dZ.sum(axis=1) * b[:, 0]).sum()


def probe_by_trace(dZ, A_prev, W, b):
    Z = np.hstack([W, b]) @ np.vstack([A_prev, np.ones(A_prev.shape[1])])
    return np.trace(dZ.T @ Z)


def linear_backward(dZ, A_prev, W):
    N = dZ.shape[1]
    dA_prev = np.tensordot(W, dZ, axes=(0, 0))
    return dA_prev, np.dot(A_prev, dZ.T).T / N, np.add.reduce(dZ, axis=1).reshape(-1, 1) / N


def linear_backward_by_einsum(dZ, A_prev, W):
    """What is summed stands in two places of one line."""
    N = dZ.shape[1]
    dW = np.einsum("in,jn->ij", dZ, A_prev)
    return np.einsum("in,ij->jn", dZ, W), dW / N, np.einsum("in->i", dZ)[:, np.newaxis] / N


def linear_backward_by_examples(dZ, A_prev, W):
    """Example by example: columns side by side, and means of tables."""
    pairs = [(dZ[:, n], A_prev[:, n]) for n in range(dZ.shape[1])]
    dA_prev = np.column_stack([dz @ W for dz, _ in pairs])
    return dA_prev, np.mean([np.outer(*pair) for pair in pairs], 0), np.mean(dZ, 1, keepdims=True)


def backward(X, Y, W1, b1, W2, b2):
    """Example by example, adding up."""
    totals = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    N = X.shape[1]
    for i in range(N):
        x, y = X[:, i : i + 1], Y[0, i]
        a1 = logistic(W1 @ x + b1)
        error = logistic(W2 @ a1 + b2) - y
        hidden = W2.T * error * a1 * (1 - a1)
        for total, part in zip(totals, (hidden * x.T, hidden, error * a1.T, error), strict=True):
            np.add(total, part, out=total)
    return [total / N for total in totals]


def backward_with_scaled_error(X, Y, W1, b1, W2, b2):
    """The 1/N goes into the first error term and travels along."""
    A1 = logistic(W1 @ X + b1)
    A2 = logistic(W2 @ A1 + b2)
    dZ2 = (A2 - Y) / Y.shape[1]
    dZ1 = np.outer(W2, dZ2) * (A1 - A1**2)
    return dZ1 @ X.T, dZ1.sum(1, keepdims=True), dZ2 @ A1.T, dZ2.sum(1, keepdims=True)


VARIANTS = {
    "shapes": [shapes, shapes_of_arrays, shapes_in_groups],
    "forward": [forward],
    "binary_cross_entropy": [binary_cross_entropy, binary_cross_entropy_with_maximum],
    "output_activation_gradient": [output_activation_gradient],
    "output_error_term": [output_error_term, output_error_term_in_place],
    "weight_gradient_entry": [
        weight_gradient_entry,
        weight_gradient_entry_of_all,
        weight_gradient_entry_by_ones,
    ],
    "weight_gradient": [weight_gradient, weight_gradient_by_einsum],
    "bias_gradient": [bias_gradient, bias_gradient_by_ones],
    "probe": [probe, probe_by_einsum, probe_by_trace],
    "linear_backward": [linear_backward, linear_backward_by_einsum, linear_backward_by_examples],
    "backward": [backward, backward_with_scaled_error],
}
