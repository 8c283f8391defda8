"""ps1 once more, by torch autograd in float64."""

import numpy as np
import torch


def leaf(value):
    """A float64 tensor that gradients are wanted for."""
    return torch.tensor(np.asarray(value, dtype=np.float64), requires_grad=True)


def pulled_back(f, inputs, upstream=None):
    """The gradients of f(*inputs), weighted by `upstream` (ones where it is None)."""
    leaves = [leaf(value) for value in inputs]
    out = f(*leaves)
    weights = torch.ones_like(out) if upstream is None else torch.tensor(upstream)
    found = torch.autograd.grad(out, leaves, weights, allow_unused=True)
    return tuple(part.numpy() for part in found)


def sigmoid(z):
    """σ."""
    return torch.sigmoid(torch.tensor(z)).numpy()


def sigmoid_prime(z):
    """σ'."""
    return pulled_back(torch.sigmoid, [z])[0]


def sigmoid_prime_from_output(a):
    """σ' at the z that gives a."""
    return sigmoid_prime(torch.logit(torch.tensor(a)).numpy())


def local_gradients(x):
    """Four small functions."""
    functions = {
        "add": lambda x: x + 3,
        "scale": lambda x: 3 * x,
        "reciprocal": torch.reciprocal,
        "exp": torch.exp,
    }
    return {name: pulled_back(f, [x])[0] for name, f in functions.items()}


def multiply_backward(x, y, dout):
    """Through x·y."""
    return pulled_back(torch.mul, [x, y], dout)


def max_backward(x, y, dout):
    """Through max(x, y)."""
    return pulled_back(torch.maximum, [x, y], dout)


def fixed_max_backward(x, y, dout):
    """Through a choice that takes y at ties, which is one split of many."""
    return pulled_back(lambda x, y: torch.where(x > y, x, y), [x, y], dout)


def sigmoid_prime_from_u(u):
    """σ' at the z that gives u."""
    return pulled_back(torch.sigmoid, [-np.log(u - 1)])[0]


def graph_gradients(x, y):
    """The whole graph, with the gradient of every value kept."""
    v = {"x": leaf(x), "y": leaf(y)}
    v["s"], v["t"], v["p"] = torch.sigmoid(v["y"]), torch.sigmoid(v["x"]), v["x"] - v["y"]
    v["n"], v["q"] = v["x"] + v["s"], v["p"] ** 2
    v["m"] = v["t"] + v["q"]
    v["r"] = torch.reciprocal(v["m"])
    v["f"] = v["n"] * v["r"]
    for value in v.values():
        value.retain_grad()
    v["f"].sum().backward()
    return {name: v[name].grad.numpy() for name in "fnrmqtpsxy"}


def neuron_backward(w, x):
    """Through one neuron."""
    return pulled_back(lambda w, x: torch.sigmoid(w[0] + w[1:] @ x), [w, x])


def linear_unit_gradient(w, x, y):
    """Of ½(y − w·x)² with respect to w."""
    return pulled_back(lambda w: 0.5 * (y - w @ torch.tensor(x)) ** 2, [w])[0]


def linear_unit_update(w, x, y, learning_rate):
    """One step of torch's own SGD."""
    weights = leaf(w)
    optimizer = torch.optim.SGD([weights], lr=learning_rate)
    (0.5 * (y - weights @ torch.tensor(x)) ** 2).backward()
    optimizer.step()
    return weights.detach().numpy()


ORACLES = {
    f.__name__: f
    for f in (
        sigmoid,
        sigmoid_prime_from_u,
        sigmoid_prime,
        sigmoid_prime_from_output,
        local_gradients,
        multiply_backward,
        max_backward,
        fixed_max_backward,
        graph_gradients,
        neuron_backward,
        linear_unit_gradient,
        linear_unit_update,
    )
}
