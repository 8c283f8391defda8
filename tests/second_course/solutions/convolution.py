"""Answers of the convolution set. No padding, steps of one."""

import numpy as np


def conv_forward(X, W, b):
    """Return Z (N, F, R, S): each filter at each place of X (N, C, H, V), plus its bias."""
    R, S = X.shape[2] - W.shape[2] + 1, X.shape[3] - W.shape[3] + 1
    Z = np.zeros((len(X), len(W), R, S))
    for p in range(W.shape[2]):
        for q in range(W.shape[3]):
            Z += np.einsum("ncrs,fc->nfrs", X[:, :, p : p + R, q : q + S], W[:, :, p, q])
    return Z + b[:, None, None]


def conv_backward(dZ, X, W):
    """Return dX (N, C, H, V), dW (F, C, P, Q) and db (F,)."""
    R, S = dZ.shape[2:]
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    for p in range(W.shape[2]):
        for q in range(W.shape[3]):
            seen = X[:, :, p : p + R, q : q + S]
            dW[:, :, p, q] = np.einsum("nfrs,ncrs->fc", dZ, seen)
            dX[:, :, p : p + R, q : q + S] += np.einsum("nfrs,fc->ncrs", dZ, W[:, :, p, q])
    return dX, dW, dZ.sum(axis=(0, 2, 3))
