"""The 2-1-1 network with one example, and the numbers of both of its passes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solutions import worked_example

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """What the arguments of every section are chosen from: x (2,), W (2,), the rest numbers."""

    x: Array
    y: float
    W: Array
    w_out: float
    learning_rate: float
    h: float
    a: float
    y_hat: float
    delta_o: float
    delta_h: float


def run(x: Array, y: float, W: Array, w_out: float, learning_rate: float = 1.0) -> Network:
    """Run one example there and back. Error terms and gradients need no learning rate."""
    h, a, _, y_hat = worked_example.forward(x, W, w_out)
    delta_o = worked_example.output_error_term(y, y_hat)
    delta_h = worked_example.hidden_error_term(w_out, delta_o, a)
    return Network(x, y, W, w_out, learning_rate, h, a, y_hat, delta_o, delta_h)
