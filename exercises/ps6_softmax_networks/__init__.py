"""ps6: softmax and cross-entropy, a 2-3-2 network in columns, a ReLU network in rows, L2."""

import numpy as np

from autograder.exercise.compare import TRAINED
from autograder.exercise.gradcheck import elementwise_derivative
from autograder.exercise.spec import Assignment, Check, Exercise
from autograder.exercise.tree import Tree

from . import draws, mistakes, oracles, relu, testnet
from .draws import SOLUTIONS

ENOUGH = 0.97
"""The share of the spiral that a trained network must get right."""


def _gets_the_spiral(parameters: Tree, arguments: tuple[Tree, ...]) -> bool:
    return draws.share_right(parameters, *arguments[:2]) >= ENOUGH


ASSIGNMENT = Assignment(
    name="ps6_softmax_networks",
    title="Softmax, ReLU and three spiral arms",
    exercises=(
        Exercise(
            reference=SOLUTIONS.softmax,
            draw=draws.scores,
            oracle=oracles.softmax,
            axes="N K",
            checks=(
                Check("probabilities", 1),
                Check("stable", 1, draw=draws.large_scores, fixed=True),
            ),
            mistakes=mistakes.SOFTMAX,
        ),
        Exercise(
            reference=SOLUTIONS.softmax_jacobian,
            draw=draws.one_distribution,
            oracle=oracles.softmax_jacobian,
            axes="K",
            checks=(Check("jacobian", 2),),
            mistakes=mistakes.SOFTMAX_JACOBIAN,
        ),
        Exercise(
            reference=SOLUTIONS.cross_entropy,
            draw=draws.labelled_distribution,
            oracle=oracles.cross_entropy,
            axes="N K",
            checks=(Check("loss", 1),),
            mistakes=mistakes.CROSS_ENTROPY,
        ),
        Exercise(
            reference=SOLUTIONS.scores_gradient,
            draw=draws.labelled_distribution,
            oracle=oracles.scores_gradient,
            axes="N K",
            checks=(Check("dscores", 2),),
            mistakes=mistakes.SCORES_GRADIENT,
        ),
        Exercise(
            reference=SOLUTIONS.testnet_loss,
            draw=draws.columns_batch,
            oracle=oracles.testnet_loss,
            axes="N D=2 H=3",
            checks=(Check("loss", 2),),
            mistakes=testnet.TESTNET_LOSS,
            calls=("softmax", "cross_entropy"),
        ),
        Exercise(
            reference=SOLUTIONS.testnet_backward,
            draw=draws.example_of_class_0,
            oracle=oracles.testnet_backward,
            axes="D=2 H=3",
            checks=(
                Check("dW1", 1, part=0),
                Check("db1", 1, part=1, draw=draws.example_of_class_1),
                Check("dW2", 1, part=2, draw=draws.example_of_class_1),
                Check("db2", 1, part=3),
            ),
            mistakes=testnet.TESTNET_BACKWARD,
            calls=("softmax", "softmax_jacobian", "scores_gradient"),
            example=draws.example_of_class_1,
        ),
        Exercise(
            reference=SOLUTIONS.testnet_batch_backward,
            draw=draws.columns_batch,
            oracle=oracles.testnet_batch_backward,
            axes="N D=2 H=3",
            checks=(
                Check("dW1", 1, part=0),
                Check("db1", 1, part=1),
                Check("dW2", 1, part=2),
                Check("db2", 1, part=3),
            ),
            mistakes=testnet.TESTNET_BATCH_BACKWARD,
            calls=("softmax", "scores_gradient", "testnet_backward"),
        ),
        Exercise(
            reference=SOLUTIONS.affine_backward,
            draw=draws.affine,
            oracle=oracles.affine_backward,
            axes="N D M",
            checks=(Check("dX", 1, part=0), Check("dW", 1, part=1), Check("db", 1, part=2)),
            mistakes=mistakes.AFFINE_BACKWARD,
        ),
        Exercise(
            reference=SOLUTIONS.relu_backward,
            draw=draws.rectifier,
            oracle=lambda dout, Z: dout * elementwise_derivative(lambda z: np.maximum(0, z), Z),
            axes="N H",
            checks=(Check("dZ", 1),),
            mistakes=mistakes.RELU_BACKWARD,
        ),
        Exercise(
            reference=SOLUTIONS.loss_and_gradients,
            draw=draws.relu_network,
            oracle=oracles.loss_and_gradients,
            axes="N D H K",
            checks=(
                Check("loss", 1, part=0),
                Check("dW1", 1, part=(1, 0)),
                Check("db1", 1, part=(1, 1)),
                Check("dW2", 1, part=(1, 2)),
                Check("db2", 1, part=(1, 3)),
            ),
            mistakes=relu.LOSS_AND_GRADIENTS,
            calls=(
                "softmax",
                "cross_entropy",
                "scores_gradient",
                "affine_backward",
                "relu_backward",
            ),
        ),
        Exercise(
            reference=SOLUTIONS.train,
            draw=draws.two_steps,
            oracle=oracles.train,
            axes="N D H K",
            checks=(
                Check("W1", 0.5, part=(0, 0), tolerance=TRAINED),
                Check("b1", 0.5, part=(0, 1), tolerance=TRAINED),
                Check("W2", 0.5, part=(0, 2), tolerance=TRAINED),
                Check("b2", 0.5, part=(0, 3), tolerance=TRAINED),
                Check("losses", 1, part=1, tolerance=TRAINED),
                Check(
                    "spiral",
                    1,
                    part=0,
                    draw=draws.spiral_network,
                    fixed=True,
                    tolerance=TRAINED,
                    accept=_gets_the_spiral,
                    expects="After 150 steps on a three-arm spiral, at least 97 % of the points "
                    "should get the right class. Does the loss fall in your own picture?",
                ),
            ),
            mistakes=relu.TRAIN,
            calls=(
                "softmax",
                "cross_entropy",
                "scores_gradient",
                "affine_backward",
                "relu_backward",
                "loss_and_gradients",
            ),
            trains=True,
        ),
    ),
)
