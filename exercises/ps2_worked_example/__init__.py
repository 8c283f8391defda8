"""ps2: the 2-1-1 network by hand.

The functions are graded on inputs of order 1; the lecture's own numbers are looked at too, to the
rounding they were printed with. Typed into its sheet they earn points, in a function never.
"""

TITLE = "The worked example: a 2-1-1 network by hand"
EXERCISES = (
    "forward",
    "worked_example",
    "slope_chain",
    "output_error_term",
    "hidden_error_term",
    "output_weight_step",
    "input_weight_steps",
    "loss_gradients",
    "gradient_check",
    "my_numbers",
    "train_step",
)
