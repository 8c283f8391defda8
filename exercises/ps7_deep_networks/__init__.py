"""The exercises of ps7: matrix differentials, any number of layers, gradient checking."""

import numpy as np

from autograder.exercise.compare import NUMERICAL, TRAINED
from autograder.exercise.spec import Assignment, Check, Exercise
from autograder.exercise.tree import Tree
from solutions import deep_networks as answers

from . import deep_mistakes as deep
from . import draws, oracles
from . import mistakes as first
from . import tool_mistakes as tools


def is_tiny(value: Tree, arguments: tuple[Tree, ...]) -> bool:
    """A right gradient differs from central differences by rounding alone."""
    found = np.asarray(value, dtype=np.float64)
    return bool(found.size == 1 and 0 <= found.item() < 1e-6)


def is_not_finite(value: Tree, arguments: tuple[Tree, ...]) -> bool:
    """A gradient with a nan must not pass: nan or inf comes back."""
    found = np.asarray(value, dtype=np.float64)
    return bool(found.size == 1 and not np.isfinite(found.item()))


FORMULAS = (
    Exercise(
        reference=answers.squared_error_gradient,
        draw=draws.predictions,
        oracle=oracles.squared_error_gradient,
        checks=(Check("dy_pred", 1),),
        mistakes=first.SQUARED_ERROR_GRADIENT,
        axes="N K",
    ),
    Exercise(
        reference=answers.bilinear_gradient,
        draw=draws.two_vectors,
        oracle=oracles.bilinear_gradient,
        checks=(Check("dX", 1),),
        mistakes=first.BILINEAR_GRADIENT,
        axes="R C",
    ),
    Exercise(
        reference=answers.bilinear_transposed_gradient,
        draw=draws.two_vectors,
        oracle=oracles.bilinear_transposed_gradient,
        checks=(Check("dX", 1),),
        mistakes=first.BILINEAR_TRANSPOSED_GRADIENT,
        axes="R C",
    ),
    Exercise(
        reference=answers.dimensions_that_fit,
        draw=draws.delta_and_activations,
        oracle=oracles.dimensions_that_fit,
        checks=(Check("product", 1),),
        mistakes=first.DIMENSIONS_THAT_FIT,
        axes="N D H",
    ),
    Exercise(
        reference=answers.gradient_from_jacobian,
        draw=draws.matrix,
        oracle=oracles.gradient_from_jacobian,
        checks=(Check("gradient", 1),),
        mistakes=first.GRADIENT_FROM_JACOBIAN,
        axes="R C",
    ),
)

RELU_NETWORK = (
    Exercise(
        reference=answers.two_layer_relu_gradients,
        draw=draws.relu_network,
        oracle=oracles.two_layer_relu_gradients,
        checks=(Check("dw1", 2, part=0), Check("dw2", 2, part=1)),
        mistakes=first.TWO_LAYER_RELU_GRADIENTS,
        axes="N D H K",
        calls=("squared_error_gradient",),
    ),
    Exercise(
        reference=answers.two_layer_relu_train,
        draw=draws.relu_training,
        oracle=oracles.two_layer_relu_train,
        checks=(
            Check("w1", 1, part=0, tolerance=TRAINED),
            Check("w2", 1, part=1, tolerance=TRAINED),
            Check("losses", 1, part=2, tolerance=TRAINED),
        ),
        mistakes=first.TWO_LAYER_RELU_TRAIN,
        axes="N D H K",
        calls=("two_layer_relu_gradients", "squared_error_gradient"),
        trains=True,
    ),
)

DEEP_NETWORK = (
    Exercise(
        reference=answers.deep_forward,
        draw=draws.deep_inputs,
        oracle=oracles.deep_forward,
        checks=(
            Check("all activations", 1),
            Check("first hidden layer", 1, part=1),
            Check("output", 1, part=-1),
        ),
        mistakes=deep.DEEP_FORWARD,
        axes="N D H M P K",
        example=draws.deep_inputs_example,
    ),
    Exercise(
        reference=answers.deep_loss,
        draw=draws.deep_batch,
        oracle=oracles.deep_loss,
        checks=(Check("loss", 2),),
        mistakes=deep.DEEP_LOSS,
        axes="N D H M P K",
        calls=("deep_forward",),
        example=draws.deep_example,
    ),
    Exercise(
        reference=answers.deep_gradients,
        draw=draws.deep_batch,
        oracle=oracles.deep_gradients,
        checks=(Check("dW", 3, part=0), Check("db", 2, part=1)),
        mistakes=deep.DEEP_GRADIENTS,
        axes="N D H M P K",
        calls=("deep_forward",),
        example=draws.deep_example,
    ),
    Exercise(
        reference=answers.update,
        draw=draws.parameters,
        oracle=oracles.update,
        checks=(Check("parameters", 1),),
        mistakes=tools.UPDATE,
        axes="D H K",
    ),
    Exercise(
        reference=answers.standardize,
        draw=draws.features,
        oracle=oracles.standardize,
        checks=(
            Check("features", 1, tolerance=NUMERICAL),
            Check("constant features", 1, draw=draws.constant_features, tolerance=NUMERICAL),
        ),
        mistakes=tools.STANDARDIZE,
        axes="N D",
    ),
)

CHECKING = (
    Exercise(
        reference=answers.gradient_check,
        draw=draws.wrong_gradient,
        oracle=oracles.gradient_check,
        checks=(
            Check("wrong gradient", 2),
            Check(
                "right gradient",
                1,
                draw=draws.right_gradient,
                accept=is_tiny,
                expects="A right gradient, one element of it 0, should give a number below 1e-6. "
                "What happens in your formula where both gradients are 0?",
            ),
            Check(
                "gradient with nan",
                1,
                draw=draws.gradient_with_nan,
                accept=is_not_finite,
                expects="One element of the gradient is nan, and the check passes it. nan or inf "
                "should come back: which maximum lets nan through?",
            ),
        ),
        mistakes=tools.GRADIENT_CHECK,
        axes="R C",
    ),
    Exercise(
        reference=answers.fixed_backward,
        draw=draws.binary_network,
        oracle=oracles.fixed_backward,
        checks=tuple(
            Check(name, 1, part=part) for part, name in enumerate(("dW1", "db1", "dW2", "db2"))
        ),
        mistakes=tools.FIXED_BACKWARD,
        axes="N D H",
    ),
)

ASSIGNMENT = Assignment(
    name="ps7_deep_networks",
    title="Deep networks",
    exercises=(*FORMULAS, *RELU_NETWORK, *DEEP_NETWORK, *CHECKING),
)
