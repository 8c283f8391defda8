"""A wrong line of a derivation in ps7 costs that line, and is named as that line."""

import pytest

from tests.follow.conftest import exercise, lost

SET = "ps7_deep_networks"
LINES = {
    "dL_unfolded": (
        "one-term",
        "def dL_unfolded(G, r, w2, dr, dw2):\n    return np.sum(G * (r @ dw2))",
    ),
    "relu_jacobians": (
        "gradients",
        "def relu_jacobians(G, r, w2):\n    return r.T @ G, G @ w2.T",
    ),
    "residual_dJ": (
        "skip-lost",
        "def residual_dJ(G, S, dZ, dA_prev):\n    return np.sum(G * S * dZ)",
    ),
    "residual_dJ_unfolded": (
        "order-lost",
        "def residual_dJ_unfolded(G, S, W, A_prev, dW, db, dA_prev):\n"
        "    dZ = dW.T @ A_prev + db + W @ dA_prev\n"
        "    return residual_dJ(G, S, dZ, dA_prev)",
    ),
    "residual_jacobians": (
        "slope-on-skip",
        "def residual_jacobians(G, S, W, A_prev):\n"
        "    delta = G * S\n"
        "    return A_prev @ delta.T, delta.sum(axis=1)[None, :], delta.T @ W + delta.T",
    ),
    "error_term_below": (
        "no-slope",
        "def error_term_below(delta_next, W_next, A):\n    return W_next.T @ delta_next",
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_wrong_line_is_named_and_costs_the_lines_below_nothing(grade, line):
    """Lines below that call it are right, given a right one; the others never met it."""
    mistake, source = LINES[line]
    report = grade(SET, **{line: source})
    assert set(lost(report)) == {line}
    named = {check.mistake for check in exercise(report, line).checks if check.status == "wrong"}
    assert named == {mistake}


def test_two_wrong_lines_are_two(grade):
    wrong = {line: LINES[line][1] for line in ("residual_dJ", "residual_jacobians")}
    assert set(lost(grade(SET, **wrong))) == set(wrong)
