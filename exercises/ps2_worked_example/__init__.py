"""ps2: the 2-1-1 network by hand.

Points are earned on inputs of order 1; the lecture's own numbers are looked at too, to the
rounding they were printed with, for 0 points.
"""

TITLE = "The worked example: a 2-1-1 network by hand"
EXERCISES = (
    "forward",
    "output_error_term",
    "hidden_error_term",
    "output_weight_step",
    "input_weight_steps",
    "loss_gradients",
    "train_step",
)
