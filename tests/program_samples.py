"""What sample students write in ps8: another style, common mistakes, recursion, a None."""

OTHER_STYLE = {
    "unbroadcast": """
def unbroadcast(dout, shape):
    while dout.ndim > len(shape):
        dout = dout.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            dout = dout.sum(axis=axis, keepdims=True)
    return dout
""",
    "run_program": """
def run_program(program, leaves):
    values = [leaf for leaf in leaves]
    for op, where, axis in program:
        x = values[where[0]]
        y = values[where[-1]]
        if op == "add":
            v = x + y
        elif op == "sub":
            v = x - y
        elif op == "mul":
            v = x * y
        elif op == "max":
            v = np.where(x > y, x, y)
        elif op == "matmul":
            v = x @ y
        elif op == "exp":
            v = np.exp(x)
        elif op == "log":
            v = np.log(x)
        elif op == "sigmoid":
            v = sigmoid(x)
        elif axis is None:
            v = np.sum(x)
        else:
            v = np.sum(x, axis=axis, keepdims=True)
        values.append(v)
    return values
""",
    "backward_order": """
def backward_order(parents, output):
    reachable = {output}
    todo = [output]
    while todo:
        for p in parents[todo.pop()]:
            if p not in reachable:
                reachable.add(p)
                todo.append(p)
    waiting = {k: 0 for k in reachable}
    for k in reachable:
        for p in parents[k]:
            waiting[p] += 1
    ready, order = [output], []
    while ready:
        k = ready.pop()
        order.append(k)
        for p in parents[k]:
            waiting[p] -= 1
            if waiting[p] == 0:
                ready.append(p)
    return order
""",
    "mlp_loss_and_gradients": """
def mlp_loss_and_gradients(X, Y, W1, b1, W2, b2):
    N = X.shape[1]
    leaves = [X, Y, W1, b1, W2, b2, np.ones((1, 1)), np.full((1, 1), -1 / N)]
    program = [
        ("matmul", (2, 0), None), ("add", (8, 3), None), ("sigmoid", (9,), None),
        ("matmul", (4, 10), None), ("add", (11, 5), None), ("sigmoid", (12,), None),
        ("log", (13,), None), ("mul", (1, 14), None),
        ("sub", (6, 1), None), ("sub", (6, 13), None), ("log", (17,), None),
        ("mul", (16, 18), None),
        ("add", (15, 19), None), ("sum", (20,), None), ("mul", (7, 21), None),
    ]
    return run_program(program, leaves)[-1], gradients(program, leaves)[2:6]
""",
}

MISTAKES = {
    "backward_order": """
def backward_order(parents, output):
    order = [output]
    for node in order:
        for parent in parents[node]:
            if parent not in order:
                order.append(parent)
    return order
""",
    "mlp_loss_and_gradients": """
def mlp_loss_and_gradients(X, Y, W1, b1, W2, b2):
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    loss = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    d2 = A2 - Y
    d1 = W2.T @ d2 * A1 * (1 - A1)
    return loss, (d1 @ X.T, d1.sum(axis=1, keepdims=True), d2 @ A1.T, d2.sum(axis=1, keepdims=True))
""",
    "skip_loss_and_gradients": """
def skip_loss_and_gradients(X, Y, W1, b1, W2, b2, V, reg):
    N = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = np.maximum(0, Z1)
    A = sigmoid(W2 @ A1 + V @ X + b2)
    loss = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    loss += reg * (np.sum(W1**2) + np.sum(W2**2) + np.sum(V**2))
    d2 = (A - Y) / N
    d1 = (W2.T @ d2) * (Z1 > 0)
    return loss, (
        d1 @ X.T + 2 * reg * W1,
        d1.sum(axis=1, keepdims=True),
        d2 @ A1.T + 2 * reg * W2,
        d2.sum(axis=1, keepdims=True),
        d2 @ X.T + 2 * reg * V,
    )
""",
}

UNUSED = """
def gradients(program, leaves):
    values = run_program(program, leaves)
    grads = [None for value in values]
    grads[-1] = np.ones(values[-1].shape)
    for k in range(len(program) - 1, -1, -1):
        op, where, axis = program[k]
        node = len(leaves) + k
        inputs = [values[i] for i in where]
        for i, grad in zip(where, local_backward(op, inputs, axis, values[node], grads[node])):
            grads[i] = grad if grads[i] is None else grads[i] + grad
    return grads[: len(leaves)]
"""

RECURSION = """
def backward_order(parents, output):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in parents[node]:
                visit(parent)
            order.append(node)

    visit(output)
    return order[::-1]
"""
