"""ps5 by torch autograd in float64."""

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


def layers(X, *weights):
    """Sigmoid layers and an identity output: the activations of each."""
    found = [X]
    for W in weights[:-1]:
        found.append(torch.sigmoid(found[-1] @ W))
    return [*found[1:], found[-1] @ weights[-1]]


def loss_of(y_hat, y):
    return 0.5 * nn.functional.mse_loss(y_hat, y)


def forward(X, *weights):
    return tuple(A.numpy() for A in layers(fixed(X), *map(fixed, weights)))


def output_weight_gradient(hidden, y, y_hat):
    """The predictions move by hidden·W, from those that are given."""
    W = leaf(np.zeros((hidden.shape[1], 1)))
    return gradients(loss_of(fixed(y_hat) + fixed(hidden) @ W, fixed(y)), W)[0]


def hidden_error_term(y, y_hat, W_ho, hidden):
    """The hidden sums move; N times the mean loss is the sum over the examples."""
    sums = torch.logit(fixed(hidden)).requires_grad_()
    moved = fixed(y_hat) + (torch.sigmoid(sums) - fixed(hidden)) @ fixed(W_ho)
    return gradients(len(y) * loss_of(moved, fixed(y)), sums)[0]


def input_weight_gradient(X, hidden_error_term):
    """Of a loss whose derivative by the hidden sums X·W is what is given, over N."""
    W = leaf(np.zeros((X.shape[1], hidden_error_term.shape[1])))
    loss = torch.sum(fixed(X) @ W * fixed(hidden_error_term)) / len(X)
    return gradients(loss, W)[0]


def fixed_backward_rows(X, y, W_ih, W_ho):
    """The predictions as a vector, like the targets."""
    leaves = leaf(W_ih), leaf(W_ho)
    return gradients(loss_of(layers(fixed(X), *leaves)[-1][:, 0], fixed(y)), *leaves)


def einsum_backward(subscripts, A, B, dout):
    leaves = leaf(A), leaf(B)
    return gradients((torch.einsum(subscripts, *leaves) * fixed(dout)).sum(), *leaves)


def deep_backward(X, y, *weights):
    leaves = [leaf(W) for W in weights]
    return gradients(loss_of(layers(fixed(X), *leaves)[-1], fixed(y)), *leaves)


ORACLES = {
    "forward": forward,
    "output_weight_gradient": output_weight_gradient,
    "hidden_error_term": hidden_error_term,
    "input_weight_gradient": input_weight_gradient,
    "fixed_backward_rows": fixed_backward_rows,
    "einsum_backward": einsum_backward,
    "deep_backward": deep_backward,
}
