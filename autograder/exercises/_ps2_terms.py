"""ps2, first half: the forward pass, the two error terms and the two steps."""

import numpy as np

from autograder.course import load_solutions
from autograder.exercises import _ps2_draws as draws
from autograder.exercises._ps2_draws import Array, drawn, worked
from autograder.gradcheck import elementwise_derivative
from autograder.spec import Check, Exercise, Mistake

right = load_solutions("worked_example")
sigmoid = right.sigmoid


def logistic(z: Array) -> Array:
    """σ once more, by way of tanh."""
    return np.asarray(0.5 * (1 + np.tanh(z / 2)))


def slope_at_output(a: float) -> float:
    """Central differences of σ at the z that gives a."""
    return float(elementwise_derivative(logistic, np.log(np.asarray(a) / (1 - a))))


def forward_with_tanh(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """The forward pass once more, with σ by way of tanh."""
    h = float(np.sum(W * x))
    a = 0.5 * (1 + np.tanh(h / 2))
    return h, a, w_out * a, 0.5 * (1 + np.tanh(w_out * a / 2))


def hidden_skipped(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """Out made of h, as if the hidden unit had no activation."""
    h, a, _, _ = right.forward(x, W, w_out)
    return h, a, w_out * h, sigmoid(w_out * h)


def output_linear(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """No sigmoid at the output."""
    h, a, out, _ = right.forward(x, W, w_out)
    return h, a, out, out


def flipped_sigmoid(x: Array, W: Array, w_out: float) -> tuple[float, float, float, float]:
    """The sign of the exponent lost."""
    h = float(W @ x)
    return h, sigmoid(-h), w_out * sigmoid(-h), sigmoid(-w_out * sigmoid(-h))


FORWARD = Exercise(
    name="forward",
    reference=right.forward,
    draw=drawn(draws.for_forward),
    oracle=forward_with_tanh,
    checks=(
        Check("h", 0.5, part=0),
        Check("a", 0.5, part=1),
        Check("out", 0.5, part=2),
        Check("y_hat", 0.5, part=3),
        worked(draws.for_forward, 5e-4),
    ),
    mistakes=(
        Mistake(
            "hidden-skipped",
            "out is made of h. What does the hidden unit send on?",
            hidden_skipped,
            loses=("out", "y_hat"),
        ),
        Mistake(
            "output-linear",
            "ŷ is out itself; in this network the output has a sigmoid too.",
            output_linear,
            loses=("y_hat",),
        ),
        Mistake(
            "flipped-sigmoid",
            "It falls where σ rises: look at the sign in the exponent.",
            flipped_sigmoid,
            loses=("a", "out", "y_hat"),
        ),
    ),
)

OUTPUT_ERROR_TERM = Exercise(
    name="output_error_term",
    reference=right.output_error_term,
    draw=drawn(draws.for_output_error_term),
    oracle=lambda y, y_hat: (y - y_hat) * slope_at_output(y_hat),
    checks=(Check("value", 1), worked(draws.for_output_error_term, 5e-4)),
    mistakes=(
        Mistake(
            "slope-lost",
            "Only the error is here. It still has to go back through the output's sigmoid.",
            lambda y, y_hat: y - y_hat,
        ),
        Mistake(
            "sigmoid-twice",
            "σ is applied to ŷ once more, but ŷ already is an output of σ.",
            lambda y, y_hat: (y - y_hat) * sigmoid(y_hat) * (1 - sigmoid(y_hat)),
        ),
        Mistake(
            "quarter",
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
            lambda y, y_hat: (y - y_hat) / 4,
        ),
        Mistake(
            "half-a-slope",
            "Only one of the two factors of σ' is there.",
            lambda y, y_hat: (y - y_hat) * (1 - y_hat),
        ),
    ),
)

HIDDEN_ERROR_TERM = Exercise(
    name="hidden_error_term",
    reference=right.hidden_error_term,
    draw=drawn(draws.for_hidden_error_term),
    oracle=lambda w_out, delta_o, a: w_out * delta_o * slope_at_output(a),
    checks=(Check("value", 1), worked(draws.for_hidden_error_term, 5e-4)),
    mistakes=(
        Mistake(
            "weight-lost",
            "w_out is missing: the error comes back over that edge and is scaled by it.",
            lambda w_out, delta_o, a: delta_o * a * (1 - a),
        ),
        Mistake(
            "slope-lost",
            "The error has come back over the edge, but not through the hidden unit's sigmoid.",
            lambda w_out, delta_o, a: w_out * delta_o,
        ),
        Mistake(
            "output-term-reused",
            "This is the output's own error term, passed on unchanged.",
            lambda w_out, delta_o, a: delta_o,
        ),
        Mistake(
            "activation-for-slope",
            "The activation a stands where the slope of σ belongs.",
            lambda w_out, delta_o, a: w_out * delta_o * a,
        ),
        Mistake(
            "sigmoid-twice",
            "σ' is taken at a; it belongs at h, and a already is σ(h).",
            lambda w_out, delta_o, a: w_out * delta_o * sigmoid(a) * (1 - sigmoid(a)),
        ),
        Mistake(
            "quarter",
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
            lambda w_out, delta_o, a: w_out * delta_o / 4,
        ),
    ),
)

OUTPUT_WEIGHT_STEP = Exercise(
    name="output_weight_step",
    reference=right.output_weight_step,
    draw=drawn(draws.for_output_weight_step),
    oracle=lambda learning_rate, delta_o, a: np.prod([learning_rate, delta_o, a]),
    checks=(Check("value", 1), worked(draws.for_output_weight_step, 5e-5)),
    mistakes=(
        Mistake(
            "rate-forgotten",
            "learning_rate is missing, and a step contains it.",
            lambda learning_rate, delta_o, a: delta_o * a,
        ),
        Mistake(
            "rate-twice",
            "learning_rate is multiplied in twice.",
            lambda learning_rate, delta_o, a: learning_rate**2 * delta_o * a,
        ),
        Mistake(
            "activation-lost",
            "a is missing: what came in over this edge decides how much its weight matters.",
            lambda learning_rate, delta_o, a: learning_rate * delta_o,
        ),
        Mistake(
            "slope-twice",
            "σ' of the hidden unit is in it; w_out lies behind that unit.",
            lambda learning_rate, delta_o, a: learning_rate * delta_o * a * (1 - a),
        ),
    ),
)

INPUT_WEIGHT_STEPS = Exercise(
    name="input_weight_steps",
    reference=right.input_weight_steps,
    draw=drawn(draws.for_input_weight_steps),
    oracle=lambda learning_rate, delta_h, x: np.array([learning_rate * delta_h * v for v in x]),
    checks=(Check("value", 1), worked(draws.for_input_weight_steps, 1.2e-5)),
    mistakes=(
        Mistake(
            "rate-forgotten",
            "learning_rate is missing, and a step contains it.",
            lambda learning_rate, delta_h, x: delta_h * x,
        ),
        Mistake(
            "rate-twice",
            "learning_rate is multiplied in twice.",
            lambda learning_rate, delta_h, x: learning_rate**2 * delta_h * x,
        ),
        Mistake(
            "input-lost",
            "Both weights get the same step. Which input does each of them multiply?",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * np.ones_like(x),
        ),
        Mistake(
            "inputs-swapped",
            "Each weight has the other one's input.",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * x[::-1],
        ),
    ),
)

EXERCISES = (
    FORWARD,
    OUTPUT_ERROR_TERM,
    HIDDEN_ERROR_TERM,
    OUTPUT_WEIGHT_STEP,
    INPUT_WEIGHT_STEPS,
)
