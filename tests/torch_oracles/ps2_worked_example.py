"""ps2 once more, by torch autograd in float64."""

import numpy as np
import torch


def tensor(value):
    """A float64 tensor that gradients are wanted for."""
    return torch.tensor(np.asarray(value, dtype=np.float64), requires_grad=True)


def minus_slope(f, at):
    """−∂f/∂at, a number."""
    (slope,) = torch.autograd.grad(f(at), at)
    return -slope.item()


def forward(x, W, w_out):
    """(h, a, out, y_hat)."""
    h = torch.tensor(x) @ torch.tensor(W)
    a = torch.sigmoid(h)
    out = w_out * a
    return tuple(value.item() for value in (h, a, out, torch.sigmoid(out)))


def worked_example():
    """The sheet's blanks: an error term is minus a gradient, a step η times that."""
    W, x, w_out = tensor([0.4, -0.2]), torch.tensor([0.1, 0.3], dtype=torch.float64), tensor(0.1)
    h = W @ x
    out = w_out * torch.sigmoid(h)
    loss = 0.5 * (1 - torch.sigmoid(out)) ** 2
    of_out, of_h, of_w, of_W = torch.autograd.grad(loss, (out, h, w_out, W))
    steps = {"step_out": -0.5 * of_w.item(), "step_W": tuple((-0.5 * of_W).tolist())}
    return {"delta_o": -of_out.item(), "delta_h": -of_h.item(), **steps}


def slope_chain(x, y, W, w_out, i):
    """Each link alone: from the loss to what it is made of, and so on."""
    W = tensor(W)
    h = W @ torch.tensor(x)
    a = torch.sigmoid(h)
    out = w_out * a
    y_hat = torch.sigmoid(out)
    links = (0.5 * (y - y_hat) ** 2, y_hat, out, a)
    slopes = [torch.autograd.grad(f, of, retain_graph=True)[0].item() for f, of in pairs(links, h)]
    return np.array([*slopes, torch.autograd.grad(h, W)[0][i].item()])


def pairs(links, last):
    """Each of them with the next."""
    return zip(links, (*links[1:], last), strict=True)


def output_error_term(y, y_hat):
    """Minus the derivative of the loss by out, at the out that gives ŷ."""
    out = torch.logit(tensor(y_hat)).detach().requires_grad_()
    return minus_slope(lambda out: 0.5 * (y - torch.sigmoid(out)) ** 2, out)


def hidden_error_term(w_out, delta_o, a):
    """Minus the derivative by h of a loss whose slope by out is −δ_o."""
    h = torch.logit(tensor(a)).detach().requires_grad_()
    return minus_slope(lambda h: -delta_o * w_out * torch.sigmoid(h), h)


def output_weight_step(learning_rate, delta_o, a):
    """η times minus the derivative by w_out (at any w_out) of a loss with slope −δ_o."""
    return learning_rate * minus_slope(lambda w: -delta_o * w * a, tensor(1.0))


def input_weight_steps(learning_rate, delta_h, x):
    """The same for W."""
    W = tensor(np.ones_like(x))
    (slope,) = torch.autograd.grad(-delta_h * (W @ torch.tensor(x)), W)
    return -learning_rate * slope.numpy()


def loss(x, y, W, w_out):
    """½(y − ŷ)²."""
    return 0.5 * (y - torch.sigmoid(w_out * torch.sigmoid(W @ torch.tensor(x)))) ** 2


def loss_gradients(x, y, W, w_out):
    """By W and by w_out."""
    weights = tensor(W), tensor(w_out)
    dW, dw_out = torch.autograd.grad(loss(x, y, *weights), weights)
    return dW.numpy(), dw_out.item()


def train_step(x, y, W, w_out, learning_rate):
    """One step of torch's own SGD."""
    weights = tensor(W), tensor(w_out)
    optimizer = torch.optim.SGD(weights, lr=learning_rate)
    loss(x, y, *weights).backward()
    optimizer.step()
    return weights[0].detach().numpy(), weights[1].item()


ORACLES = {
    f.__name__: f
    for f in (
        forward,
        worked_example,
        slope_chain,
        output_error_term,
        hidden_error_term,
        output_weight_step,
        input_weight_steps,
        loss_gradients,
        train_step,
    )
}
