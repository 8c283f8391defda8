"""ps3: one record at a time through a 6-2-1 network of sigmoids, trained on admissions."""

TITLE = "Record by record: who is admitted?"

EXERCISES = (
    "forward",
    "output_error_term",
    "hidden_error",
    "hidden_error_term",
    "record_gradients",
    "epoch_gradients",
    "mse_loss",
    "train",
    "accuracy",
)
