"""Right answers to ps7 in other styles: loops, einsum, other orders, work on own copies."""

import math

import numpy as np


def outer_by_einsum(a, b):
    return np.einsum("j,i->ij", a, b)


def outer_by_loops(a, b):
    dX = np.zeros((len(b), len(a)))
    for i in range(len(b)):
        for j in range(len(a)):
            dX[i, j] = a[j] * b[i]
    return dX


def outer_by_boxes(a, b):
    return b.reshape(-1, 1) @ a.reshape(1, -1)


def reg_by_entries(W, dW, reg):
    return reg * np.sum(W * dW)


def reg_by_vec(W, dW, reg):
    return reg * W.ravel(order="F") @ dW.ravel(order="F")


def reg_by_both_terms(W, dW, reg):
    return 0.5 * reg * (np.trace(dW.T @ W) + np.trace(W.T @ dW))


def jacobian_by_units(A, B):
    """Column after column, from what the product makes of unit matrices."""
    n, p = A.shape[1], B.shape[0]
    columns = []
    for j in range(p):
        for i in range(n):
            unit = np.zeros((n, p))
            unit[i, j] = 1
            columns.append((A @ unit @ B).ravel(order="F"))
    return np.stack(columns, axis=1)


def jacobian_by_blocks(A, B):
    return np.block([[B[j, k] * A for j in range(len(B))] for k in range(B.shape[1])])


def jacobian_by_einsum(A, B):
    J = np.einsum("ij,kl->likj", A, B)  # [column of the result, row of it, column of X, row of X]
    return J.reshape(A.shape[0] * B.shape[1], A.shape[1] * B.shape[0])


def line_by_loops(values, truth):
    M, R = values.shape
    for line in range(R):
        if any(abs(values[m, line] - truth[m]) > 1e-6 * (1 + abs(truth[m])) for m in range(M)):
            return line + 1
    return 0


def line_by_allclose(values, truth):
    right = np.isclose(values.T, truth, rtol=1e-6, atol=1e-6).all(axis=1)
    return 0 if right.all() else int(np.argmin(right)) + 1


def line_by_search(values, truth):
    for number, line in enumerate(values.T, 1):
        if np.max(np.abs(line - truth) / (1 + np.abs(truth))) > 1e-6:
            return float(number)
    return 0.0


def dL_by_entries(G, r, w2, dr, dw2):
    return np.sum(G * (dr @ w2)) + np.sum(G * (r @ dw2))


def dL_by_traces(G, r, w2, dr, dw2):
    return np.trace(w2 @ G.T @ dr) + np.trace(G.T @ r @ dw2)


def dL_by_loops(G, r, w2, dr, dw2):
    total = 0.0
    for n in range(len(G)):
        for k in range(G.shape[1]):
            total += G[n, k] * (dr[n] @ w2[:, k] + r[n] @ dw2[:, k])
    return total


def jacobians_by_einsum(G, r, w2):
    return np.einsum("nk,nh->kh", G, r), np.einsum("hk,nk->hn", w2, G)


def jacobians_by_examples(G, r, w2):
    D_w2 = sum(np.outer(G[n], r[n]) for n in range(len(G)))
    return [D_w2, np.column_stack([w2 @ g for g in G])]


def jacobians_from_gradients(G, r, w2):
    dr, dw2 = G @ w2.T, r.T @ G
    return dw2.T.copy(), dr.T.copy()


def relu_by_examples(x, y, w1, w2):
    """Example after example."""
    dw1, dw2 = np.zeros(w1.shape), np.zeros(w2.shape)
    for n in reversed(range(len(x))):
        h = x[n] @ w1
        error = 2.0 * (np.where(h < 0, 0, h) @ w2 - y[n])
        dw2 += np.outer(np.where(h < 0, 0, h), error)
        dh = w2 @ error
        dh[h < 0] = 0
        dw1 += np.outer(x[n], dh)
    return dw1, dw2


def relu_by_gate(x, y, w1, w2):
    gate = (x.dot(w1) > 0).astype(float)
    r = x.dot(w1) * gate
    G = 2 * (r.dot(w2) - y)
    return x.T.dot(G.dot(w2.T) * gate), r.T.dot(G)


