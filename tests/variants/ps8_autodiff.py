"""Right answers to ps8 in other styles: recursion, loops over entries, einsum, tables, classes."""

from collections import Counter, deque

import numpy as np


def unbroadcast_in_a_loop(dout, shape):
    """Axis after axis."""
    while dout.ndim > len(shape):
        dout = dout.sum(0)
    for i, n in enumerate(shape):
        if n == 1 and dout.shape[i] != 1:
            dout = dout.sum(i, keepdims=True)
    return dout


def unbroadcast_entry_by_entry(dout, shape):
    """Each entry of dout is added to the place that it was copied from."""
    found = np.zeros(shape)
    for index in np.ndindex(dout.shape):
        own = index[len(index) - len(shape) :]
        found[tuple(0 if n == 1 else i for i, n in zip(own, shape, strict=True))] += dout[index]
    return found


def unbroadcast_by_reshape(dout, shape):
    """One sum with a tuple of axes, then the shape."""
    padded = (1,) * (dout.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i in range(dout.ndim) if padded[i] == 1)
    return np.sum(dout, axis=axes).reshape(shape)


def squash(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


def run_by_ifs(program, leaves):
    v = []
    v.extend(leaves)
    for op, where, axis in program:
        x = v[where[0]]
        y = v[where[1]] if len(where) > 1 else None
        if op == "add":
            v.append(x + y)
        elif op == "sub":
            v.append(x - y)
        elif op == "mul":
            v.append(x * y)
        elif op == "max":
            v.append(np.where(x > y, x, y))
        elif op == "matmul":
            v.append(x.dot(y))
        elif op == "exp":
            v.append(np.e**x)
        elif op == "log":
            v.append(np.log(x))
        elif op == "sigmoid":
            v.append(squash(x))
        elif axis is None:
            v.append(float(np.sum(x)))
        else:
            v.append(np.expand_dims(x.sum(axis), axis))
    return v


def run_by_recursion(program, leaves):
    """Each step puts its value behind those of a shorter program."""
    if not program:
        return [*leaves]
    *before, (op, where, axis) = program
    values = run_by_recursion(before, leaves)
    x = [values[i] for i in where]
    if op == "sum":
        return [*values, np.sum(x[0], axis=axis, keepdims=axis is not None)]
    names = {"sub": "subtract", "mul": "multiply", "max": "maximum"}
    function = squash if op == "sigmoid" else getattr(np, names.get(op, op))
    return [*values, function(*x)]


def run_as_tuple(program, leaves):
    return tuple(run_by_ifs(program, leaves))


def back_by_table(op, inputs, axis, out, dout):
    """A table of functions; broadcasting is undone for all of them."""
    table = {
        "add": lambda a, b: (dout, dout),
        "sub": lambda a, b: (dout, -dout),
        "mul": lambda a, b: (b * dout, a * dout),
        "max": lambda a, b: (np.where(a > b, dout, 0), np.where(a > b, 0, dout)),
        "matmul": lambda a, b: (np.einsum("ik,jk->ij", dout, b), np.einsum("ij,ik->jk", a, dout)),
        "sum": lambda a: (np.broadcast_to(dout, a.shape),),
        "exp": lambda a: (np.exp(a) * dout,),
        "log": lambda a: (dout * (1 / a),),
        "sigmoid": lambda a: (dout * squash(a) * squash(-a),),
    }
    grads = table[op](*inputs)
    return [
        unbroadcast_by_reshape(np.array(g), x.shape) for g, x in zip(grads, inputs, strict=True)
    ]


def back_with_copies_first(op, inputs, axis, out, dout):
    """Copy the inputs as numpy does, differentiate in one shape, and add the copies up."""
    if op == "matmul":
        a, b = inputs
        return [np.matmul(dout, np.transpose(b)), np.matmul(np.transpose(a), dout)]
    if op == "sum":
        return [
            np.tile(dout, [n // m for n, m in zip(inputs[0].shape, dout.shape, strict=True)])
            if dout.ndim
            else np.full(inputs[0].shape, float(dout))
        ]
    if len(inputs) == 1:
        slope = {"exp": out, "log": 1 / inputs[0], "sigmoid": out - out**2}[op]
        return [slope * dout]
    a, b = np.broadcast_arrays(*inputs)
    one = np.ones_like(dout)
    slopes = {"add": (one, one), "sub": (one, -one), "mul": (b, a), "max": (a > b, b > a)}[op]
    return [unbroadcast_in_a_loop(s * dout, x.shape) for s, x in zip(slopes, inputs, strict=True)]


def back_by_name(op, inputs, axis, out, dout):
    """One function for each op, found by its name."""
    x, y = (*inputs, None)[:2]

    def fit(g, like):
        return unbroadcast_entry_by_entry(g, like.shape)

    def matmul():
        return [dout @ y.T, (dout.T @ x).T]

    def total():
        return [np.zeros_like(x) + dout]

    if op in ("add", "sub"):
        return [fit(dout, x), (1 if op == "add" else -1) * fit(dout, y)]
    if op == "mul":
        return [fit(dout * y, x), fit(dout * x, y)]
    if op == "max":
        first = np.greater(x, y)
        return [fit(first * dout, x), fit(~first * dout, y)]
    others = {
        "exp": lambda: [dout * out],
        "log": lambda: [dout / x],
        "matmul": matmul,
        "sum": total,
    }
    return others.get(op, lambda: [dout * out * (1 - out)])()


def order_by_counting(parents, output):
    """Hand a node on when its last reader has spoken."""
    leads = {output}
    queue = deque([output])
    while queue:
        for p in parents[queue.popleft()]:
            if p not in leads:
                leads.add(p)
                queue.append(p)
    waits = Counter(p for k in leads for p in parents[k])
    ready, found = [output], []
    while ready:
        node = ready.pop()
        found.append(node)
        for p in parents[node]:
            waits[p] -= 1
            if waits[p] == 0:
                ready.append(p)
    return found


def order_by_depth(parents, output):
    """The longest way from output decides, found by moving nodes back until nothing moves."""
    depth, todo = {output: 0}, [output]
    while todo:
        node = todo.pop()
        for p in parents[node]:
            if depth.get(p, -1) <= depth[node]:
                depth[p] = depth[node] + 1
                todo.append(p)
    return np.array(sorted(depth, key=depth.get))


def order_by_iterators(parents, output):
    """Depth first with a stack of iterators, as a tuple."""
    seen, done, stack = {output}, [], [(output, iter(parents[output]))]
    while stack:
        node, rest = stack[-1]
        for p in rest:
            if p not in seen:
                seen.add(p)
                stack.append((p, iter(parents[p])))
                break
        else:
            done.append(node)
            stack.pop()
    return tuple(reversed(done))


def gradients_by_dict(program, leaves):
    """Gradients that have arrived, by number; what nobody reads never arrives."""
    v, n = run_by_ifs(program, leaves), len(leaves)
    v = [np.asarray(x) for x in v]
    arrived = {len(v) - 1: np.ones(v[-1].shape)}
    for k in range(len(program) - 1, -1, -1):
        op, where, axis = program[k]
        if n + k not in arrived:
            continue
        back = back_by_table(op, [v[i] for i in where], axis, v[n + k], arrived[n + k])
        for i, g in zip(where, back, strict=True):
            arrived[i] = arrived.get(i, 0) + g
    return [arrived.get(i, np.zeros(leaf.shape)) for i, leaf in enumerate(leaves)]


class Node:
    """A value that knows what it was made of."""

    def __init__(self, value, made_of=(), op="", axis=None):
        self.value, self.made_of, self.op, self.axis = np.asarray(value), made_of, op, axis
        self.grad = np.zeros(self.value.shape)


def gradients_by_objects(program, leaves):
    """A graph of objects, each of which collects."""
    nodes = [Node(leaf) for leaf in leaves]
    for (op, where, axis), value in zip(
        program, run_by_recursion(program, leaves)[len(leaves) :], strict=True
    ):
        nodes.append(Node(value, [nodes[i] for i in where], op, axis))
    nodes[-1].grad += 1
    for node in reversed(nodes):
        if node.made_of:
            inputs = [one.value for one in node.made_of]
            back = back_by_name(node.op, inputs, node.axis, node.value, node.grad)
            for one, g in zip(node.made_of, back, strict=True):
                one.grad += g
    return [node.grad for node in nodes[: len(leaves)]]


def gradients_forward(program, leaves):
    """Forward mode: the derivative along each entry of each leaf, one at a time."""
    tiny = 1e-30  # complex steps are exact
    found = []
    for k, leaf in enumerate(leaves):
        grad = np.zeros(leaf.shape)
        for index in np.ndindex(leaf.shape):
            moved = [np.array(x, dtype=complex) for x in leaves]
            moved[k][index] += tiny * 1j
            values = list(moved)
            for op, where, axis in program:
                x = [values[i] for i in where]
                if op == "max":
                    values.append(np.where(x[0].real > x[1].real, x[0], x[1]))
                else:
                    values.append(
                        run_by_ifs([(op, tuple(range(len(x))), axis)], x)[-1]
                        if op != "sum"
                        else x[0].sum(axis=axis, keepdims=axis is not None)
                    )
            grad[index] = np.sum(values[-1]).imag / tiny
        found.append(grad)
    return found


def mlp_by_numbers(X, Y, W1, b1, W2, b2):
    """Steps numbered by hand; the mean as two sums, the minus as a difference from 0."""
    N = X.shape[1]
    leaves = [X, Y, W1, b1, W2, b2, np.array([[1.0]]), np.array([[0.0]]), np.full((1, N), 1 / N)]
    program = [
        ("matmul", (2, 0), None),
        ("add", (9, 3), None),
        ("sigmoid", (10,), None),
        ("matmul", (4, 11), None),
        ("add", (12, 5), None),
        ("sigmoid", (13,), None),
        ("log", (14,), None),
        ("sub", (6, 14), None),
        ("log", (16,), None),
        ("sub", (15, 17), None),
        ("mul", (1, 18), None),
        ("add", (19, 17), None),
        ("mul", (20, 8), None),
        ("sum", (21,), 1),
        ("sub", (7, 22), None),
    ]
    grads = gradients_by_dict(program, leaves)
    return run_by_ifs(program, leaves)[-1], grads[2:6]


def mlp_by_hand(X, Y, W1, b1, W2, b2):
    """The formulas of set 4."""
    N = X.shape[1]
    A1 = squash(W1 @ X + b1)
    A2 = squash(W2 @ A1 + b2)
    dZ2 = (A2 - Y) / N
    dZ1 = W2.T * dZ2 * A1 * (1 - A1)
    loss = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    grads = dZ1 @ X.T, dZ1.sum(1, keepdims=True), dZ2 @ A1.T, dZ2.sum(1, keepdims=True)
    return loss, grads


def mlp_example_by_example(X, Y, W1, b1, W2, b2):
    """A program for one example, run N times."""
    N = Y.size
    loss, total = 0.0, [0.0] * 4
    for n in range(N):
        value, grads = mlp_by_numbers(X[:, [n]], Y[:, [n]], W1, b1, W2, b2)
        loss += value.item() / N
        total = [t + g / N for t, g in zip(total, grads, strict=True)]
    return loss, tuple(total)


def skip_by_numbers(X, Y, W1, b1, W2, b2, V, reg):
    """Steps numbered by hand; squares by a product with the transposed leaf are not needed."""
    N = X.shape[1]
    leaves = [X, Y, W1, b1, W2, b2, V, np.array([[1.0]]), np.array([[0.0]])]
    leaves += [np.array([[-1 / N]]), np.array([[reg / 2]])]
    program = [
        ("matmul", (2, 0), None),
        ("add", (11, 3), None),
        ("max", (8, 12), None),
        ("matmul", (4, 13), None),
        ("matmul", (6, 0), None),
        ("add", (14, 15), None),
        ("add", (16, 5), None),
        ("sigmoid", (17,), None),
        ("log", (18,), None),
        ("sub", (7, 18), None),
        ("log", (20,), None),
        ("sub", (19, 21), None),
        ("mul", (1, 22), None),
        ("add", (23, 21), None),
        ("sum", (24,), 1),
        ("mul", (25, 9), None),
    ]
    loss = 26
    for weights in (2, 4, 6):
        k = len(leaves) + len(program)
        program += [("mul", (weights, weights), None), ("sum", (k,), None)]
        program += [("mul", (k + 1, 10), None), ("add", (loss, k + 2), None)]
        loss = k + 3
    grads = gradients_by_objects(program, leaves)
    return run_by_ifs(program, leaves)[-1], tuple(grads[2:7])


def skip_by_hand(X, Y, W1, b1, W2, b2, V, reg):
    N = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = Z1.clip(0)
    A2 = squash(W2 @ A1 + V @ X + b2)
    d2 = (A2 - Y) / N
    d1 = (W2.T @ d2) * (Z1 > 0)
    squares = sum((W**2).sum() for W in (W1, W2, V))
    loss = -np.log(np.where(Y > 0.5, A2, 1 - A2)).mean() + 0.5 * reg * squares
    biases = d1.sum(axis=1)[:, None], d2.sum(axis=1)[:, None]
    return loss, [
        d1 @ X.T + reg * W1,
        biases[0],
        d2 @ A1.T + reg * W2,
        biases[1],
        d2 @ X.T + reg * V,
    ]


def skip_penalty_beside(X, Y, W1, b1, W2, b2, V, reg):
    """The cross-entropy by program, the penalty by hand."""
    loss, grads = skip_by_numbers(X, Y, W1, b1, W2, b2, V, 0.0)
    pulls = [reg * W1, 0, reg * W2, 0, reg * V]
    norms = [np.linalg.norm(W) for W in (W1, W2, V)]
    return float(np.squeeze(loss)) + reg / 2 * np.dot(norms, norms), tuple(
        g + pull for g, pull in zip(grads, pulls, strict=True)
    )


def gradient_check(f, gradient, x, h=1e-5):
    """Element by element, with |a| + |n| kept away from 0."""
    errors = []
    for i in range(x.size):
        step = np.zeros(x.size)
        step[i] = h
        step = step.reshape(x.shape)
        n, a = (f(x + step) - f(x - step)) / (2 * h), gradient.ravel()[i]
        errors.append(abs(a - n) / max(1e-8, abs(a) + abs(n)))
    return np.max(errors)


def numerical_gradient(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * h) for s in steps]).reshape(x.shape)


VARIANTS = {
    "numerical_gradient": [numerical_gradient],
    "gradient_check": [gradient_check],
    "unbroadcast": [unbroadcast_in_a_loop, unbroadcast_entry_by_entry, unbroadcast_by_reshape],
    "run_program": [run_by_ifs, run_by_recursion, run_as_tuple],
    "local_backward": [back_by_table, back_with_copies_first, back_by_name],
    "backward_order": [order_by_counting, order_by_depth, order_by_iterators],
    "gradients": [gradients_by_dict, gradients_by_objects, gradients_forward],
    "mlp_loss_and_gradients": [mlp_by_numbers, mlp_by_hand, mlp_example_by_example],
    "skip_loss_and_gradients": [skip_by_numbers, skip_by_hand, skip_penalty_beside],
}
