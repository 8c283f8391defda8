"""ps3: one record at a time through a 6-2-1 network of sigmoids, trained on admissions."""

TITLE = "Record by record: who is admitted?"

EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "forward",
    "shapes",
    "chain_slopes",
    "output_error_term",
    "hidden_error",
    "hidden_error_term",
    "record_gradients",
    "epoch_gradients",
    "fixed_epoch",
    "train",
)
