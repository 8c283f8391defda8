"""3.4 The six slopes from L back to (W_ih)_ij: six numbers, for one of N records x (D,)."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise import (
    Arguments,
    Check,
    Exercise,
    Mistake,
    Sizes,
    elementwise_derivative,
)
from solutions import gre_admissions

from .draws import label, one_record
from .network import Array, logistic, outputs

LINKS = ("∂L/∂L_n", "∂L_n/∂ŷ", "∂ŷ/∂out", "∂out/∂a_j", "∂a_j/∂h_j", "∂h_j/∂W_ij")


def draw(rng: np.random.Generator, sizes: Sizes) -> Arguments:
    """(x, y, N, W_ih, W_ho, i, j) with i ≠ j, and j not the first unit."""
    x, W_ih, W_ho = one_record(rng, sizes)
    j = int(rng.integers(1, sizes["H"]))
    i = int(rng.choice([row for row in range(sizes["D"]) if row != j]))
    return x, label(sizes), sizes["N"], W_ih, W_ho, i, j


def decides(cases: Sequence[Arguments]) -> bool:
    """The weight and the input of the chain occur with both signs."""
    chains = np.array([gre_admissions.chain_slopes(*case) for case in cases])[:, [3, 5]]
    return bool(np.all(chains.min(axis=0) < 0) and np.all(chains.max(axis=0) > 0))


def oracle(x: Array, y: float, N: int, W_ih: Array, W_ho: Array, i: int, j: int) -> Array:
    """Central differences of each link alone, where the forward pass is."""
    sums = x @ W_ih
    hidden, y_hat = logistic(sums), float(outputs(x, W_ih, W_ho))

    def out_of(a: Array) -> Any:
        return W_ho @ np.where(np.arange(len(hidden)) == j, a, hidden)

    def sum_of(weight: Array) -> Any:
        return x @ np.where(np.arange(len(x)) == i, weight, W_ih[:, j])

    links: tuple[tuple[Callable[[Array], Any], float], ...] = (
        (lambda loss: loss / N, 0.5 * (y - y_hat) ** 2),
        (lambda y_hat: 0.5 * (y - y_hat) ** 2, y_hat),
        (logistic, float(hidden @ W_ho)),
        (out_of, hidden[j]),
        (logistic, sums[j]),
        (sum_of, W_ih[i, j]),
    )
    return np.array([elementwise_derivative(link, np.array(at)) for link, at in links])


def with_link(place: int, slope: Callable[..., float]) -> Callable[..., Array]:
    """The chain with one slope exchanged for `slope` of the same arguments."""

    def wrong(*arguments: Any) -> Array:
        chain = gre_admissions.chain_slopes(*arguments)
        chain[place] = slope(*arguments)
        return chain

    return wrong


def error(x: Array, y: float, N: int, W_ih: Array, W_ho: Array, i: int, j: int) -> float:
    """Return y − ŷ."""
    return float(y - outputs(x, W_ih, W_ho))


def slope_of_the_first_unit(
    x: Array, y: float, N: int, W_ih: Array, W_ho: Array, i: int, j: int
) -> float:
    """σ' at the first hidden sum."""
    a = logistic(x @ W_ih[:, 0])
    return float(a * (1 - a))


EXERCISE = Exercise(
    reference=gre_admissions.chain_slopes,
    draw=draw,
    axes="N H D=H+2",
    decides=decides,
    oracle=oracle,
    checks=tuple(Check(link, 0.5, part=place) for place, link in enumerate(LINKS)),
    reveal=r"""
$$\frac1N \cdot \underbrace{(\hat y - y) \cdot \hat y(1 - \hat y)}_{\delta_o} \cdot\,
(W_{ho})_j \cdot a_j(1 - a_j) \cdot x_i$$

The notes' chain has the last five; the first is their $\frac1m$. All but the first and the last
make $\delta_j$.
""",
    mistakes=(
        Mistake(
            "half-left",
            with_link(0, lambda x, y, N, W_ih, W_ho, i, j: 1 / (2 * N)),
            "The first slope has a ½ in it. Does L, written with L_n, have one?",
            loses=LINKS[:1],
        ),
        Mistake(
            "sign",
            with_link(1, error),
            "The second slope has the wrong sign. If ŷ is too small and grows, does L_n grow or "
            "fall?",
            loses=LINKS[1:2],
        ),
        Mistake(
            "sum-over-units",
            with_link(3, lambda x, y, N, W_ih, W_ho, i, j: W_ho.sum()),
            "The fourth slope adds up all hidden units. Here only one activation moves.",
            loses=LINKS[3:4],
        ),
        Mistake(
            "wrong-unit",
            with_link(3, lambda x, y, N, W_ih, W_ho, i, j: W_ho[0]),
            "The fourth slope belongs to the first hidden unit. Which unit does the weight feed?",
            loses=LINKS[3:4],
        ),
        Mistake(
            "slope-of-wrong-unit",
            with_link(4, slope_of_the_first_unit),
            "The fifth slope belongs to the first hidden unit. Which unit does the weight feed?",
            loses=LINKS[4:5],
        ),
        Mistake(
            "all-inputs",
            with_link(5, lambda x, y, N, W_ih, W_ho, i, j: x.sum()),
            "The last slope adds up all inputs. Here only one weight moves.",
            loses=LINKS[5:],
        ),
        Mistake(
            "wrong-input",
            with_link(5, lambda x, y, N, W_ih, W_ho, i, j: x[j]),
            "The last slope takes its input from place j. What do the two indices of a weight say?",
            loses=LINKS[5:],
        ),
    ),
)
