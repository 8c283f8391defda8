"""Right answers to ps5 in other styles: loops, einsum, outer products, work on own copies."""

import numpy as np


def logistic(z):
    return 1 / (1 + np.exp(-z))


def forward(X, W_ih, W_ho):
    """Example after example."""
    hidden = np.array([logistic(np.dot(W_ih.T, x)) for x in X])
    y_hat = [[np.sum(a * W_ho[:, 0])] for a in hidden]
    return hidden, np.array(y_hat)


def mse_loss(y, y_hat):
    error = (y - y_hat).ravel()
    return error @ error / len(error) / 2


def output_weight_gradient(hidden, y, y_hat):
    return np.mean(hidden * (y_hat - y), axis=0)[:, None]


def hidden_error_term(y, y_hat, W_ho, hidden):
    terms = np.empty(hidden.shape)
    for n in range(len(y)):
        for j in range(hidden.shape[1]):
            a = hidden[n, j]
            terms[n, j] = -(y[n, 0] - y_hat[n, 0]) * W_ho[j, 0] * a * (1 - a)
    return terms


def input_weight_gradient(X, hidden_error_term):
    dW = np.zeros((X.shape[1], hidden_error_term.shape[1]))
    for x, term in zip(X, hidden_error_term, strict=True):
        dW += np.outer(x, term)
    dW /= len(X)
    return dW


def input_weight_gradient_by_index(X, hidden_error_term):
    return np.einsum("nh,nd->dh", hidden_error_term, X) / X.shape[0]


def train(X, y, X_valid, y_valid, W_ih, W_ho, learning_rate, epochs):
    """In place, on own copies; arrays for the history."""
    W_ih, W_ho = np.copy(W_ih), np.copy(W_ho)
    history = {key: np.empty(epochs) for key in ("valid", "train")}
    for epoch in range(epochs):
        hidden, y_hat = forward(X, W_ih, W_ho)
        terms = (y_hat - y) * W_ho.T * (hidden - hidden**2)
        step = learning_rate * output_weight_gradient(hidden, y, y_hat)
        W_ih -= learning_rate * input_weight_gradient_by_index(X, terms)
        W_ho -= step
        history["train"][epoch] = mse_loss(y, logistic(X @ W_ih) @ W_ho)
        history["valid"][epoch] = mse_loss(y_valid, logistic(X_valid @ W_ih) @ W_ho)
    return W_ih, W_ho, history


def train_by_loops(X, y, X_valid, y_valid, W_ih, W_ho, learning_rate, epochs):
    """Example by example, as the lecture's pseudo-code has it, with one update per epoch."""
    history = {"train": [], "valid": []}
    for _ in range(epochs):
        dW_ih, dW_ho = np.zeros(W_ih.shape), np.zeros(W_ho.shape)
        for x, target in zip(X, y, strict=True):
            hidden = logistic(x @ W_ih)
            error = hidden @ W_ho - target
            dW_ih += np.outer(x, error * W_ho[:, 0] * hidden * (1 - hidden))
            dW_ho += hidden[:, None] * error
        W_ih = W_ih - learning_rate * dW_ih / len(X)
        W_ho = W_ho - learning_rate * dW_ho / len(X)
        history["train"].append(mse_loss(y, logistic(X @ W_ih) @ W_ho))
        history["valid"].append(mse_loss(y_valid, logistic(X_valid @ W_ih) @ W_ho))
    return W_ih, W_ho, history


def deep_forward(X, W0, W1, W2):
    A1 = logistic(np.einsum("nd,dh->nh", X, W0))
    A2 = logistic(np.einsum("nh,hk->nk", A1, W1))
    return [A1, A2, np.sum(A2 * W2.T, axis=1, keepdims=True)]


def deep_backward(X, y, W0, W1, W2):
    """The 1/N at the start instead of the end, and transposes of products."""
    A1, A2, y_hat = deep_forward(X, W0, W1, W2)
    d3 = (y_hat - y) / X.shape[0]
    d2 = (W2 @ d3.T).T * (A2 - A2 * A2)
    d1 = np.dot(W1, d2.T).T * (A1 - A1 * A1)
    return (d1.T @ X).T, (d2.T @ A1).T, (d3.T @ A2).T


VARIANTS = {
    "forward": [forward],
    "mse_loss": [mse_loss],
    "output_weight_gradient": [output_weight_gradient],
    "hidden_error_term": [hidden_error_term],
    "input_weight_gradient": [input_weight_gradient, input_weight_gradient_by_index],
    "train": [train, train_by_loops],
    "deep_forward": [deep_forward],
    "deep_backward": [deep_backward],
}
