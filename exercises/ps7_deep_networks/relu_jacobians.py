"""7.6 No differentials left: D_w2 and D_r of dL = tr(D_w2·dw2) + tr(D_r·dr), for ŷ = r·w2."""

import numpy as np

from autograder.exercise import (
    Check,
    Exercise,
    Mistake,
    central_differences,
)
from solutions import deep_networks

from .draws import Array
from .relu_network import output_layer


def oracle(G: Array, r: Array, w2: Array) -> tuple[Array, Array]:
    """D[j, i] belongs to the differential that is 1 at [i, j] and 0 elsewhere.

    ŷ is linear in each factor alone, so that no step is too large.
    """
    return (
        central_differences(lambda w: float(np.sum(G * (r @ w))), w2, h=1).T,
        central_differences(lambda moved: float(np.sum(G * (moved @ w2))), r, h=1).T,
    )


EXERCISE = Exercise(
    reference=deep_networks.relu_jacobians,
    draw=output_layer,
    axes="N H K",
    oracle=oracle,
    asks_shapes=True,
    checks=(Check("D_w2", points=1, part=0), Check("D_r", points=1, part=1)),
    reveal=(
        r"$D_{w_2} = G^T r$ of shape $(K, H)$, and $D_r = w_2\,G^T$ of shape $(H, N)$. In a "
        r"trace the last factor may walk to the front, $\operatorname{tr}(G^T dr\,w_2) = "
        r"\operatorname{tr}(w_2 G^T dr)$; what then stands before the differential is $D$. The "
        "notes call it the Jacobian."
    ),
    mistakes=(
        Mistake(
            "gradients",
            lambda G, r, w2: (r.T @ G, G @ w2.T),
            "This is the gradient. Asked for is D, with tr(D·dX) for the change of L.",
        ),
        Mistake(
            "swapped",
            lambda G, r, w2: (w2 @ G.T, G.T @ r),
            "The two have changed places: the one for w2 comes first.",
        ),
        Mistake(
            "upstream-forgotten",
            lambda G, r, w2: deep_networks.relu_jacobians(np.ones_like(G), r, w2),
            "G has no influence here. What does it say of each entry of ŷ?",
        ),
    ),
)
