"""Reference answers of ps8: reverse-mode differentiation of programs that are plain data.

A program is a list of steps (op, where, axis). Values are numbered from 0: first the leaves, then
one per step; `where` holds the numbers of earlier values, and `axis` is None but for `sum`. The
last value is the loss.
"""

from collections.abc import Callable, Iterable
from typing import Optional

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Step = tuple[str, tuple[int, ...], Optional[int]]
Program = list[Step]
Line = tuple[str, ...]


def sigmoid(z: Array) -> Array:
    """Return σ(z) = 1/(1 + e⁻ᶻ), elementwise; written with tanh, it never overflows."""
    a: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return a


def numbered(names: Iterable[str], lines: Iterable[Line]) -> Program:
    """Turn lines (name, op, inputs…) into a program; `names` are the leaves', in their order.

    Every sum is over all entries.
    """
    place = {name: number for number, name in enumerate(names)}
    program: Program = []
    for name, op, *inputs in lines:
        program.append((op, tuple(place[one] for one in inputs), None))
        place[name] = len(place)
    return program


def unbroadcast(dout: Array, shape: tuple[int, ...]) -> Array:
    """Return the gradient with respect to an array of `shape` that was broadcast to dout's shape.

    It has exactly that shape.
    """
    in_front = tuple(range(dout.ndim - len(shape)))
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1)
    total: Array = dout.sum(axis=in_front).sum(axis=stretched, keepdims=True)  # copies add up
    return total


def run_program(program: Program, leaves: list[Array]) -> list[Array]:
    """Return all values of a program, the leaves first, in the order of their numbers."""
    operations: dict[str, Callable[..., Array]] = {
        "add": np.add,
        "sub": np.subtract,
        "mul": np.multiply,
        "max": np.maximum,
        "matmul": np.matmul,
        "exp": np.exp,
        "log": np.log,
        "sigmoid": sigmoid,
    }
    values = list(leaves)
    for op, where, axis in program:
        inputs = [values[number] for number in where]
        if op == "sum":
            values.append(inputs[0].sum(axis=axis, keepdims=axis is not None))
        else:
            values.append(operations[op](*inputs))
    return values


def local_backward(
    op: str, inputs: list[Array], axis: Optional[int], out: Array, dout: Array
) -> list[Array]:
    """Return one gradient for each input of a step, of that input's shape.

    `out` is the step's value, and `dout`, of out's shape, the derivative of the loss with respect
    to it.
    """
    a, b = inputs[0], inputs[-1]  # the same array, where the op has one input
    if op == "add":
        grads = [dout, dout]
    elif op == "sub":
        grads = [dout, -dout]
    elif op == "mul":
        grads = [dout * b, dout * a]
    elif op == "max":
        grads = [dout * (a >= b), dout * (a < b)]
    elif op == "matmul":
        grads = [dout @ b.T, a.T @ dout]
    elif op == "exp":
        grads = [dout * out]
    elif op == "log":
        grads = [dout / a]
    elif op == "sigmoid":
        grads = [dout * out * (1 - out)]
    else:
        grads = [dout * np.ones(a.shape)]  # every summand moves the sum at the same rate
    return [unbroadcast(grad, x.shape) for grad, x in zip(grads, inputs)]


def backward_order(parents: list[list[int]], output: int) -> list[int]:
    """Return `output` and all nodes that lead to it, each after all of these that read it.

    parents[k] lists the nodes that node k reads. There is no cycle.
    """
    order: list[int] = []
    seen: set[int] = set()
    stack = [(output, False)]
    while stack:
        node, finished = stack.pop()
        if finished:
            order.append(node)  # all that it reads stands in the list already
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in parents[node])
    return order[::-1]


