"""ps7 by torch autograd in float64."""

import numpy as np
import torch
from torch import nn


def leaf(array):
    """A tensor that gradients are wanted for."""
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def fixed(array):
    """A tensor that is only read."""
    return torch.tensor(array, dtype=torch.float64)


def gradients(loss, *leaves):
    """The gradients of a loss as numpy arrays."""
    return tuple(gradient.numpy() for gradient in torch.autograd.grad(loss, leaves))


def along(J, places, ways):
    """The differential of J along these ways: the slope at t = 0 of J, where all move with t."""
    t = leaf(0.0)
    moved = [fixed(place) + t * fixed(way) for place, way in zip(places, ways, strict=True)]
    return gradients(J(*moved), t)[0].item()


def bilinear_transposed_gradient(a, b):
    X = leaf(np.zeros((len(b), len(a))))
    return gradients(fixed(a) @ X.T @ fixed(b), X)[0]


def fixed_reg_differential(W, dW, reg):
    return along(lambda W: reg / 2 * (W**2).sum(), [W], [dW])


def vec_jacobian(A, B):
    def product(x):
        X = x.reshape(len(B), A.shape[1]).T  # x stacks the columns of X
        return (fixed(A) @ X @ fixed(B)).T.ravel()

    return torch.func.jacrev(product)(torch.zeros(A.shape[1] * len(B)).double()).numpy()


def dL_unfolded(G, r, w2, dr, dw2):
    return along(lambda r, w2: (fixed(G) * (r @ w2)).sum(), [r, w2], [dr, dw2])


def relu_jacobians(G, r, w2):
    r, w2 = leaf(r), leaf(w2)
    dw2, dr = gradients((fixed(G) * (r @ w2)).sum(), w2, r)
    return dw2.T, dr.T


def two_layer_relu_gradients(x, y, w1, w2):
    w1, w2 = leaf(w1), leaf(w2)
    y_pred = torch.relu(fixed(x) @ w1) @ w2
    return gradients(((y_pred - fixed(y)) ** 2).sum(), w1, w2)


def residual_J(G, Z, A_prev):
    """J of a residual layer, but for a constant: its gradient with respect to A is G."""
    return (fixed(G) * (torch.sigmoid(Z) + A_prev)).sum()


def sums_of(S):
    """The sums where the sigmoid has these slopes, or their opposites, which have them too."""
    return torch.logit((1 + torch.sqrt(torch.clamp(1 - 4 * fixed(S), min=0))) / 2)


def residual_dJ(G, S, dZ, dA_prev):
    places = sums_of(S).numpy(), np.zeros_like(dA_prev)
    return along(lambda Z, A: residual_J(G, Z, A), places, [dZ, dA_prev])


def residual_dJ_unfolded(G, S, W, A_prev, dW, db, dA_prev):
    b = sums_of(S) - fixed(W) @ fixed(A_prev)
    return along(
        lambda W, more, A: residual_J(G, W @ A + b + more, A),
        [W, np.zeros_like(db), A_prev],
        [dW, db, dA_prev],
    )


def residual_jacobians(G, S, W, A_prev):
    found = residual_gradients(G, sums_of(S).numpy(), W, A_prev)
    return tuple(gradient.T for gradient in found)


def residual_gradients(G, Z, W, A_prev):
    b = fixed(Z) - fixed(W) @ fixed(A_prev)
    W, more, A_prev = leaf(W), leaf(np.zeros((len(W), 1))), leaf(A_prev)
    return gradients(residual_J(G, W @ A_prev + b + more, A_prev), W, more, A_prev)


def error_term_below(delta_next, W_next, A):
    Z = leaf(np.log(A / (1 - A)))
    return gradients((fixed(delta_next) * (fixed(W_next) @ torch.sigmoid(Z))).sum(), Z)[0]


def scores(X, weights, biases):
    """All activations but the last, and the last layer's scores; columns are examples."""
    activations = [fixed(X)]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(torch.sigmoid(W @ activations[-1] + b))
    return activations, weights[-1] @ activations[-1] + biases[-1]


def deep_forward(X, weights, biases):
    activations, Z = scores(X, [*map(fixed, weights)], [*map(fixed, biases)])
    return [A.numpy() for A in (*activations, torch.softmax(Z, dim=0))]


def torch_loss(X, y, weights, biases, reg):
    """The loss as a tensor."""
    _, Z = scores(X, weights, biases)
    penalty = sum((W**2).sum() for W in weights)
    return nn.functional.cross_entropy(Z.T, torch.tensor(y)) + reg / 2 * penalty


def deep_loss(X, y, weights, biases, reg):
    return torch_loss(X, y, [*map(fixed, weights)], [*map(fixed, biases)], reg).item()


def deep_gradients(X, y, weights, biases, reg):
    weights, biases = [*map(leaf, weights)], [*map(leaf, biases)]
    found = gradients(torch_loss(X, y, weights, biases, reg), *weights, *biases)
    return list(found[: len(weights)]), list(found[len(weights) :])


def fixed_backward(X, Y, W1, b1, W2, b2):
    leaves = W1, b1, W2, b2 = [*map(leaf, (W1, b1, W2, b2))]
    A2 = torch.sigmoid(W2 @ torch.sigmoid(W1 @ fixed(X) + b1) + b2)
    return gradients(nn.functional.binary_cross_entropy(A2, fixed(Y)), *leaves)


ORACLES = {
    oracle.__name__: oracle
    for oracle in (
        bilinear_transposed_gradient,
        fixed_reg_differential,
        vec_jacobian,
        dL_unfolded,
        relu_jacobians,
        two_layer_relu_gradients,
        residual_dJ,
        residual_dJ_unfolded,
        residual_jacobians,
        residual_gradients,
        error_term_below,
        deep_forward,
        deep_loss,
        deep_gradients,
        fixed_backward,
    )
}