def relu_by_einsum(x, y, w1, w2):
    r = np.maximum(0, np.einsum("nd,dh->nh", x, w1))
    G = np.einsum("nh,hk->nk", r, w2) - y
    G = G + G
    return np.einsum("nd,nk,hk,nh->dh", x, G, w2, np.sign(r)), np.einsum("nh,nk->hk", r, G)


def dJ_by_entries(G, S, dZ, dA_prev):
    return np.sum(G * S * dZ) + np.sum(G * dA_prev)


def dJ_by_loops(G, S, dZ, dA_prev):
    total = 0.0
    for i, j in np.ndindex(G.shape):
        total += G[i, j] * (S[i, j] * dZ[i, j] + dA_prev[i, j])
    return total


def dJ_by_traces(G, S, dZ, dA_prev):
    return np.trace((G * S).T @ dZ) + np.trace(dA_prev @ G.T)


def unfolded_by_columns(G, S, W, A_prev, dW, db, dA_prev):
    total = 0.0
    for n in range(G.shape[1]):
        dz = dW @ A_prev[:, n] + db[:, 0] + W @ dA_prev[:, n]
        total += G[:, n] @ (S[:, n] * dz + dA_prev[:, n])
    return total


def unfolded_by_einsum(G, S, W, A_prev, dW, db, dA_prev):
    dZ = np.einsum("ij,jn->in", dW, A_prev) + np.einsum("ij,jn->in", W, dA_prev)
    dZ += db @ np.ones((1, G.shape[1]))
    return np.einsum("in,in", G * S, dZ) + np.einsum("in,in", G, dA_prev)


def unfolded_by_traces(G, S, W, A_prev, dW, db, dA_prev):
    delta = G * S
    through = np.trace(A_prev @ delta.T @ dW) + delta.sum(axis=1) @ db[:, 0]
    return through + np.trace((delta.T @ W + G.T) @ dA_prev)


def residual_by_einsum(G, S, W, A_prev):
    delta = np.einsum("in,in->in", G, S)
    D_b = np.einsum("in->i", delta)[None, :]
    return np.einsum("jn,in->ji", A_prev, delta), D_b, np.einsum("in,ij->nj", delta, W) + G.T


def residual_by_columns(G, S, W, A_prev):
    """One example at a time, each adding its share."""
    n, N = G.shape
    D_W, D_b, D_A = np.zeros((n, n)), np.zeros((1, n)), np.zeros((N, n))
    for k in range(N):
        delta = G[:, k] * S[:, k]
        D_W += np.outer(A_prev[:, k], delta)
        D_b += delta
        D_A[k] = delta @ W + G[:, k]
    return D_W, D_b, D_A


def residual_from_gradients(G, S, W, A_prev):
    delta = S * G
    ones = np.ones((G.shape[1], 1))
    return [(delta @ A_prev.T).T, (delta @ ones).T, (W.T @ delta + G).T]


def gradients_in_one_go(G, Z, W, A_prev):
    s = 1 / (1 + np.exp(-Z))
    delta = G * s * (1 - s)
    return delta @ A_prev.T, delta.sum(axis=1, keepdims=True), W.T @ delta + G


def gradients_by_columns(G, Z, W, A_prev):
    dW, db, dA = np.zeros(W.shape), np.zeros((len(W), 1)), G.copy()
    for n in range(Z.shape[1]):
        slope = 0.25 / np.cosh(Z[:, n] / 2) ** 2
        delta = G[:, n] * slope
        dW += np.outer(delta, A_prev[:, n])
        db[:, 0] += delta
        dA[:, n] += W.T @ delta
    return dW, db, dA


def gradients_by_einsum(G, Z, W, A_prev):
    delta = G * np.exp(-Z) / (1 + np.exp(-Z)) ** 2
    return [
        np.einsum("in,jn->ij", delta, A_prev),
        np.einsum("in->i", delta)[:, np.newaxis],
        np.einsum("ij,in->jn", W, delta) + G,
    ]


