"""Right answers to ps3 in other styles: loops, whole batches, work on own copies."""

import math

import numpy as np


def logistic(z):
    return 1 / (1 + np.exp(-z))


def forward(x, W_ih, W_ho):
    """Number by number, with the math module."""
    hidden = []
    for j in range(W_ih.shape[1]):
        total = 0.0
        for i in range(len(x)):
            total += x[i] * W_ih[i, j]
        hidden.append(1 / (1 + math.exp(-total)))
    out = sum(a * w for a, w in zip(hidden, W_ho, strict=True))
    return hidden, 1 / (1 + math.exp(-out))


def shapes_in_lists(D, H):
    """Lists instead of tuples."""
    return {
        "W_ih": [D, H], "W_ho": [H], "hidden": [H],
        "hidden_error": [H], "hidden_error_term": [H],
        "dW_ih": [D, H], "dW_ho": [H],
        "x_as_factor": [D, 1], "delta_as_factor": [1, H],
    }  # fmt: skip


def shapes_named_first(D, H):
    """Three shapes with names, and arrays of them; one key too many."""
    matrix, vector = np.array([D, H]), (H,)
    answer = dict.fromkeys(("W_ih", "dW_ih"), matrix)
    for name in ("W_ho", "dW_ho", "hidden", "hidden_error", "hidden_error_term"):
        answer[name] = vector
    answer.update(x_as_factor=(D, 1), delta_as_factor=(1, H), x=(D,))
    return answer


def shapes_read_off(D, H):
    """What numpy says of arrays of that kind."""
    x, W_ih, W_ho = np.zeros(D), np.zeros((D, H)), np.zeros(H)
    a = x @ W_ih
    delta = 0.3 * W_ho * a
    made = {"W_ih": W_ih, "W_ho": W_ho, "hidden": a, "hidden_error": 0.3 * W_ho}
    made |= {"hidden_error_term": delta, "dW_ih": np.outer(x, delta), "dW_ho": 0.3 * a}
    made |= {"x_as_factor": x.reshape(-1, 1), "delta_as_factor": delta.reshape(1, -1)}
    return {name: np.shape(array) for name, array in made.items()}


def chain_in_a_list(x, y, N, W_ih, W_ho, i, j):
    """Plain numbers; only unit j's own sum is wanted besides ŷ."""
    hidden, y_hat = forward(x, W_ih, W_ho)
    slope = hidden[j] - hidden[j] ** 2
    return [1 / N, -(y - y_hat), y_hat * (1 - y_hat), W_ho[j], slope, x[i]]


def chain_filled(x, y, N, W_ih, W_ho, i, j):
    """An array filled from its end; σ' as σ(z)σ(−z)."""
    sums = x @ W_ih
    out = logistic(sums) @ W_ho
    chain = np.empty(6)
    chain[5] = x[i]
    chain[4] = logistic(sums[j]) * logistic(-sums[j])
    chain[3] = W_ho[j]
    chain[2] = logistic(out) * logistic(-out)
    chain[1] = logistic(out) - y
    chain[0] = 1.0 / N
    return chain


def chain_of_all_units(x, y, N, W_ih, W_ho, i, j):
    """The whole layer's slopes, of which one is picked; a tuple."""
    hidden = logistic(x @ W_ih)
    y_hat = logistic(np.sum(hidden * W_ho))
    of_layer = np.stack([W_ho, hidden * (1 - hidden), np.full(len(W_ho), x[i])])
    return (N**-1, y_hat - y, y_hat - y_hat * y_hat, *of_layer[:, j])


def output_error_term(y, y_hat):
    return -(y - y_hat) * (y_hat - y_hat**2)


def hidden_error(output_error_term, W_ho):
    return np.array([output_error_term * w for w in W_ho])


def hidden_error_term(hidden_error, hidden):
    back = hidden_error.copy()
    back *= hidden
    back *= 1 - hidden
    return back


