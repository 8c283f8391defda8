"""ps3: one record at a time through a 6-2-1 network of sigmoids, trained on admissions."""

import numpy as np

from autograder.exercise.compare import TRAINED
from autograder.exercise.gradcheck import central_differences, elementwise_derivative, gradients_of
from autograder.exercise.spec import Assignment, Check, Exercise
from solutions import gre_admissions as SOLUTIONS

from . import draws, mistakes, trainings
from . import training as loop
from .network import (
    Array,
    half_square_sum,
    logistic,
    outputs,
    training,
)


def _forward(x: Array, W_ih: Array, W_ho: Array) -> tuple[Array, float]:
    sums = [sum(x[i] * W_ih[i, j] for i in range(len(x))) for j in range(len(W_ho))]
    return logistic(np.array(sums)), float(outputs(x, W_ih, W_ho))


def _output_error_term(y: float, y_hat: float) -> Array:
    """∂/∂out of ½(y − σ(out))², at the out that gives this ŷ."""
    out = np.log(y_hat / (1 - y_hat))
    return central_differences(lambda z: float(0.5 * (y - logistic(z)) ** 2), out)


def _hidden_error(output_error_term: float, W_ho: Array) -> Array:
    """Differentiate anywhere: the sum out is linear in the activations."""
    return central_differences(lambda a: float(output_error_term * (a @ W_ho)), np.zeros(len(W_ho)))


def _hidden_error_term(hidden_error: Array, hidden: Array) -> Array:
    sums = np.log(hidden / (1 - hidden))
    return hidden_error * elementwise_derivative(logistic, sums)


def _record_gradients(x: Array, y: float, W_ih: Array, W_ho: Array) -> tuple[Array, ...]:
    return gradients_of(half_square_sum, x[None], np.array([y]), W_ih, W_ho, wrt=(2, 3))


def _epoch_gradients(
    features: Array, targets: Array, W_ih: Array, W_ho: Array
) -> tuple[Array, ...]:
    return gradients_of(half_square_sum, features, targets, W_ih, W_ho, wrt=(2, 3))


def _mse_loss(targets: Array, outputs: Array) -> float:
    error = targets - outputs
    return float(np.linalg.norm(error) ** 2 / error.size / 2)


def _accuracy(features: Array, targets: Array, W_ih: Array, W_ho: Array) -> float:
    right = [
        (logistic(x @ W_ih) @ W_ho > 0) == (y == 1) for x, y in zip(features, targets, strict=True)
    ]
    return float(sum(right) / len(right))


GRADIENTS = (Check("dW_ih", 2, part=0), Check("dW_ho", 2, part=1))

ASSIGNMENT = Assignment(
    name="ps3_gre_admissions",
    title="Record by record: who is admitted?",
    exercises=(
        Exercise(
            reference=SOLUTIONS.forward,
            draw=draws.one_record,
            oracle=_forward,
            axes="D H",
            checks=(Check("hidden", 1, part=0), Check("y_hat", 1, part=1)),
            mistakes=mistakes.FORWARD,
        ),
        Exercise(
            reference=SOLUTIONS.output_error_term,
            draw=draws.output,
            oracle=_output_error_term,
            axes="N D H",
            checks=(Check("error term", 1),),
            mistakes=mistakes.OUTPUT_ERROR_TERM,
        ),
        Exercise(
            reference=SOLUTIONS.hidden_error,
            draw=draws.output_term,
            oracle=_hidden_error,
            axes="N D H",
            checks=(Check("hidden error", 1),),
            mistakes=mistakes.HIDDEN_ERROR,
        ),
        Exercise(
            reference=SOLUTIONS.hidden_error_term,
            draw=draws.hidden_layer,
            oracle=_hidden_error_term,
            axes="N D H",
            checks=(Check("error term", 1),),
            mistakes=mistakes.HIDDEN_ERROR_TERM,
        ),
        Exercise(
            reference=SOLUTIONS.record_gradients,
            draw=draws.labelled_record,
            oracle=_record_gradients,
            axes="N D H",
            checks=GRADIENTS,
            mistakes=mistakes.RECORD_GRADIENTS,
            calls=("forward", "output_error_term", "hidden_error", "hidden_error_term"),
        ),
        Exercise(
            reference=SOLUTIONS.epoch_gradients,
            draw=draws.batch,
            oracle=_epoch_gradients,
            axes="N D H",
            checks=(Check("dW_ih", 2, part=0), Check("dW_ho", 1, part=1)),
            mistakes=mistakes.EPOCH_GRADIENTS,
            calls=(
                "forward",
                "output_error_term",
                "hidden_error",
                "hidden_error_term",
                "record_gradients",
            ),
        ),
        Exercise(
            reference=SOLUTIONS.mse_loss,
            draw=draws.targets_and_outputs,
            oracle=_mse_loss,
            axes="N",
            checks=(Check("loss", 1),),
            mistakes=mistakes.MSE_LOSS,
        ),
        Exercise(
            reference=SOLUTIONS.train,
            draw=trainings.two_epochs,
            oracle=training(),
            axes="N D H",
            checks=(
                Check("W_ih", 1, part=0, tolerance=TRAINED),
                Check("W_ho", 1, part=1, tolerance=TRAINED),
                Check("losses", 1, part=2, draw=trainings.falling, tolerance=TRAINED),
                Check(
                    loop.AT_ONCE,
                    1,
                    draw=trainings.rising_at_once,
                    fixed=True,
                    tolerance=TRAINED,
                ),
                Check(loop.LATER, 1, draw=trainings.rising_later, fixed=True, tolerance=TRAINED),
            ),
            mistakes=loop.TRAIN,
            calls=(
                "forward",
                "output_error_term",
                "hidden_error",
                "hidden_error_term",
                "record_gradients",
                "epoch_gradients",
                "mse_loss",
            ),
            example=trainings.rising_later,
            trains=True,
        ),
        Exercise(
            reference=SOLUTIONS.accuracy,
            draw=draws.judged,
            oracle=_accuracy,
            axes="N D H",
            checks=(Check("share", 1),),
            mistakes=mistakes.ACCURACY,
            calls=("forward",),
        ),
    ),
)
