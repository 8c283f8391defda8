"""ps7: matrix differentials, any number of layers, gradient checking."""

TITLE = "Deep networks"
EXERCISES = (
    "squared_error_gradient",
    "bilinear_gradient",
    "bilinear_transposed_gradient",
    "dimensions_that_fit",
    "gradient_from_jacobian",
    "two_layer_relu_gradients",
    "two_layer_relu_train",
    "deep_forward",
    "deep_loss",
    "deep_gradients",
    "update",
    "standardize",
    "gradient_check",
    "fixed_backward",
)