def below_by_einsum(delta_next, W_next, A):
    return np.einsum("kj,kn,jn->jn", W_next, delta_next, A - A**2)


def below_by_columns(delta_next, W_next, A):
    columns = [
        delta_next[:, n] @ W_next * A[:, n] * (1.0 - A[:, n]) for n in range(delta_next.shape[1])
    ]
    return np.transpose(columns)


def below_by_jacobian(delta_next, W_next, A):
    slope = np.multiply(A, np.subtract(1, A))
    return slope * np.dot(delta_next.T, W_next).T


def deep_forward(X, weights, biases):
    """By index, with exponentials written out."""
    activations = [X.copy()]
    for i in range(len(weights)):
        Z = np.einsum("ij,jn->in", weights[i], activations[i]) + biases[i]
        if i == len(weights) - 1:
            activations.append(np.exp(Z) / sum(np.exp(Z)))
        else:
            activations.append(1 / (1 + np.exp(-Z)))
    return activations


def deep_loss(X, y, weights, biases, reg):
    """One example at a time, the last first."""
    total = 0.0
    for n in reversed(range(len(y))):
        total -= math.log(deep_forward(X[:, [n]], weights, biases)[-1][y[n], 0])
    return total / len(y) + reg / 2 * sum((W.ravel() ** 2).sum() for W in weights)


def deep_gradients(X, y, weights, biases, reg):
    """The mean already in delta, lists filled by place, a one-hot matrix of the labels."""
    activations = deep_forward(X, weights, biases)
    depth = len(weights)
    dW, db = [None] * depth, [None] * depth
    delta = (activations[-1] - np.eye(len(activations[-1]))[:, y]) / X.shape[1]
    for layer in range(depth, 0, -1):
        dW[layer - 1] = np.einsum("in,jn->ij", delta, activations[layer - 1])
        dW[layer - 1] += reg * weights[layer - 1]
        db[layer - 1] = delta @ np.ones((X.shape[1], 1))
        a = activations[layer - 1]
        delta = (weights[layer - 1].T @ delta) * (a - a**2)
    return dW, db


def fixed_backward(X, Y, W1, b1, W2, b2):
    """Example after example."""
    N = X.shape[1]
    found = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for n in range(N):
        x, t = X[:, [n]], Y[0, n]
        a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
        dz2 = 1 / (1 + np.exp(-(W2 @ a1 + b2))) - t
        dz1 = W2.T * dz2 * a1 * (1 - a1)
        for i, part in enumerate((dz1 @ x.T, dz1, dz2 @ a1.T, dz2)):
            found[i] += part / N
    return tuple(found)


VARIANTS = {
    "bilinear_transposed_gradient": [outer_by_einsum, outer_by_loops, outer_by_boxes],
    "fixed_reg_differential": [reg_by_entries, reg_by_vec, reg_by_both_terms],
    "vec_jacobian": [jacobian_by_units, jacobian_by_blocks, jacobian_by_einsum],
    "first_wrong_line": [line_by_loops, line_by_allclose, line_by_search],
    "dL_unfolded": [dL_by_entries, dL_by_traces, dL_by_loops],
    "relu_jacobians": [jacobians_by_einsum, jacobians_by_examples, jacobians_from_gradients],
    "two_layer_relu_gradients": [relu_by_examples, relu_by_gate, relu_by_einsum],
    "residual_dJ": [dJ_by_entries, dJ_by_loops, dJ_by_traces],
    "residual_dJ_unfolded": [unfolded_by_columns, unfolded_by_einsum, unfolded_by_traces],
    "residual_jacobians": [residual_by_einsum, residual_by_columns, residual_from_gradients],
    "residual_gradients": [gradients_in_one_go, gradients_by_columns, gradients_by_einsum],
    "error_term_below": [below_by_einsum, below_by_columns, below_by_jacobian],
    "deep_forward": [deep_forward],
    "deep_loss": [deep_loss],
    "deep_gradients": [deep_gradients],
    "fixed_backward": [fixed_backward],
}
