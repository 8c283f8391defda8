"""ps1: derivatives and the chain rule, scalars and elementwise."""

TITLE = "Derivatives and the chain rule"
EXERCISES = (
    "numerical_gradient",
    "sigmoid",
    "sigmoid_prime_from_u",
    "sigmoid_prime",
    "sigmoid_prime_from_output",
    "local_gradients",
    "multiply_backward",
    "max_backward",
    "fixed_max_backward",
    "graph_gradients",
    "neuron_backward",
    "linear_unit_gradient",
    "linear_unit_update",
)
