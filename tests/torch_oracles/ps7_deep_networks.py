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


def squared_error_gradient(y_pred, y):
    prediction = leaf(y_pred)
    return gradients(nn.functional.mse_loss(prediction, fixed(y), reduction="sum"), prediction)[0]


def bilinear_gradient(a, b):
    X = leaf(np.zeros((len(a), len(b))))
    return gradients(fixed(a) @ X @ fixed(b), X)[0]


def bilinear_transposed_gradient(a, b):
    X = leaf(np.zeros((len(b), len(a))))
    return gradients(fixed(a) @ X.T @ fixed(b), X)[0]


def dimensions_that_fit(delta, A_prev):
    """The weight gradient of a linear layer whose outputs are pulled by delta."""
    W = leaf(np.zeros((len(delta), len(A_prev))))
    return gradients((fixed(delta) * (W @ fixed(A_prev))).sum(), W)[0]


def gradient_from_jacobian(jacobian):
    X = leaf(np.zeros(jacobian.shape[::-1]))
    return gradients(torch.trace(fixed(jacobian) @ X), X)[0]


def two_layer_relu_gradients(x, y, w1, w2):
    w1, w2 = leaf(w1), leaf(w2)
    y_pred = torch.relu(fixed(x) @ w1) @ w2
    return gradients(((y_pred - fixed(y)) ** 2).sum(), w1, w2)


def two_layer_relu_train(x, y, w1, w2, learning_rate, steps):
    w1, w2, losses = leaf(w1), leaf(w2), []
    optimizer = torch.optim.SGD([w1, w2], lr=learning_rate)
    for _ in range(steps):
        loss = ((torch.relu(fixed(x) @ w1) @ w2 - fixed(y)) ** 2).sum()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w1.detach().numpy(), w2.detach().numpy(), losses


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
        squared_error_gradient,
        bilinear_gradient,
        bilinear_transposed_gradient,
        dimensions_that_fit,
        gradient_from_jacobian,
        two_layer_relu_gradients,
        two_layer_relu_train,
        deep_forward,
        deep_loss,
        deep_gradients,
        fixed_backward,
    )
}