def gradients(program: Program, leaves: list[Array]) -> list[Array]:
    """Return the derivative of the last value with respect to each leaf, of the leaf's shape."""
    values = run_program(program, leaves)
    grads = [np.zeros(value.shape) for value in values]
    grads[-1] = np.ones(values[-1].shape)
    for number in reversed(range(len(leaves), len(values))):
        op, where, axis = program[number - len(leaves)]
        inputs = [values[i] for i in where]
        local = local_backward(op, inputs, axis, values[number], grads[number])
        for i, grad in zip(where, local):
            grads[i] = grads[i] + grad  # a value that is read twice collects twice
    return grads[: len(leaves)]


def mlp_loss_and_gradients(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[float, tuple[Array, ...]]:
    """Return (loss, (dW1, db1, dW2, db2)) of the network of ps4; columns are examples."""
    leaves = {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
    leaves["one"] = np.ones((1, 1))
    leaves["scale"] = np.full((1, 1), -1 / X.shape[1])
    program = numbered(
        leaves,
        [
            ("W1X", "matmul", "W1", "X"),
            ("Z1", "add", "W1X", "b1"),
            ("A1", "sigmoid", "Z1"),
            ("W2A1", "matmul", "W2", "A1"),
            ("Z2", "add", "W2A1", "b2"),
            ("A2", "sigmoid", "Z2"),
            ("log A2", "log", "A2"),
            ("of 1", "mul", "Y", "log A2"),
            ("1-Y", "sub", "one", "Y"),
            ("1-A2", "sub", "one", "A2"),
            ("log 1-A2", "log", "1-A2"),
            ("of 0", "mul", "1-Y", "log 1-A2"),
            ("both", "add", "of 1", "of 0"),
            ("total", "sum", "both"),
            ("loss", "mul", "scale", "total"),
        ],
    )
    values = list(leaves.values())
    loss = run_program(program, values)[-1]
    return float(np.sum(loss)), tuple(gradients(program, values)[2:6])


def skip_loss_and_gradients(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array, V: Array, reg: float
) -> tuple[float, tuple[Array, ...]]:
    """Return (loss, (dW1, db1, dW2, db2, dV)) of the network with a skip and a penalty."""
    leaves = {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "V": V}
    leaves["zero"], leaves["one"] = np.zeros((1, 1)), np.ones((1, 1))
    leaves["scale"] = np.full((1, 1), -1 / X.shape[1])
    leaves["half reg"] = np.full((1, 1), reg / 2)
    program = numbered(
        leaves,
        [
            ("W1X", "matmul", "W1", "X"),
            ("Z1", "add", "W1X", "b1"),
            ("A1", "max", "Z1", "zero"),
            ("W2A1", "matmul", "W2", "A1"),
            ("VX", "matmul", "V", "X"),
            ("W2A1+VX", "add", "W2A1", "VX"),
            ("Z2", "add", "W2A1+VX", "b2"),
            ("A2", "sigmoid", "Z2"),
            ("log A2", "log", "A2"),
            ("of 1", "mul", "Y", "log A2"),
            ("1-Y", "sub", "one", "Y"),
            ("1-A2", "sub", "one", "A2"),
            ("log 1-A2", "log", "1-A2"),
            ("of 0", "mul", "1-Y", "log 1-A2"),
            ("both", "add", "of 1", "of 0"),
            ("total", "sum", "both"),
            ("mean", "mul", "scale", "total"),
            ("W1W1", "mul", "W1", "W1"),
            ("W2W2", "mul", "W2", "W2"),
            ("VV", "mul", "V", "V"),
            ("of W1", "sum", "W1W1"),
            ("of W2", "sum", "W2W2"),
            ("of V", "sum", "VV"),
            ("of W", "add", "of W1", "of W2"),
            ("squares", "add", "of W", "of V"),
            ("penalty", "mul", "half reg", "squares"),
            ("loss", "add", "mean", "penalty"),
        ],
    )
    values = list(leaves.values())
    loss = run_program(program, values)[-1]
    return float(np.sum(loss)), tuple(gradients(program, values)[2:7])
