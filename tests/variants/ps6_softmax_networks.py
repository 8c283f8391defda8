"""Right answers to ps6 in other styles: loops, one-hot matrices, einsum, work on own copies."""

import math

import numpy as np


def softmax(scores):
    """Row by row, with Python's own numbers."""
    rows = []
    for row in scores:
        top = max(row)
        powers = [math.exp(s - top) for s in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


def softmax_by_logarithm(scores):
    total = np.logaddexp.reduce(scores, axis=1)
    return np.exp(scores - total[:, None])


def softmax_jacobian(p):
    """Entry by entry."""
    K = len(p)
    jacobian = np.empty((K, K))
    for i in range(K):
        for j in range(K):
            jacobian[i, j] = p[i] * ((i == j) - p[j])
    return jacobian


def softmax_jacobian_by_broadcasting(p):
    return p[:, None] * (np.eye(p.size) - p[None, :])


def cross_entropy(probs, y):
    return sum(-math.log(row[label]) for row, label in zip(probs, y, strict=True)) / len(y)


def cross_entropy_by_mask(probs, y):
    mask = y[:, None] == np.arange(probs.shape[1])
    return -np.log(probs[mask]).mean()


def scores_gradient(probs, y):
    one_hot = np.eye(probs.shape[1])[y]
    return (probs - one_hot) / probs.shape[0]


def scores_gradient_by_rows(probs, y):
    dscores = probs / len(y)
    for i, label in enumerate(y):
        dscores[i, label] -= 1 / len(y)
    return dscores


def d_true_score(y, dscores):
    """With a one-hot matrix, as the notes have it: 1ᵀ(Y ⊙ dscores)."""
    one_hot = np.eye(dscores.shape[1])[y]
    return (one_hot * dscores) @ np.ones(dscores.shape[1])


def d_true_score_in_a_loop(y, dscores):
    return [row[label] for row, label in zip(dscores.tolist(), y.tolist(), strict=True)]


def d_true_score_by_taking(y, dscores):
    return np.take_along_axis(dscores, y.reshape(-1, 1), axis=1).squeeze(1)


def d_log_sum(scores, dscores):
    """The probabilities first, row by row."""
    changes = []
    for s, ds in zip(scores, dscores, strict=True):
        p = np.exp(s - max(s))
        changes.append(p @ ds / sum(p))
    return np.array(changes)


def d_log_sum_by_einsum(scores, dscores):
    return np.einsum("nk,nk->n", softmax_by_logarithm(scores), dscores)


def d_log_sum_by_the_trace(scores, dscores):
    """Every pair of examples, of which the diagonal is wanted."""
    powers = np.exp(scores)
    return np.diag(powers @ dscores.T) / powers.sum(1)


def d_cross_entropy(probs, y, dscores):
    """As a trace: tr((P − Y)ᵀ dS)/N."""
    Y = np.eye(probs.shape[1])[y]
    return np.trace((probs - Y).T @ dscores) / len(Y)


def d_cross_entropy_in_loops(probs, y, dscores):
    total = 0.0
    for n, label in enumerate(y):
        for k in range(probs.shape[1]):
            total += (probs[n, k] - (k == label)) * dscores[n, k]
    return total / len(y)


def d_cross_entropy_by_rungs(probs, y, dscores):
    """From the two rungs before, at the scores log p."""
    return (d_log_sum(np.log(probs), dscores) - d_true_score(y, dscores)).mean()


def scores_gradient_by_differentials(probs, y):
    """Each entry is the differential along that entry."""
    gradient = np.zeros_like(probs)
    for place in np.ndindex(probs.shape):
        direction = np.zeros_like(probs)
        direction[place] = 1
        gradient[place] = d_cross_entropy(probs, y, direction)
    return gradient


def slip_factors(points_per_class, K):
    return {"bias_twice": 1 / 2, "half": 1 / 2, "per_class": K, "derived": points_per_class * K}


def slip_factors_from_an_array(points_per_class, K):
    names = "derived", "per_class", "half", "bias_twice"
    return dict(zip(names, np.array([points_per_class * K, K, 0.5, 0.5]), strict=True))


def slip_factors_measured(points_per_class, K):
    """Along one entry, by the change of a loss that is linear or square in it."""
    N = sum(points_per_class for _ in range(K))
    claimed = {"derived": 1.0, "per_class": 1 / points_per_class, "half": 1.0, "bias_twice": 1.0}
    true = {"derived": 1 / N, "per_class": 1 / N, "half": 2.0, "bias_twice": 2.0}
    return {name: claimed[name] / true[name] for name in claimed}


def logistic(z):
    return 1 / (1 + np.exp(-z))


def column_softmax(scores):
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def testnet_loss(X, y, W1, b1, W2, b2, reg):
    """Columns all the way, one −log p at a time."""
    P = column_softmax(W2 @ logistic(W1 @ X + b1) + b2)
    data = 0.0
    for i, label in enumerate(y):
        data -= np.log(P[label, i])
    return data / len(y) + reg / 2 * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)


