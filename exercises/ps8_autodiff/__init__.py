"""ps8: reverse-mode automatic differentiation of programs that are plain data."""

TITLE = "Automatic differentiation"
EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "unbroadcast",
    "run_program",
    "local_backward",
    "backward_order",
    "gradients",
    "mlp_loss_and_gradients",
    "skip_loss_and_gradients",
)
