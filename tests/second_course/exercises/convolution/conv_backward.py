"""dX, dW and db (F,) of a convolution, from dZ (N, F, R, S), X (N, C, H, V) and W (F, C, P, Q)."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercise import Check, Exercise, Mistake
from solutions import convolution

from .draws import error_and_input


def oracle(dZ, X, W):
    """dX is a convolution too: of dZ, padded, with the filters turned by 180°."""
    P, Q = W.shape[2:]
    padded = np.pad(dZ, ((0, 0), (0, 0), (P - 1, P - 1), (Q - 1, Q - 1)))
    windows = sliding_window_view(padded, (P, Q), axis=(2, 3))
    dX = np.einsum("nfhvpq,fcpq->nchv", windows, W[:, :, ::-1, ::-1])
    patches = sliding_window_view(X, dZ.shape[2:], axis=(2, 3))
    dW = np.einsum("ncpqrs,nfrs->fcpq", patches, dZ)
    return dX, dW, np.einsum("nfrs->f", dZ)


def turned(dZ, X, W):
    """The filters turned on the way back, as in the formula by which dX is a convolution."""
    _, dW, db = convolution.conv_backward(dZ, X, W)
    return convolution.conv_backward(dZ, X, W[:, :, ::-1, ::-1])[0], dW, db


EXERCISE = Exercise(
    reference=convolution.conv_backward,
    draw=error_and_input,
    axes="N C F P Q R S H=P+R-1 V=Q+S-1",
    oracle=oracle,
    checks=(Check("dX", 2, part=0), Check("dW", 2, part=1), Check("db", 1, part=2)),
    mistakes=(
        Mistake("filter-turned", turned, "dX: the filter is turned once too often.", loses=("dX",)),
        Mistake(
            "one-place-only",
            lambda dZ, X, W: (*convolution.conv_backward(dZ, X, W)[:2], dZ[:, :, 0, 0].sum(axis=0)),
            "db takes one place of Z only. How many entries of Z does one bias reach?",
            loses=("db",),
        ),
    ),
)
