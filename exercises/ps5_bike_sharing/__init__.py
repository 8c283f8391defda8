"""ps5: batches in rows through 3-4-1 and 3-4-2-1 networks with an identity output."""

TITLE = "Batches in rows: how many bikes?"

EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "shapes",
    "forward",
    "output_weight_gradient",
    "hidden_error_term",
    "input_weight_gradient",
    "fixed_backward_rows",
    "einsum_backward",
    "deep_backward",
    "stop_epoch",
    "diagnose",
)
