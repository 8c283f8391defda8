"""2.1 The forward pass: the numbers h, a, out and y_hat, from x (2,), W (2,) and w_out."""

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    both_signs,
)
from solutions import worked_example

from .draws import drawn, worked
from .network import Array, Network
from .oracles import forward_by_tanh

Numbers = tuple[float, float, float, float]


def arguments(net: Network) -> Arguments:
    """x, W, w_out."""
    return net.x, net.W, net.w_out


def hidden_skipped(x: Array, W: Array, w_out: float) -> Numbers:
    """Out made of h, as if the hidden unit had no activation."""
    h, a, _, _ = worked_example.forward(x, W, w_out)
    return h, a, w_out * h, worked_example.sigmoid(w_out * h)


def output_linear(x: Array, W: Array, w_out: float) -> Numbers:
    """No sigmoid at the output."""
    h, a, out, _ = worked_example.forward(x, W, w_out)
    return h, a, out, out


def flipped_sigmoid(x: Array, W: Array, w_out: float) -> Numbers:
    """The sign of the exponent lost."""
    h = float(W @ x)
    a = worked_example.sigmoid(-h)
    return h, a, w_out * a, worked_example.sigmoid(-w_out * a)


EXERCISE = Exercise(
    reference=worked_example.forward,
    draw=drawn(arguments),
    decides=both_signs(
        lambda x, W, w_out: x,
        lambda x, W, w_out: W,
        lambda x, W, w_out: x @ W,
        lambda x, W, w_out: w_out,
    ),
    oracle=forward_by_tanh,
    checks=(
        Check("h", 0.25, part=0),
        Check("a", 0.25, part=1),
        Check("out", 0.25, part=2),
        Check("y_hat", 0.25, part=3),
        worked(arguments, 5e-4),
    ),
    reveal=r"$h = W_1 x_1 + W_2 x_2$, $a = \sigma(h)$, $out = w_{out}\,a$, $\hat y = "
    r"\sigma(out)$: each unit sums what comes in and squeezes it. The way back passes the same "
    r"links in the other order.",
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
            "ŷ is out itself. What does the output unit do with its sum?",
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
