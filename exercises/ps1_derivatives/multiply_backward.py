"""1.5 Back through a product: dx and dy (N, M) from x, y and the upstream gradient dout (N, M)."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
)
from solutions import derivatives

from .draws import gate
from .oracles import slopes_through

EXERCISE = Exercise(
    reference=derivatives.multiply_backward,
    draw=gate,
    axes="N M",
    oracle=slopes_through(np.multiply),
    checks=(Check("dx", 1, part=0), Check("dy", 1, part=1)),
    mistakes=(
        Mistake(
            "swapped",
            lambda x, y, dout: (dout * x, dout * y),
            "Each input's own value multiplies dout. If x grows by 1, by how much does x·y grow?",
        ),
        Mistake(
            "upstream-lost",
            lambda x, y, dout: (y, x),
            "dout is missing: the local slope is there, but the chain rule multiplies it.",
        ),
        Mistake(
            "upstream-passed-on",
            lambda x, y, dout: (dout, dout),
            "dout comes through unchanged, as it would at a sum; this gate is a product.",
        ),
    ),
)
