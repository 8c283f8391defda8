"""ps4: a whole batch through a D-H-1 network of sigmoids; columns are examples."""

TITLE = "A whole batch at once"
EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "shapes",
    "forward",
    "binary_cross_entropy",
    "output_activation_gradient",
    "output_error_term",
    "weight_gradient_entry",
    "weight_gradient",
    "bias_gradient",
    "probe",
    "linear_backward",
    "backward",
)
