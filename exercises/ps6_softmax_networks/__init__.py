"""ps6: softmax and cross-entropy, a 2-3-2 network in columns, a ReLU network in rows, L2."""

TITLE = "Softmax, ReLU and three spiral arms"
EXERCISES = (
    "numerical_gradient",
    "gradient_check",
    "softmax",
    "softmax_jacobian",
    "cross_entropy",
    "d_true_score",
    "d_log_sum",
    "d_cross_entropy",
    "scores_gradient",
    "slip_factors",
    "testnet_loss",
    "testnet_backward",
    "testnet_batch_backward",
    "affine_backward",
    "loss_and_gradients",
    "train",
)
