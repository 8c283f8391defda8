"""ps1: derivatives and the chain rule, scalars and elementwise."""

TITLE = "Derivatives and the chain rule"
EXERCISES = (
    "sigmoid",
    "sigmoid_prime",
    "sigmoid_prime_from_output",
    "local_gradients",
    "multiply_backward",
    "max_backward",
    "neuron_backward",
    "linear_unit_gradient",
    "linear_unit_update",
    "numerical_gradient",
)
