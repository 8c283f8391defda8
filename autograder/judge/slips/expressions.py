"""What an expression may be mistaken for: one node in, other nodes out, each with its kind.

The proof makes these, and so does the bank; what only the bank makes is in the modules beside.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Edits = Iterator[tuple[str, ast.expr]]
"""(kind, what stands there instead)."""

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
}
COMMUTE = (ast.Add, ast.Mult)
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
}
FUNCTIONS = {
    "maximum": ("minimum",),
    "max": ("min", "sum"),
    "min": ("max",),
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "std": ("var",),
    "exp": ("log", "expm1"),
    "log": ("exp", "log2", "log1p"),
    "abs": ("square",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "outer": ("multiply", "dot"),
    "sigmoid": ("tanh",),
    "softmax": ("sigmoid",),
    "insert": ("append",),
}
KEPT_KEYWORDS = {"strict"}  # it changes errors, never values
KEPT_CALLS = {"float", "len", "range", "zip", "sum", "empty", "zeros", "zeros_like", "array"}
AXES = (0, 1, None)
AXIS_KEYWORDS = {"axis", "keepdims"}
RATES = {"learning_rate", "reg", "h"}


@dataclass(frozen=True)
class Known:
    """What an edit may use besides the node: the function's own names and texts."""

    names: tuple[str, ...]
    texts: tuple[str, ...]


def other_expressions(node: ast.AST, known: Known) -> Edits:
    """Every expression that may stand in the place of this one."""
    edit = BY_TYPE.get(type(node))
    if edit is not None:
        yield from edit(node, known)


def negated(node: ast.expr) -> ast.expr:
    """The expression with a minus in front, or without the one that it has."""
    minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    return node.operand if minus else ast.UnaryOp(ast.USub(), node)  # type: ignore[attr-defined]


def transposed(node: ast.expr) -> ast.expr:
    """The expression with .T behind it."""
    return ast.Attribute(node, "T", ast.Load())


def _binary(node: ast.BinOp, known: Known) -> Edits:
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", ast.BinOp(node.left, other(), node.right)
    missing = "exponent" if isinstance(node.op, ast.Pow) else "missing-operand"
    yield missing, node.left
    yield missing, node.right
    if not isinstance(node.op, COMMUTE):
        yield "operand-order", ast.BinOp(node.right, node.op, node.left)
    if isinstance(node.op, ast.MatMult):
        for left, right in ((transposed, _same), (_same, transposed)):
            yield "transpose", ast.BinOp(left(node.left), node.op, right(node.right))


def _same(node: ast.expr) -> ast.expr:
    return node


def _unary(node: ast.UnaryOp, known: Known) -> Edits:
    yield "sign" if isinstance(node.op, ast.USub) else "condition", node.operand


def _boolean(node: ast.BoolOp, known: Known) -> Edits:
    yield (
        "condition",
        ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values),
    )
    yield from (("condition", value) for value in node.values)


def _comparison(node: ast.Compare, known: Known) -> Edits:
    for other in COMPARISONS.get(type(node.ops[0]), ()):
        yield "comparison", ast.Compare(node.left, [other()], node.comparators)


def _constant(node: ast.Constant, known: Known) -> Edits:
    value = node.value
    others: tuple[bool | float | str, ...] = ()
    kind = "constant"
    if isinstance(value, bool):
        kind, others = "option", (not value,)
    elif isinstance(value, int):
        others = (value - 1, value + 1, 2 * value, value / 2)
    elif isinstance(value, float):
        others = (0.0, 1.0, 2 * value, value / 2, value**2)
    elif isinstance(value, str):
        kind, others = "key", tuple(text for text in known.texts if text != value)
    yield from ((kind, ast.Constant(other)) for other in others if other != value)


def _attribute(node: ast.Attribute, known: Known) -> Edits:
    if node.attr == "T":
        yield "transpose", node.value
    for other in FUNCTIONS.get(node.attr, ()):
        yield "function", ast.Attribute(node.value, other, ast.Load())


def _name(node: ast.Name, known: Known) -> Edits:
    if isinstance(node.ctx, ast.Load) and node.id in known.names:
        others = (ast.Name(name, ast.Load()) for name in known.names if name != node.id)
        yield from (("variable", other) for other in others)
        if node.id in RATES:
            yield from (("rate", ast.Constant(number)) for number in (1.0, 0.0))
    for other in FUNCTIONS.get(node.id, ()) if isinstance(node.ctx, ast.Load) else ():
        yield "function", ast.Attribute(ast.Name("np", ast.Load()), other, ast.Load())


def _call(node: ast.Call, known: Known) -> Edits:
    for i in range(len(node.args) - 1):
        swapped = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield "argument-order", ast.Call(node.func, swapped, node.keywords)
    for i, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:i], *node.keywords[i + 1 :]]
        if keyword.arg not in KEPT_KEYWORDS:
            kind = "axis" if keyword.arg in AXIS_KEYWORDS else "option"
            yield kind, ast.Call(node.func, node.args, rest)
        for other in _other_axes(keyword):
            yield "axis", ast.Call(node.func, node.args, [*rest[:i], other, *rest[i:]])
    yield from (("function-missing", inner) for inner in _called_on(node))


def _other_axes(keyword: ast.keyword) -> Iterator[ast.keyword]:
    if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
        for axis in AXES:
            if axis != keyword.value.value:
                yield ast.keyword("axis", ast.Constant(axis))


def _called_on(node: ast.Call) -> Iterator[ast.expr]:
    """The argument without the function; the object without its method."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    library = isinstance(node.func, ast.Name) or is_numpy(node.func)
    if library and name not in KEPT_CALLS:
        yield from (arg for arg in node.args if not isinstance(arg, ast.Starred))
    if isinstance(node.func, ast.Attribute) and not library:
        yield node.func.value


def is_numpy(node: ast.expr) -> bool:
    """Whether an attribute is one of numpy's own: np.sum."""
    value = getattr(node, "value", None)
    return isinstance(value, ast.Name) and value.id == "np"


def _tuple(node: ast.Tuple | ast.List, known: Known) -> Edits:
    """Neighbours exchanged."""
    if isinstance(node.ctx, ast.Load):
        for i in range(len(node.elts) - 1):
            entries = [*node.elts[:i], node.elts[i + 1], node.elts[i], *node.elts[i + 2 :]]
            yield "order", type(node)(entries, ast.Load())


def _slice(node: ast.Subscript, known: Known) -> Edits:
    if isinstance(node.slice, ast.Slice):
        yield "slice", node.value


BY_TYPE: dict[type[ast.AST], Callable[..., Edits]] = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _comparison,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.Call: _call,
    ast.Tuple: _tuple,
    ast.List: _tuple,
    ast.Subscript: _slice,
}
