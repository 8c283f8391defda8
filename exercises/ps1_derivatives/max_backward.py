"""1.7 Back through a maximum: dx and dy (N, M) from x, y and the upstream gradient dout (N, M)."""

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
    reference=derivatives.max_backward,
    draw=gate,
    axes="N M",
    examples=False,
    oracle=slopes_through(np.maximum),
    checks=(Check("dx", 0.5, part=0), Check("dy", 0.5, part=1)),
    reveal=r"""
$$dx = dout \text{ where } x > y, \text{ else } 0;
\qquad dy = dout \text{ where } y > x, \text{ else } 0$$

The maximum follows the larger input and does not notice the smaller one: all of $dout$ goes to
the one that won.
""",
    mistakes=(
        Mistake(
            "loser-takes-all",
            lambda x, y, dout: (dout * (x < y), dout * (y < x)),
            "The smaller input gets the gradient. Which of the two does the output follow?",
        ),
        Mistake(
            "both-get-it",
            lambda x, y, dout: (dout, dout),
            "Both inputs get all of dout, as at a sum. What if the smaller one moves a little?",
        ),
        Mistake(
            "upstream-lost",
            lambda x, y, dout: (1.0 * (x > y), 1.0 * (y > x)),
            "These are zeros and ones: the local slopes, without dout.",
        ),
        Mistake(
            "values",
            lambda x, y, dout: (x * (x > y), y * (y > x)),
            "The larger input itself comes back. Where does dout come in?",
        ),
    ),
)
