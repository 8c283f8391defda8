"""ps8: reverse-mode automatic differentiation of programs that are plain data."""

TITLE = "Automatic differentiation"
EXERCISES = (
    "unbroadcast",
    "run_program",
    "local_backward",
    "backward_order",
    "gradients",
    "mlp_loss_and_gradients",
    "skip_loss_and_gradients",
)
