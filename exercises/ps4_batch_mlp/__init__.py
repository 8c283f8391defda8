"""ps4: a whole batch through a D-H-1 network of sigmoids; columns are examples."""

TITLE = "A whole batch at once"
EXERCISES = (
    "linear_forward",
    "sigmoid_backward",
    "forward",
    "binary_cross_entropy",
    "output_activation_gradient",
    "output_error_term",
    "weight_gradient",
    "bias_gradient",
    "linear_backward",
    "backward",
)
