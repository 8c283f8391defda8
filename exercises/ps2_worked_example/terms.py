"""ps2, first half: the forward pass, the two error terms and the two steps."""

import numpy as np

from autograder.exercise.gradcheck import elementwise_derivative
from autograder.exercise.spec import Check, Exercise, Mistake
from solutions import worked_example as right

from . import draws
from .draws import Array, drawn, worked

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
            hidden_skipped,
            "out is made of h. What does the hidden unit send on?",
            loses=("out", "y_hat"),
        ),
        Mistake(
            "output-linear",
            output_linear,
            "ŷ is out itself; in this network the output has a sigmoid too.",
            loses=("y_hat",),
        ),
        Mistake(
            "flipped-sigmoid",
            flipped_sigmoid,
            "It falls where σ rises: look at the sign in the exponent.",
            loses=("a", "out", "y_hat"),
        ),
    ),
)

OUTPUT_ERROR_TERM = Exercise(
    reference=right.output_error_term,
    draw=drawn(draws.for_output_error_term),
    oracle=lambda y, y_hat: (y - y_hat) * slope_at_output(y_hat),
    checks=(Check("value", 1), worked(draws.for_output_error_term, 5e-4)),
    mistakes=(
        Mistake(
            "slope-lost",
            lambda y, y_hat: y - y_hat,
            "Only the error is here. It still has to go back through the output's sigmoid.",
        ),
        Mistake(
            "sigmoid-twice",
            lambda y, y_hat: (y - y_hat) * sigmoid(y_hat) * (1 - sigmoid(y_hat)),
            "σ is applied to ŷ once more, but ŷ already is an output of σ.",
        ),
        Mistake(
            "quarter",
            lambda y, y_hat: (y - y_hat) / 4,
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
        ),
        Mistake(
            "half-a-slope",
            lambda y, y_hat: (y - y_hat) * (1 - y_hat),
            "Only one of the two factors of σ' is there.",
        ),
    ),
)

HIDDEN_ERROR_TERM = Exercise(
    reference=right.hidden_error_term,
    draw=drawn(draws.for_hidden_error_term),
    oracle=lambda w_out, delta_o, a: w_out * delta_o * slope_at_output(a),
    checks=(Check("value", 1), worked(draws.for_hidden_error_term, 5e-4)),
    mistakes=(
        Mistake(
            "weight-lost",
            lambda w_out, delta_o, a: delta_o * a * (1 - a),
            "w_out is missing: the error comes back over that edge and is scaled by it.",
        ),
        Mistake(
            "slope-lost",
            lambda w_out, delta_o, a: w_out * delta_o,
            "The error has come back over the edge, but not through the hidden unit's sigmoid.",
        ),
        Mistake(
            "output-term-reused",
            lambda w_out, delta_o, a: delta_o,
            "This is the output's own error term, passed on unchanged.",
        ),
        Mistake(
            "activation-for-slope",
            lambda w_out, delta_o, a: w_out * delta_o * a,
            "The activation a stands where the slope of σ belongs.",
        ),
        Mistake(
            "sigmoid-twice",
            lambda w_out, delta_o, a: w_out * delta_o * sigmoid(a) * (1 - sigmoid(a)),
            "σ' is taken at a; it belongs at h, and a already is σ(h).",
        ),
        Mistake(
            "quarter",
            lambda w_out, delta_o, a: w_out * delta_o / 4,
            "σ' is set to ¼, its value at 0. Near the lecture's numbers that goes unnoticed.",
        ),
    ),
)

OUTPUT_WEIGHT_STEP = Exercise(
    reference=right.output_weight_step,
    draw=drawn(draws.for_output_weight_step),
    oracle=lambda learning_rate, delta_o, a: np.prod([learning_rate, delta_o, a]),
    checks=(Check("value", 1), worked(draws.for_output_weight_step, 5e-5)),
    mistakes=(
        Mistake(
            "rate-forgotten",
            lambda learning_rate, delta_o, a: delta_o * a,
            "learning_rate is missing, and a step contains it.",
        ),
        Mistake(
            "rate-twice",
            lambda learning_rate, delta_o, a: learning_rate**2 * delta_o * a,
            "learning_rate is multiplied in twice.",
        ),
        Mistake(
            "activation-lost",
            lambda learning_rate, delta_o, a: learning_rate * delta_o,
            "a is missing: what came in over this edge decides how much its weight matters.",
        ),
        Mistake(
            "slope-twice",
            lambda learning_rate, delta_o, a: learning_rate * delta_o * a * (1 - a),
            "σ' of the hidden unit is in it; w_out lies behind that unit.",
        ),
    ),
)

INPUT_WEIGHT_STEPS = Exercise(
    reference=right.input_weight_steps,
    draw=drawn(draws.for_input_weight_steps),
    oracle=lambda learning_rate, delta_h, x: np.array([learning_rate * delta_h * v for v in x]),
    checks=(Check("value", 1), worked(draws.for_input_weight_steps, 1.2e-5)),
    mistakes=(
        Mistake(
            "rate-forgotten",
            lambda learning_rate, delta_h, x: delta_h * x,
            "learning_rate is missing, and a step contains it.",
        ),
        Mistake(
            "rate-twice",
            lambda learning_rate, delta_h, x: learning_rate**2 * delta_h * x,
            "learning_rate is multiplied in twice.",
        ),
        Mistake(
            "input-lost",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * np.ones_like(x),
            "Both weights get the same step. Which input does each of them multiply?",
        ),
        Mistake(
            "inputs-swapped",
            lambda learning_rate, delta_h, x: learning_rate * delta_h * x[::-1],
            "Each weight has the other one's input.",
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
