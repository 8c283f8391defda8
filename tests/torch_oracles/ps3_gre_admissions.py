"""ps3 by torch autograd in float64."""

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


def outputs(features, W_ih, W_ho):
    return torch.sigmoid(torch.sigmoid(features @ W_ih) @ W_ho)


def half_square_sum(found, wanted):
    return 0.5 * nn.functional.mse_loss(found, wanted, reduction="sum")


def forward(x, W_ih, W_ho):
    hidden = torch.sigmoid(fixed(x) @ fixed(W_ih))
    return hidden.numpy(), torch.sigmoid(hidden @ fixed(W_ho)).item()


def output_error_term(y, y_hat):
    out = leaf(torch.logit(fixed(y_hat)).item())
    return gradients(half_square_sum(torch.sigmoid(out), fixed(y)), out)[0]


def hidden_error(output_error_term, W_ho):
    """out = a·W_ho is linear in a, and δ_o·out moves as the loss does."""
    a = leaf([0.0] * len(W_ho))
    return gradients(output_error_term * (a @ fixed(W_ho)), a)[0]


def hidden_error_term(hidden_error, hidden):
    sums = torch.logit(fixed(hidden)).requires_grad_()
    return gradients(torch.sigmoid(sums) @ fixed(hidden_error), sums)[0]


def epoch_gradients(features, targets, W_ih, W_ho):
    weights = leaf(W_ih), leaf(W_ho)
    loss = half_square_sum(outputs(fixed(features), *weights), fixed(targets))
    return gradients(loss, *weights)


def chain_slopes(x, y, N, W_ih, W_ho, i, j):
    """Each link alone: a quantity's gradient with respect to the one behind it."""
    W = leaf(W_ih)
    h = fixed(x) @ W
    a = torch.sigmoid(h)
    out = a @ fixed(W_ho)
    y_hat = torch.sigmoid(out)
    record = half_square_sum(y_hat, fixed(y))
    links = ((record / N, record), (record, y_hat), (y_hat, out), (out, a), (a[j], h), (h[j], W))
    found = [torch.autograd.grad(f, of, retain_graph=True)[0] for f, of in links]
    return [*(g.item() for g in found[:3]), found[3][j], found[4][j], found[5][i, j]]


def fixed_epoch(features, targets, W_ih, W_ho, learning_rate):
    """One step of torch's own SGD down the mean loss."""
    weights = [nn.Parameter(fixed(W_ih)), nn.Parameter(fixed(W_ho))]
    optimizer = torch.optim.SGD(weights, lr=learning_rate)
    wanted = fixed(targets)
    (half_square_sum(outputs(fixed(features), *weights), wanted) / len(wanted)).backward()
    optimizer.step()
    return tuple(weight.detach().numpy() for weight in weights)


def train(features, targets, W_ih, W_ho, learning_rate, epochs):
    X, y = fixed(features), fixed(targets)
    weights = [nn.Parameter(fixed(W_ih)), nn.Parameter(fixed(W_ho))]
    optimizer = torch.optim.SGD(weights, lr=learning_rate)
    losses = []
    for epoch in range(1, epochs + 1):
        optimizer.zero_grad()
        (half_square_sum(outputs(X, *weights), y) / len(y)).backward()
        optimizer.step()
        if epoch % 10 == 0:
            losses.append(half_square_sum(outputs(X, *weights), y).item() / len(y))
            if losses[-1] > min(losses):
                break
    return *(weight.detach().numpy() for weight in weights), losses


ORACLES = {
    "forward": forward,
    "chain_slopes": chain_slopes,
    "output_error_term": output_error_term,
    "hidden_error": hidden_error,
    "hidden_error_term": hidden_error_term,
    "record_gradients": epoch_gradients,
    "epoch_gradients": epoch_gradients,
    "fixed_epoch": fixed_epoch,
    "train": train,
}
