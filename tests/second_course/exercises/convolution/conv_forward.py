"""Z (N, F, R, S): filters W (F, C, P, Q) at each place of images X (N, C, H, V), plus b (F,)."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercise import Check, Exercise, Mistake
from solutions import convolution

from .draws import images_and_filters


def oracle(X, W, b):
    """All windows at once, (N, C, R, S, P, Q)."""
    windows = sliding_window_view(X, W.shape[2:], axis=(2, 3))
    return np.einsum("ncrspq,fcpq->nfrs", windows, W) + b[:, None, None]


EXERCISE = Exercise(
    reference=convolution.conv_forward,
    draw=images_and_filters,
    axes="N C F P Q R S H=P+R-1 V=Q+S-1",
    oracle=oracle,
    checks=(Check("value", 2),),
    mistakes=(
        Mistake(
            "filter-turned",
            lambda X, W, b: convolution.conv_forward(X, W[:, :, ::-1, ::-1], b),
            "The filter is turned by 180°. Which of its corners meets X[.., r, s]?",
        ),
        Mistake(
            "bias-lost",
            lambda X, W, b: convolution.conv_forward(X, W, 0 * b),
            "The bias is nowhere: what is Z where X is 0?",
        ),
    ),
)