def testnet_backward(x, label, W1, b1, W2, b2):
    """With np.outer and vectors; shapes restored at the end."""
    a1 = logistic(W1 @ x + b1).ravel()
    p = column_softmax(W2 @ a1[:, None] + b2).ravel()
    delta2 = p - np.array([label == 0, label == 1])
    delta1 = (delta2 @ W2) * a1 * (1 - a1)
    return np.outer(delta1, x), delta1[:, None], np.outer(delta2, a1), delta2[:, None]


def testnet_backward_by_the_jacobian(x, label, W1, b1, W2, b2):
    """Through the probabilities, one Jacobian after another."""
    z1 = W1 @ x + b1
    a1 = logistic(z1)
    p = column_softmax(W2 @ a1 + b2)
    dp = np.zeros((2, 1))
    dp[label] = -1 / p[label]
    ds = softmax_jacobian(p[:, 0]).T @ dp
    dz1 = np.diagflat(np.exp(-z1) / (1 + np.exp(-z1)) ** 2) @ W2.T @ ds
    return dz1 * x.T, dz1, ds * a1.T, ds


def testnet_backward_with_the_bias_in_the_weights(x, label, W1, b1, W2, b2):
    """[b W] on (1, x), as one page of the notes begins, and with nothing beside it."""
    x = np.vstack([[[1.0]], x])
    a1 = np.vstack([[[1.0]], logistic(np.hstack([b1, W1]) @ x)])
    d2 = column_softmax(np.hstack([b2, W2]) @ a1)
    d2[label] -= 1
    d1 = (W2.T @ d2) * a1[1:] * (1 - a1[1:])
    dV1, dV2 = d1 @ x.T, d2 @ a1.T
    return dV1[:, 1:], dV1[:, :1], dV2[:, 1:], dV2[:, :1]


def testnet_batch_backward(X, y, W1, b1, W2, b2, reg):
    """One example after another."""
    N = len(y)
    sums = [0, 0, 0, 0]
    for i in range(N):
        parts = testnet_backward(X[:, [i]], y[i], W1, b1, W2, b2)
        sums = [total + part for total, part in zip(sums, parts, strict=True)]
    dW1, db1, dW2, db2 = (total / N for total in sums)
    dW1 += reg * W1
    dW2 += reg * W2
    return dW1, db1, dW2, db2


def affine_backward(dout, X, W):
    dX = np.einsum("nm,dm->nd", dout, W)
    dW = sum(np.outer(x, d) for x, d in zip(X, dout, strict=True))
    return [dX, dW, np.ones(len(dout)) @ dout]


def loss_and_gradients(X, y, W1, b1, W2, b2, reg):
    """All in one, as a script would have it."""
    N = X.shape[0]
    hidden = np.maximum(X.dot(W1) + b1, 0)
    powers = np.exp(hidden.dot(W2) + b2)
    P = powers / powers.sum(1)[:, None]
    loss = -np.log(P[range(N), y]).sum() / N + reg * ((W1 * W1).sum() + (W2 * W2).sum()) / 2
    P[range(N), y] -= 1
    dhidden = P.dot(W2.T) / N
    dhidden[hidden <= 0] = 0
    dW1, dW2 = X.T.dot(dhidden) + reg * W1, hidden.T.dot(P) / N + reg * W2
    return loss, [dW1, dhidden.sum(0), dW2, P.mean(0)]


def train(X, y, W1, b1, W2, b2, learning_rate, reg, steps):
    """In-place updates of own copies."""
    parameters = [p.copy() for p in (W1, b1, W2, b2)]
    losses = np.zeros(steps)
    for step in range(steps):
        losses[step], gradients = loss_and_gradients(X, y, *parameters, reg)
        for p, dp in zip(parameters, gradients, strict=True):
            np.subtract(p, learning_rate * dp, out=p)
    return tuple(parameters), losses


VARIANTS = {
    "softmax": [softmax, softmax_by_logarithm],
    "softmax_jacobian": [softmax_jacobian, softmax_jacobian_by_broadcasting],
    "cross_entropy": [cross_entropy, cross_entropy_by_mask],
    "d_true_score": [d_true_score, d_true_score_in_a_loop, d_true_score_by_taking],
    "d_log_sum": [d_log_sum, d_log_sum_by_einsum, d_log_sum_by_the_trace],
    "d_cross_entropy": [d_cross_entropy, d_cross_entropy_in_loops, d_cross_entropy_by_rungs],
    "scores_gradient": [
        scores_gradient,
        scores_gradient_by_rows,
        scores_gradient_by_differentials,
    ],
    "slip_factors": [slip_factors, slip_factors_from_an_array, slip_factors_measured],
    "testnet_loss": [testnet_loss],
    "testnet_backward": [
        testnet_backward,
        testnet_backward_by_the_jacobian,
        testnet_backward_with_the_bias_in_the_weights,
    ],
    "testnet_batch_backward": [testnet_batch_backward],
    "affine_backward": [affine_backward],
    "loss_and_gradients": [loss_and_gradients],
    "train": [train],
}
