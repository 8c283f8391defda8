"""ps4: a whole batch through a D-H-1 network of sigmoids; columns are examples."""

import numpy as np

from autograder.exercise.gradcheck import central_differences, elementwise_derivative, gradients_of
from autograder.exercise.spec import Assignment, Check, Exercise
from autograder.exercise.tree import Tree
from solutions import batch_mlp as SOLUTIONS

from . import backward as passes
from . import draws, mistakes
from .draws import Array, logistic


def _affine(W: Array, A_prev: Array, b: Array) -> Array:
    columns = [(W * a).sum(axis=1) for a in A_prev.T]
    return np.array(columns).T + b


def _forward(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, ...]:
    Z1 = _affine(W1, X, b1)
    Z2 = _affine(W2, logistic(Z1), b2)
    return Z1, logistic(Z1), Z2, logistic(Z2)


def _mean_loss(A2: Array, Y: Array) -> float:
    A = A2.clip(1e-12, 1 - 1e-12)
    return float(-np.log(np.where(Y == 1, A, 1 - A)).sum() / Y.size)


def _summed_loss(A2: Array, Y: Array) -> float:
    return Y.size * _mean_loss(A2, Y)


def _output_activation_gradient(A2: Array, Y: Array) -> Array:
    return central_differences(lambda A: _summed_loss(A, Y), A2)


def _output_error_term(A2: Array, Y: Array) -> Array:
    Z2 = np.log(A2 / (1 - A2))
    return central_differences(lambda Z: _summed_loss(logistic(Z), Y), Z2)


def _upstream(dZ: Array, W: Array, A_prev: Array, b: Array) -> float:
    """A scalar whose gradient by Z = W·A_prev + b is dZ."""
    return float((dZ * _affine(W, A_prev, b)).sum())


def _weight_gradient(dZ: Array, A_prev: Array) -> Array:
    N, W = dZ.shape[1], np.zeros((len(dZ), len(A_prev)))
    return central_differences(lambda W: _upstream(dZ, W, A_prev, 0 * dZ[:, :1]) / N, W)


def _bias_gradient(dZ: Array) -> Array:
    N, b = dZ.shape[1], np.zeros((len(dZ), 1))
    return central_differences(lambda b: float((dZ * (0 * dZ + b)).sum()) / N, b)


def _linear_backward(dZ: Array, A_prev: Array, W: Array) -> tuple[Array, ...]:
    N, b = dZ.shape[1], np.zeros((len(dZ), 1))
    dW, dA_prev, db = gradients_of(_upstream, dZ, W, A_prev, b, wrt=(1, 2, 3))
    return dA_prev, dW / N, db / N


def _loss(X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    return _mean_loss(_forward(X, W1, b1, W2, b2)[3], Y)


def _is_one_finite_number(loss: Tree, arguments: tuple[Tree, ...]) -> bool:
    return np.size(loss) == 1 and bool(np.isfinite(loss).all())


ASSIGNMENT = Assignment(
    name="ps4_batch_mlp",
    title="A whole batch at once",
    exercises=(
        Exercise(
            reference=SOLUTIONS.linear_forward,
            draw=draws.layer,
            oracle=lambda A_prev, W, b: _affine(W, A_prev, b),
            axes="N D H",
            checks=(Check("Z", 1),),
            mistakes=mistakes.LINEAR_FORWARD,
        ),
        Exercise(
            reference=SOLUTIONS.sigmoid_backward,
            draw=draws.activation,
            oracle=lambda dA, Z: dA * elementwise_derivative(logistic, Z),
            axes="N H",
            checks=(Check("dZ", 1),),
            mistakes=mistakes.SIGMOID_BACKWARD,
        ),
        Exercise(
            reference=SOLUTIONS.forward,
            draw=draws.network,
            oracle=_forward,
            axes="N D H",
            checks=(
                Check("Z1", 0.5, part=0),
                Check("A1", 0.5, part=1),
                Check("Z2", 0.5, part=2),
                Check("A2", 0.5, part=3),
            ),
            mistakes=mistakes.FORWARD,
            calls=("linear_forward",),
        ),
        Exercise(
            reference=SOLUTIONS.binary_cross_entropy,
            draw=draws.output,
            oracle=_mean_loss,
            axes="N",
            checks=(
                Check("value", 1),
                Check("near the edges", 0.5, draw=draws.nearly_certain, fixed=True),
                Check(
                    "finite",
                    0.5,
                    draw=draws.certain,
                    fixed=True,
                    accept=_is_one_finite_number,
                    expects="With an exact 0 or 1 in A2 the loss must still be one finite number. "
                    "Which arguments does the logarithm not take?",
                ),
            ),
            mistakes=mistakes.BINARY_CROSS_ENTROPY,
        ),
        Exercise(
            reference=SOLUTIONS.output_activation_gradient,
            draw=draws.output,
            oracle=_output_activation_gradient,
            axes="N",
            checks=(Check("dA2", 1),),
            mistakes=mistakes.OUTPUT_ACTIVATION_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.output_error_term,
            draw=draws.output,
            oracle=_output_error_term,
            axes="N",
            checks=(Check("dZ2", 1),),
            mistakes=mistakes.OUTPUT_ERROR_TERM,
        ),
        Exercise(
            reference=SOLUTIONS.weight_gradient,
            draw=draws.error_and_input,
            oracle=_weight_gradient,
            axes="N D H",
            checks=(Check("dW", 2),),
            mistakes=mistakes.WEIGHT_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.bias_gradient,
            draw=draws.error,
            oracle=_bias_gradient,
            axes="N H",
            checks=(Check("db", 1),),
            mistakes=mistakes.BIAS_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.linear_backward,
            draw=draws.layer_with_error,
            oracle=_linear_backward,
            axes="N D H",
            checks=(
                Check("dA_prev", 1, part=0),
                Check("dW", 1, part=1),
                Check("db", 1, part=2),
            ),
            mistakes=passes.LINEAR_BACKWARD,
            calls=("weight_gradient", "bias_gradient"),
        ),
        Exercise(
            reference=SOLUTIONS.backward,
            draw=draws.labelled_network,
            oracle=lambda *arguments: gradients_of(_loss, *arguments, wrt=(2, 3, 4, 5)),
            axes="N D H",
            checks=(
                Check("dW1", 1, part=0),
                Check("db1", 1, part=1),
                Check("dW2", 1, part=2),
                Check("db2", 1, part=3),
            ),
            mistakes=passes.BACKWARD,
            calls=(
                "linear_forward",
                "sigmoid_backward",
                "forward",
                "output_activation_gradient",
                "output_error_term",
                "weight_gradient",
                "bias_gradient",
                "linear_backward",
            ),
        ),
    ),
)
