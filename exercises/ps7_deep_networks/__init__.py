"""ps7: derivations by matrix differentials, and any number of layers."""

TITLE = "Deep networks"
EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "bilinear_transposed_gradient",
    "fixed_reg_differential",
    "vec_jacobian",
    "first_wrong_line",
    "dL_unfolded",
    "relu_jacobians",
    "two_layer_relu_gradients",
    "residual_dJ",
    "residual_dJ_unfolded",
    "residual_jacobians",
    "residual_gradients",
    "error_term_below",
    "deep_forward",
    "deep_loss",
    "deep_gradients",
    "fixed_backward",
)
