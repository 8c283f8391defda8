"""1.7 Back through a product: dx and dy (N, M) from x, y and the upstream gradient dout (N, M)."""

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
    examples=False,
    oracle=slopes_through(np.multiply),
    checks=(Check("dx", 0.5, part=0), Check("dy", 0.5, part=1)),
    reveal=r"""
$$\frac{\partial L}{\partial x} = dout \cdot y,
\qquad \frac{\partial L}{\partial y} = dout \cdot x$$

If $x$ grows by $\varepsilon$, the product grows by $\varepsilon y$: the gate sends back across
what came in from the *other* side.
""",
    mistakes=(
        Mistake(
            "swapped",
            lambda x, y, dout: (dout * x, dout * y),
            "Each input's own value multiplies dout. If x grows by ε, by how much does the "
            "product grow?",
        ),
        Mistake(
            "upstream-lost",
            lambda x, y, dout: (y, x),
            "These are the local slopes alone. Where does dout come in?",
        ),
        Mistake(
            "upstream-passed-on",
            lambda x, y, dout: (dout, dout),
            "dout comes through unchanged, as it would at a sum; this gate is a product.",
        ),
    ),
)
