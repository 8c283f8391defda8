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


def sheet_typed():
    """The printed digits, typed in."""
    return {"delta_o": 0.122, "delta_h": 0.003, "step_out": 0.0302, "step_W": (0.00015, 0.00045)}


def sheet_from_the_given_values():
    """With the two values of σ that the sheet gives; an array."""
    a, y_hat = 0.495, 0.512
    delta_o = (1 - y_hat) * y_hat * (1 - y_hat)
    delta_h = 0.1 * delta_o * a * (1 - a)
    step_W = 0.5 * delta_h * np.array([0.1, 0.3])
    return {"delta_o": delta_o, "delta_h": delta_h, "step_out": 0.5 * delta_o * a, "step_W": step_W}


def sheet_rounded_on_the_way():
    """δ_o to four decimals and δ_h to three, as a pocket calculator is used; a list."""
    delta_o, delta_h = 0.1218, round(0.1 * 0.1218 * 0.495 * 0.505, 3)
    step_out = round(0.5 * delta_o * 0.495, 4)
    steps = [0.5 * delta_h * 0.1, 0.5 * delta_h * 0.3]
    return {"step_W": steps, "step_out": step_out, "delta_h": delta_h, "delta_o": delta_o}


def chain_in_a_list(x, y, W, w_out, i):
    """Plain numbers, the slope of σ as e⁻ᶻ/(1 + e⁻ᶻ)²."""
    h = W[0] * x[0] + W[1] * x[1]
    out = w_out * logistic(h)
    slopes = [math.exp(-z) / (1 + math.exp(-z)) ** 2 for z in (out, h)]
    return [-(y - logistic(out)), slopes[0], w_out, slopes[1], x[i]]


def chain_by_unpacking(x, y, W, w_out, i):
    """A tuple, with the weights' derivative as a choice."""
    _, a, _, y_hat = forward_in_arrays(x, W, w_out)
    last = x[0] if i == 0 else x[1]
    return (y_hat - y).item(), (y_hat - y_hat**2).item(), w_out, (a - a**2).item(), last


def chain_by_differences(x, y, W, w_out, i):
    """Differences along each link alone: the five links are four functions."""
    h, a, out, y_hat = forward_by_loop(x, W, w_out)

    def slope(f, at, e=1e-5):
        return (8 * (f(at + e) - f(at - e)) - (f(at + 2 * e) - f(at - 2 * e))) / (12 * e)

    return np.array(
        [
            slope(lambda y_hat: (y - y_hat) ** 2 / 2, y_hat),
            slope(logistic, out),
            slope(lambda a: w_out * a, a),
            slope(logistic, h),
            slope(lambda w: w * x[i], W[i]),
        ]
    )


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


def check_in_place(f, gradient, x, h=1e-5):
    """The flattened array, moved in place and put back; nan is asked for."""
    flat = np.array(x, dtype=float).ravel()
    if np.isnan(gradient).any():
        return float("inf")
    worst = 0.0
    for i, analytic in enumerate(np.asarray(gradient).ravel()):
        flat[i] += h
        above = f(flat.reshape(x.shape))
        flat[i] -= 2 * h
        below = f(flat.reshape(x.shape))
        flat[i] = np.asarray(x).ravel()[i]
        numeric = (above - below) / 2 / h
        error = abs(analytic - numeric) / max(1e-8, abs(analytic) + abs(numeric))
        worst = max(worst, error)
    return worst


def check_with_unit_vectors(f, gradient, x, h=1e-5):
    """All differences first, then the errors at once."""
    steps = np.eye(x.size).reshape((x.size, *x.shape)) * h
    numeric = np.array([f(x + step) - f(x - step) for step in steps]).reshape(x.shape) / (2 * h)
    errors = abs(gradient - numeric) / np.clip(abs(gradient) + abs(numeric), 1e-8, None)
    return errors.max()


def check_by_list(f, gradient, x, h=1e-5):
    """Element by element with nditer; sorted, with nan last."""
    errors = []
    points = np.nditer(x, flags=["multi_index"])
    for _ in points:
        place = points.multi_index
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        n, a = (f(up) - f(down)) / h * 0.5, gradient[place]
        errors.append(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8))
    return np.sort(errors)[-1]


def numbers_typed():
    """By hand, in three digits, for h = 0.9·1.2 + 1.4·0.8 = 2.2."""
    return {
        "x1": 1.2, "x2": -0.8, "W1": 0.9, "W2": -1.4, "w_out": 1.5, "y": 0, "eta": 0.25,
        "delta_o": -0.130, "delta_h": -0.0175,
        "step_out": -0.0292, "step_W1": -0.00525, "step_W2": 0.0035,
    }  # fmt: skip


def numbers_computed():
    """With the formulas, on another network, whose hidden unit says no."""
    x1, x2, W1, W2, w_out, y, eta = 2, 1.25, -1.6, 1.36, 9.5, 1.0, 2
    a = logistic(W1 * x1 + W2 * x2)
    y_hat = logistic(w_out * a)
    delta_o = (y - y_hat) * y_hat * (1 - y_hat)
    delta_h = w_out * delta_o * a * (1 - a)
    mine = {"x1": x1, "x2": x2, "W1": W1, "W2": W2, "w_out": w_out, "y": y, "eta": eta}
    return mine | {
        "delta_o": delta_o,
        "delta_h": np.array([delta_h]),
        "step_out": eta * delta_o * a,
        "step_W1": eta * delta_h * x1,
        "step_W2": eta * delta_h * x2,
    }


def numbers_from_gradients():
    """The answers from the gradient of the loss, for a negative out."""
    x, W, w_out, y, eta = np.array([-0.5, 3.0]), np.array([1.0, 0.75]), -1.87, 1, 0.05
    dW, dw_out = gradients_by_chain_rule(x, y, W, w_out)
    a = logistic(W @ x)
    return {
        "x1": x[0], "x2": x[1], "W1": W[0], "W2": W[1], "w_out": w_out, "y": y, "eta": eta,
        "delta_o": -dw_out / a, "delta_h": -dW[0] / x[0],
        "step_out": -eta * dw_out, "step_W1": -eta * dW[0], "step_W2": -eta * dW[1],
    }  # fmt: skip


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
    "worked_example": [sheet_typed, sheet_from_the_given_values, sheet_rounded_on_the_way],
    "slope_chain": [chain_in_a_list, chain_by_unpacking, chain_by_differences],
    "output_error_term": [output_term_expanded, output_term_from_loss],
    "hidden_error_term": [hidden_term_in_steps],
    "output_weight_step": [output_step_in_another_order],
    "input_weight_steps": [input_steps_by_loop, input_steps_by_outer],
    "loss_gradients": [gradients_by_chain_rule],
    "gradient_check": [check_in_place, check_with_unit_vectors, check_by_list],
    "my_numbers": [numbers_typed, numbers_computed, numbers_from_gradients],
    "train_step": [step_down_the_gradient, step_by_loop],
}
