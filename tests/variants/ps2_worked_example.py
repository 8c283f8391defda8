"""Right answers to ps2 in other styles: loops, gates, gradients first, other forms of σ'."""

import math

import numpy as np


def logistic(z):
    """σ, of one number."""
    return 1 / (1 + math.exp(-z))


def forward_by_loop(x, W, w_out):
    """With plain Python numbers."""
    h = 0.0
    for i in range(len(x)):
        h += x[i] * W[i]
    return h, logistic(h), w_out * logistic(h), logistic(w_out * logistic(h))


def forward_in_arrays(x, W, w_out):
    """With a row vector; each result is an array of size 1."""
    h = x[None, :] @ W[:, None]
    a = 0.5 * (1 + np.tanh(h / 2))
    out = a * w_out
    return [h, a, out, 0.5 * (1 + np.tanh(out / 2))]


def output_term_expanded(y, y_hat):
    """ŷ − ŷ² for the slope."""
    return (y_hat - y_hat**2) * (y - y_hat)


def output_term_from_loss(y, y_hat):
    """Minus the product of two derivatives."""
    by_y_hat = -(y - y_hat)
    by_out = y_hat - np.square(y_hat)
    return -(by_y_hat * by_out)


def hidden_term_in_steps(w_out, delta_o, a):
    """Over the edge first, then through the unit."""
    error = np.multiply(delta_o, w_out)
    return np.array([error * (a - a * a)])


def output_step_in_another_order(learning_rate, delta_o, a):
    """η last."""
    return np.array(a * delta_o * learning_rate)


def input_steps_by_loop(learning_rate, delta_h, x):
    """Weight by weight, in a list."""
    return [learning_rate * delta_h * xi for xi in x]


def input_steps_by_outer(learning_rate, delta_h, x):
    """The outer product, then its only column."""
    return np.outer(x, [learning_rate * delta_h])[:, 0]


def gradients_by_chain_rule(x, y, W, w_out):
    """Each local derivative by name, with the signs of true derivatives."""
    a = logistic(float(np.dot(W, x)))
    y_hat = logistic(w_out * a)
    dout = (y_hat - y) * y_hat * (1 - y_hat)
    dh = dout * w_out * a * (1 - a)
    return np.array([dh * x[0], dh * x[1]]), dout * a


def step_down_the_gradient(x, y, W, w_out, learning_rate):
    """Subtract gradients, on copies."""
    dW, dw_out = gradients_by_chain_rule(x, y, W, w_out)
    new = W.copy()
    new -= learning_rate * dW
    return new, w_out - learning_rate * dw_out


def step_by_loop(x, y, W, w_out, learning_rate):
    """The hidden weights first, so that the old w_out is still there."""
    a = logistic(sum(W[i] * x[i] for i in range(2)))
    y_hat = logistic(w_out * a)
    delta_o = (y - y_hat) * y_hat * (1 - y_hat)
    new = [W[i] + learning_rate * x[i] * delta_o * w_out * a * (1 - a) for i in range(2)]
    w_out += learning_rate * delta_o * a
    return new, w_out


VARIANTS = {
    "forward": [forward_by_loop, forward_in_arrays],
    "output_error_term": [output_term_expanded, output_term_from_loss],
    "hidden_error_term": [hidden_term_in_steps],
    "output_weight_step": [output_step_in_another_order],
    "input_weight_steps": [input_steps_by_loop, input_steps_by_outer],
    "loss_gradients": [gradients_by_chain_rule],
    "train_step": [step_down_the_gradient, step_by_loop],
}
