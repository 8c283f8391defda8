"""2.8 A network of one's own, worked by hand: a dict of its numbers and of the five answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Tolerance,
    Tree,
)
from exercises.judges import own_network
from solutions import worked_example

from .network import Network, run
from .oracles import forward_by_tanh, gradients, slope_at_output

Numbers = Mapping[str, float]
Formula = Callable[[Network], Numbers]
"""What one program makes of a network: some of the five answers, or all."""

ANSWERS = ("delta_o", "delta_h", "step_out", "step_W1", "step_W2")
BY_HAND = Tolerance("by hand", 0.02, 0.0)
"""Five decimals of a and ŷ and four digits of the rest stay within 0.3 %; a slip does not."""


def network(
    x1: float, x2: float, W1: float, W2: float, w_out: float, y: float, eta: float
) -> Network:
    """Run the numbers that a student chose through the network."""
    return run(np.array([x1, x2]), y, np.array([W1, W2]), w_out, learning_rate=eta)


def right(net: Network) -> Numbers:
    """The five answers, exact."""
    step_W = net.learning_rate * net.delta_h * net.x
    step_out = net.learning_rate * net.delta_o * net.a
    return dict(zip(ANSWERS, (net.delta_o, net.delta_h, step_out, *step_W), strict=True))


def asked(name: str) -> Check:
    """The check of one answer, on the numbers that it was worked out for."""

    def given(answer: Tree, arguments: Arguments) -> float:
        return right(network(*arguments))[name]

    return Check(
        name,
        0.5,
        part=name,
        fixed=True,
        own_inputs=own_network,
        given=given,
        tolerance=BY_HAND,
    )


def mistake(slug: str, formula: Formula, sentence: str, loses: tuple[str, ...] = ()) -> Mistake:
    """A mistake as it shows on the reference's network, and on any other."""

    def function() -> Numbers:
        answer = worked_example.my_numbers()
        chosen = own_network(answer)
        assert not isinstance(chosen, str)
        return {**answer, **formula(network(*chosen))}

    def given(answer: Tree, arguments: Arguments) -> Numbers:
        return formula(network(*arguments))

    return Mistake(slug, function, sentence, loses=loses, given=given)


def turned(net: Network) -> Numbers:
    """Derivatives and descent's signs instead of error terms and steps."""
    return {name: -value for name, value in right(net).items()}


def rounded_early(net: Network) -> Numbers:
    """Go on with a and ŷ to two decimals."""
    a, y_hat = round(net.a, 2), round(net.y_hat, 2)
    delta_o = worked_example.output_error_term(net.y, y_hat)
    delta_h = worked_example.hidden_error_term(net.w_out, delta_o, a)
    return right(replace(net, a=a, y_hat=y_hat, delta_o=delta_o, delta_h=delta_h))


def steps_of(formula: Callable[[Network], Iterable[float]], *names: str) -> Formula:
    """Name the numbers that a formula gives."""
    return lambda net: dict(zip(names, map(float, formula(net)), strict=True))


def lecture_numbers() -> Numbers:
    """The lecture's own network with the lecture's own answers."""
    net = run(np.array([0.1, 0.3]), 1.0, np.array([0.4, -0.2]), 0.1, learning_rate=0.5)
    inputs = dict(zip(("x1", "x2", "W1", "W2"), (*net.x, *net.W), strict=True))
    return {**inputs, "w_out": net.w_out, "y": net.y, "eta": net.learning_rate, **right(net)}


def oracle() -> Numbers:
    """Slopes of σ by central differences, and steps down central differences of the loss."""
    x, W, w_out, y, eta = np.array([1.2, -0.8]), np.array([0.9, -1.4]), 3.3, 1.0, 0.4
    dW, dw_out = gradients(x, y, W, w_out)
    y_hat = forward_by_tanh(x, W, w_out)[-1]
    found = (
        (y - y_hat) * slope_at_output(y_hat),
        -dW[0] / x[0],
        -eta * dw_out,
        -eta * dW[0],
        -eta * dW[1],
    )
    inputs = dict(zip(("x1", "x2", "W1", "W2"), (*x, *W), strict=True))
    answers = dict(zip(ANSWERS, map(float, found), strict=True))
    return {**inputs, "w_out": w_out, "y": y, "eta": eta, **answers}


EXERCISE = Exercise(
    reference=worked_example.my_numbers,
    draw=lambda rng, sizes: (),
    oracle=oracle,
    checks=tuple(map(asked, ANSWERS)),
    reveal=r"Where $|h| \ge 1$ the slope of $\sigma$ is at most 0.197, a fifth below ¼: on such "
    "numbers a slope that is left out, or taken at the wrong place, shows in the second digit.",
    mistakes=(
        mistake(
            "sign",
            turned,
            "This has the sign of a derivative of L. Is it added to a weight, or subtracted?",
        ),
        mistake(
            "no-output-slope",
            steps_of(lambda net: (net.y - net.y_hat,), "delta_o"),
            "This is the error alone. What lies between ŷ and out?",
            loses=("delta_o",),
        ),
        mistake(
            "no-hidden-slope",
            steps_of(lambda net: (net.w_out * net.delta_o,), "delta_h"),
            "The error has come back over the edge. What lies between a and h?",
            loses=("delta_h",),
        ),
        mistake(
            "no-weight",
            steps_of(lambda net: (net.delta_o * net.a * (1 - net.a),), "delta_h"),
            "Nothing of the edge between the units is in it. How far does out move when a moves?",
            loses=("delta_h",),
        ),
        mistake(
            "a-for-slope",
            steps_of(lambda net: (net.w_out * net.delta_o * net.a,), "delta_h"),
            "The activation a stands where a slope of σ belongs. At which sum is that slope taken?",
            loses=("delta_h",),
        ),
        mistake(
            "no-rate",
            steps_of(
                lambda net: (net.delta_o * net.a, *(net.delta_h * net.x)),
                "step_out",
                "step_W1",
                "step_W2",
            ),
            "The learning rate is not in this step yet.",
            loses=("step_out", "step_W1", "step_W2"),
        ),
        mistake(
            "wrong-delta",
            steps_of(
                lambda net: (
                    net.learning_rate * net.delta_h * net.a,
                    *(net.learning_rate * net.delta_o * net.x),
                ),
                "step_out",
                "step_W1",
                "step_W2",
            ),
            "This step is made of the other unit's error term. At which unit does the edge end?",
            loses=("step_out", "step_W1", "step_W2"),
        ),
        mistake(
            "no-activation",
            steps_of(lambda net: (net.learning_rate * net.delta_o,), "step_out"),
            "Nothing of what comes in over the edge is in this step.",
            loses=("step_out",),
        ),
        mistake(
            "weights-for-inputs",
            steps_of(lambda net: net.learning_rate * net.delta_h * net.W, "step_W1", "step_W2"),
            "This step is made of the weight itself. How far does h move when the weight moves?",
            loses=("step_W1", "step_W2"),
        ),
        mistake(
            "rounded-early",
            rounded_early,
            "a and ŷ were rounded to two decimals on the way. How many digits are left of 1 − ŷ?",
        ),
        Mistake(
            "lecture-numbers",
            lecture_numbers,
            "These are the lecture's numbers, where h is too near to 0. Which are yours?",
        ),
    ),
)
