"""Something done to a value that should be left as it is: an activation, a root, a sum, a slice."""

import ast
from collections.abc import Iterator

from autograder.judge.slips.expressions import is_numpy
from autograder.judge.slips.scope import Scope

WRAPS = {
    "activation-extra": (
        "sigmoid({e})", "np.tanh({e})", "np.maximum({e}, 0)", "softmax({e})",
        "softmax(({e}).T).T", "np.exp({e})", "np.log({e})",
    ),
    "abs-square-root": (
        "np.abs({e})", "({e}) ** 2", "np.sqrt({e})", "np.sum({e}) ** 2",
        "({e}) ** 3", "({e}) ** 2 / 2",
    ),
    "factor": ("({e}) / 2", "2 * ({e})", "0.1 * ({e})", "({e}) / 4"),
    "sign": ("-({e})",),
    "complement": ("1 - ({e})", "1 + ({e})", "1 / ({e})"),
    "threshold": (
        "np.sign({e})", "(({e}) > 0.5) * 1.0", "(({e}) > 0) * 1.0", "np.round({e})",
        "np.clip({e}, 0, 1)",
    ),
    "slope-extra": ("({e}) * (1 - ({e}))", "1 - ({e}) ** 2", "({e}) * (1 - ({e})) * ({e})"),
    "summed": (
        "np.sum({e})", "np.mean({e})",
        "np.mean({e}, axis=0)", "np.mean({e}, axis=1)",
        "np.mean({e}, axis=0, keepdims=True)", "np.mean({e}, axis=1, keepdims=True)",
        "np.sum({e}, axis=0)", "np.sum({e}, axis=1)",
        "np.sum({e}, axis=0, keepdims=True)", "np.sum({e}, axis=1, keepdims=True)",
        "np.median({e}, axis=-1, keepdims=True)", "np.max({e})", "np.min({e})",
        "np.sum({e}, axis=0, keepdims=True) + 0 * ({e})",
        "np.sum({e}, axis=1, keepdims=True) + 0 * ({e})",
        "np.mean({e}, axis=0, keepdims=True) + 0 * ({e})",
        "np.mean({e}, axis=1, keepdims=True) + 0 * ({e})", "np.full_like({e}, np.mean({e}))",
        "np.linalg.norm({e})", "np.sum(({e}) ** 2)",
    ),
    "transpose": (
        "({e}).T", "({e}).T.reshape(({e}).shape)", "({e}).ravel()",
        "({e}).reshape(({e}).shape[::-1])", "({e})[::-1]", "({e})[:, ::-1]",
    ),
    "slice": (
        "({e})[0]", "({e})[-1]", "({e})[:1]", "({e})[1:]", "({e})[:-1]", "({e})[:, :1]",
        "({e})[:, 1:]", "({e})[:, :-1]", "np.roll({e}, 1)", "np.roll({e}, -1)",
        "({e}) * (np.arange(len({e})) < 1)", "({e}) * (np.arange(len({e})) > 0)",
        "({e}) * (np.arange(len({e})) == len({e}) - 1)",
        "({e}) * (np.arange(len({e})) < len({e}) - 1)", "({e})[:1] + 0 * ({e})",
        "({e})[-1:] + 0 * ({e})", "({e})[:, :1] + 0 * ({e})", "({e})[:, -1:] + 0 * ({e})",
    ),
    "broadcast": ("({e})[:, None]", "({e})[None]"),
}  # fmt: skip
SOME = ("[1:]", "[:-1]", "[:1]", "[-1:]", "[::-1]")
"""What may be taken of a list of arrays, one for each layer."""
NOT_VALUES = {"shape", "append", "insert", "copy", "sum", "mean", "max", "min", "std", "items"}


def wrapped(node: ast.expr, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    """The value of an expression with something done to it."""
    if isinstance(node, ast.Name) and node.id in scope.lists:
        yield from (("slice", parsed(node.id + some)) for some in SOME)
    if not is_value(node, scope) or (isinstance(node, ast.Name) and node.id in scope.places):
        return
    inner = ast.unparse(node)
    known = {"softmax", "sigmoid"} & set(scope.functions)
    for kind, templates in WRAPS.items():
        for template in templates:
            if all(name in known or name not in template for name in ("softmax", "sigmoid")):
                yield kind, parsed(template.format(e=inner))
    for count in scope.counts:
        yield "over-n", parsed(f"({inner}) / {count}")
        yield "over-n", parsed(f"({inner}) * {count}")
    for rate in scope.rates:
        yield "rate", parsed(f"({inner}) * {rate}")
        yield "rate", parsed(f"({inner}) / {rate}")
    yield "zeroed", parsed(f"0.0 * ({inner})")
    yield "zeroed", parsed(f"0.0 * ({inner}) + 1")
    if not isinstance(node, ast.Name):
        yield from (("stand-in", parsed(name)) for name in scope.numeric)
        yield from (("stand-in", parsed(f"0.0 * ({inner}) + {name}")) for name in scope.numeric)


def is_value(node: ast.expr, scope: Scope) -> bool:
    """Whether an expression has numbers as its value, as far as its form tells."""
    if isinstance(node, ast.Name):
        return node.id in scope.numeric
    if isinstance(node, ast.Attribute):
        return not is_numpy(node) and node.attr not in NOT_VALUES
    return isinstance(node, ast.BinOp | ast.Call | ast.Subscript | ast.UnaryOp | ast.Compare)


def parsed(text: str) -> ast.expr:
    """The expression that a text is."""
    return ast.parse(text, mode="eval").body