def record_gradients(x, y, W_ih, W_ho):
    """Columns and rows instead of np.outer."""
    hidden = logistic(np.dot(W_ih.T, x))
    y_hat = logistic(np.dot(W_ho, hidden))
    error = (y_hat - y) * y_hat * (1 - y_hat)
    return x[:, None] * (W_ho * hidden * (1 - hidden))[None, :] * error, hidden * error


def epoch_gradients(features, targets, W_ih, W_ho):
    """The whole batch at once."""
    hidden = logistic(features @ W_ih)
    y_hat = logistic(hidden @ W_ho)
    error = (y_hat - targets) * y_hat * (1 - y_hat)
    slope = hidden * (1 - hidden)
    return np.einsum("nd,n,h,nh->dh", features, error, W_ho, slope), error @ hidden


def epoch_gradients_backwards(features, targets, W_ih, W_ho):
    """Record by record, from the last to the first."""
    dW_ih, dW_ho = 0, 0
    for n in reversed(range(len(features))):
        found = record_gradients(features[n], targets[n], W_ih, W_ho)
        dW_ih = dW_ih + found[0]
        dW_ho = dW_ho + found[1]
    return [dW_ih, dW_ho]


def epoch_fixed_by_indenting(features, targets, W_ih, W_ho, learning_rate):
    """The page's loop, with both updates moved behind it."""
    dW_ih, dW_ho = np.zeros_like(W_ih), np.zeros_like(W_ho)
    for x, y in zip(features, targets, strict=True):
        of_W_ih, of_W_ho = record_gradients(x, y, W_ih, W_ho)
        dW_ih += of_W_ih
        dW_ho += of_W_ho
    W_ih = W_ih - learning_rate * dW_ih / len(features)
    W_ho = W_ho - learning_rate * dW_ho / len(features)
    return W_ih, W_ho


def epoch_fixed_with_means(features, targets, W_ih, W_ho, learning_rate):
    """Both means first, in lists; then a step on copies."""
    found = [record_gradients(x, y, W_ih, W_ho) for x, y in zip(features, targets, strict=True)]
    new = [W_ih.copy(), W_ho.copy()]
    for place in (0, 1):
        new[place] -= learning_rate * np.mean([pair[place] for pair in found], axis=0)
    return new


def epoch_fixed_at_once(features, targets, W_ih, W_ho, learning_rate):
    """The whole batch, W_ho first, with the old one kept."""
    old = W_ho
    hidden = logistic(features @ W_ih)
    y_hat = logistic(hidden @ old)
    error = (y_hat - targets) * (y_hat - y_hat**2) / len(targets)
    W_ho = old - learning_rate * error @ hidden
    back = error[:, None] * old * (hidden - hidden**2)
    return W_ih - learning_rate * features.T @ back, W_ho


def train(features, targets, W_ih, W_ho, learning_rate, epochs):
    """As the lecture writes it: own copies, changed in place, and a last loss."""
    W_ih, W_ho = W_ih.copy(), W_ho.copy()
    last_loss, losses = None, []
    for e in range(epochs):
        dW_ih, dW_ho = epoch_gradients_backwards(features, targets, W_ih, W_ho)
        W_ih -= learning_rate * dW_ih / len(features)
        W_ho -= learning_rate / len(features) * dW_ho
        if (e + 1) % 10 == 0:
            outputs = logistic(logistic(features @ W_ih) @ W_ho)
            loss = 0.5 * np.mean(np.square(outputs - targets))
            losses.append(loss)
            if last_loss is not None and loss > last_loss:
                break
            last_loss = loss
    return W_ih, W_ho, np.array(losses)


VARIANTS = {
    "forward": [forward],
    "shapes": [shapes_in_lists, shapes_named_first, shapes_read_off],
    "chain_slopes": [chain_in_a_list, chain_filled, chain_of_all_units],
    "output_error_term": [output_error_term],
    "hidden_error": [hidden_error],
    "hidden_error_term": [hidden_error_term],
    "record_gradients": [record_gradients],
    "epoch_gradients": [epoch_gradients, epoch_gradients_backwards],
    "fixed_epoch": [epoch_fixed_by_indenting, epoch_fixed_with_means, epoch_fixed_at_once],
    "train": [train],
}
