"""Programs once more, without the reference: run by recursion, differentiated by differences.

`altered` builds the way back with one step exchanged, for known mistakes.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.exercise import Function, central_differences

Array = NDArray[np.float64]
Step = tuple[str, tuple[int, ...], int | None]
Program = list[Step]

FORWARD: dict[str, Callable[..., Array]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "max": np.fmax,
    "matmul": lambda a, b: np.einsum("ij,jk->ik", a, b),
    "exp": np.exp,
    "log": np.log,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
}


def value_of(number: int, program: Program, leaves: Sequence[Array]) -> Array:
    """The value of that number, by asking for what it is made of."""
    if number < len(leaves):
        return leaves[number]
    op, where, axis = program[number - len(leaves)]
    inputs = [value_of(parent, program, leaves) for parent in where]
    if op != "sum":
        return FORWARD[op](*inputs)
    total: Array = inputs[0].sum(axis=axis)
    return total if axis is None else np.expand_dims(total, axis)


def run(program: Program, leaves: Sequence[Array]) -> list[Array]:
    """All values, in order."""
    values = list(leaves)
    for op, where, axis in program:
        inputs = [values[number] for number in where]
        values.append(value_of(len(inputs), [(op, tuple(range(len(inputs))), axis)], inputs))
    return values


def differences(program: Program, leaves: list[Array]) -> list[Array]:
    """Central differences of the last value with respect to each leaf."""

    def at(place: int) -> Array:
        def moved(leaf: Array) -> float:
            values = run(program, [*leaves[:place], leaf, *leaves[place + 1 :]])
            return float(np.sum(values[-1]))

        return central_differences(moved, leaves[place])

    return [at(place) for place in range(len(leaves))]


def fitted(grad: Array, shape: tuple[int, ...]) -> Array:
    """Sum over each axis that was copied, one at a time."""
    while np.ndim(grad) > len(shape):
        grad = grad.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


Slopes = Callable[[list[Array], Array, Array], list[Array]]
"""(inputs, out, dout) → what reaches each input, before copies are summed."""
SLOPES: dict[str, Slopes] = {
    "add": lambda x, out, dout: [dout, dout],
    "sub": lambda x, out, dout: [dout, -dout],
    "mul": lambda x, out, dout: [dout * x[1], dout * x[0]],
    "max": lambda x, out, dout: [dout * (x[0] > x[1]), dout * (x[1] > x[0])],
    "matmul": lambda x, out, dout: [dout @ x[1].T, x[0].T @ dout],
    "sum": lambda x, out, dout: [dout + np.zeros(x[0].shape)],
    "exp": lambda x, out, dout: [dout * out],
    "log": lambda x, out, dout: [dout / x[0]],
    "sigmoid": lambda x, out, dout: [dout * out * (1 - out)],
}


def back_through(slopes: dict[str, Slopes], fit: Callable[..., Array] = fitted) -> Function:
    """Make `local_backward` with some slopes exchanged, or another way to undo broadcasting."""

    def local_backward(
        op: str, inputs: list[Array], axis: int | None, out: Array, dout: Array
    ) -> list[Array]:
        grads = (SLOPES | slopes)[op](inputs, out, dout)
        return [fit(grad, x.shape) for grad, x in zip(grads, inputs, strict=True)]

    return local_backward


def altered(
    collect: Callable[[Array, Array, int], Array] = lambda old, new, readers: old + new,
    upstream: Callable[[Array], Array] = lambda dout: dout,
    unused: Callable[[Array], Array | None] = lambda grad: grad,
) -> Function:
    """Make `gradients` with one step exchanged; without arguments, a right one.

    `collect` puts what a value has and what arrives together, and is told how many read it;
    `unused` is what a leaf gets that no step reads.
    """
    local_backward = back_through({})

    def gradients(program: Program, leaves: list[Array]) -> list[Array | None]:
        first = len(leaves)
        values = run(program, leaves)
        readers = [sum(where.count(k) for _, where, _ in program) for k in range(len(values))]
        grads = [np.zeros(value.shape) for value in values]
        grads[-1] = np.ones(values[-1].shape)
        for k in reversed(range(first, len(values))):
            op, where, axis = program[k - first]
            inputs = [values[i] for i in where]
            local = local_backward(op, inputs, axis, values[k], upstream(grads[k]))
            for i, grad in zip(where, local, strict=True):
                grads[i] = collect(grads[i], grad, readers[i])
        return [grads[i] if readers[i] else unused(grads[i]) for i in range(first)]

    return gradients
