"""ps9: the scale of inputs and weights, vanishing gradients, batch normalisation, a contest."""

TITLE = "A lab for deep networks"
EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "standardize",
    "backward_factor",
    "gradient_norms",
    "scaled_weights",
    "batchnorm_backward",
    "spiral_network",
)
