"""Formulas written otherwise: brackets, slopes, operators, numbers, axes, counts, calls."""

import ast
from collections.abc import Iterator
from itertools import combinations, permutations

from autograder.judge.slips.expressions import is_numpy
from autograder.judge.slips.nodes import text
from autograder.judge.slips.scope import Scope
from autograder.judge.slips.wraps import is_value, parsed

Others = Iterator[tuple[str, ast.expr]]
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)
SLOPES = (
    "(1 - {x} ** 2)", "({x} * (1 + {x}))", "(1 + {x})", "({x} - 2 * {x})", "({x} > 0)",
    "({x} > 0.5)", "{x} ** 2", "({x} ** 2 - {x})", "np.exp(-{x})", "np.sum({x} * (1 - {x}))",
    "({x} * (1 - {x})) ** 2", "(1 - np.tanh({x}) ** 2)", "0.25",
)  # fmt: skip
SIGMOID_SLOPES = ("(sigmoid({x}) * (1 - sigmoid({x})))", "(sigmoid({x}) * (1 - {x}))")
SLOPES_OF_ANOTHER = (
    "({v} * (1 - {v}))", "({x} * (1 - {v}))", "({v} * (1 - {x}))", "(1 - {v} ** 2)", "({v} > 0)",
    "(1 - np.tanh({v}) ** 2)",
)  # fmt: skip
MASKS = (
    "np.maximum({l}, 0)", "np.where({l} > 0, 1, 0.01)", "np.where({l} > 0, 1, 0.1)",
    "np.sign({l})", "({l} > 1)", "({l} < {r})", "({l} >= {r})", "({l} > -1)", "({l} > 0.5)", "1",
    "np.maximum({l}, {r})", "np.where({l} > {r}, 1, -1)", "1 - np.tanh({l}) ** 2",
    "{l} * ({l} > {r})", "np.exp(-{l}) / (1 + np.exp(-{l})) ** 2",
)  # fmt: skip
FUNCTIONS = {
    "sigmoid": (
        "np.tanh({a})", "np.maximum({a}, 0)", "np.exp({a})", "(({a}) > 0) * 1.0", "sigmoid(-({a}))",
        "sigmoid({a}) * (1 - sigmoid({a}))", "softmax({a})", "np.sin({a})",
    ),
    "softmax": (
        "sigmoid({a})", "softmax(({a}).T).T", "np.exp({a})",
        "np.exp({a}) / np.exp({a}).sum()",
        "({a}) / ({a}).sum(axis=1, keepdims=True)",
    ),
    "maximum": (
        "np.minimum({a})", "np.abs(np.add({a}))", "np.tanh(np.add({a}))", "sigmoid(np.add({a}))",
        "np.where(np.add({a}) > 0, np.add({a}), 0.01 * np.add({a}))",
    ),
    "mean": ("np.median({a})", "np.max({a})", "np.min({a})", "np.std({a})", "np.sum({a})"),
    "sum": ("np.max({a})", "np.prod({a})", "np.median({a})", "np.mean({a})"),
    "max": ("np.mean({a})", "np.sum({a})", "np.min({a})", "np.nanmax({a})"),
    "outer": ("np.outer({a}).T", "np.multiply({a})", "np.add.outer({a})", "np.dot({a})"),
    "norm": (
        "np.linalg.norm({a}, 2)", "np.linalg.norm({a}, 1)", "np.max(np.abs({a}))",
        "np.sum(np.abs({a}))", "np.linalg.norm({a}) ** 2",
    ),
    "log": ("np.log2({a})", "np.log10({a})", "np.log1p({a})", "({a})"),
    "exp": ("np.exp2({a})", "np.expm1({a})", "np.exp(-({a}))"),
    "trace": ("np.sum({a})", "np.linalg.det({a})"),
    "argmin": ("np.argmax({a})",),
    "argmax": ("np.argmin({a})",),
    "std": ("np.std({a}, ddof=1)", "np.ptp({a})", "np.max({a})", "np.var({a})"),
}  # fmt: skip
NUMBERS = (0, 1, 2, 3, 0.5, 1e-3, 1e-2, 1e-5, 1e-7, 1e-8, 1e-10, 0.1, 0.25)
COUNTS = ("1", "2", "7", "10", "100", "({e} - 1)", "(2 * {e})", "{e} ** 2")
AXES = ("axis=0", "axis=1", "axis=None", "axis=0, keepdims=True", "axis=1, keepdims=True",
        "axis=None, keepdims=True")  # fmt: skip
ROUNDS = ("{a} + 1, {b}", "{a}, {b} - 1", "{a}, {b} + 1", "{a}, {a} + 1", "{b} - 1, {b}",
          "{a}, 2 * ({b})")  # fmt: skip
PICKED = (
    "{x}.max(axis=0)", "{x}.max(axis=1)", "{x}.sum(axis=0)", "{x}.sum(axis=1)", "{x}[:, 0]",
    "{x}.diagonal()",
)  # fmt: skip
"""What may be taken of an array in the place of an entry for each label."""
MOST = 4  # more arguments or entries are not permuted


def other_formulas(node: ast.expr, scope: Scope) -> Others:
    """What a student may have written in the place of a formula."""
    match node:
        case ast.BinOp():
            yield from _operations(node)
            yield from _slopes(node, scope)
        case ast.Compare(left=left, comparators=[right]):
            for mask in MASKS if id(node) in scope.gates else ():
                yield "slope", parsed(mask.format(l=text(left), r=text(right)))
            if "sigmoid" in scope.functions and id(node) in scope.gates:
                yield "slope", parsed("{x} * (1 - {x})".format(x=f"sigmoid({text(left)})"))
            for name in scope.numeric:
                yield "comparison", ast.Compare(parsed(name), node.ops, node.comparators)
            for number in (0, 1, 0.5):
                yield "comparison", ast.Compare(left, node.ops, [ast.Constant(number)])
        case ast.Call():
            yield from _calls(node, scope)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            for number in (*NUMBERS, -value, 10 * value, 0.1 * value):
                yield "constant", ast.Constant(number)
    if _is_count(node):
        for other in (*scope.lengths, *COUNTS):
            yield "wrong-count", parsed(other.format(e=text(node)))


def factors(node: ast.expr) -> list[ast.expr]:
    """What is multiplied elementwise, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*factors(node.left), *factors(node.right)]
    return [node]


def _operations(node: ast.BinOp) -> Others:
    left, right = node.left, node.right
    for op in OPERATORS:
        if not isinstance(node.op, op):
            yield "operator", ast.BinOp(left, op(), right)
    if isinstance(left, ast.BinOp):
        inner = ast.BinOp(left.right, node.op, right)
        yield "brackets", ast.BinOp(left.left, left.op, inner)
    if isinstance(right, ast.BinOp):
        inner = ast.BinOp(left, node.op, right.left)
        yield "brackets", ast.BinOp(inner, right.op, right.right)
    if isinstance(node.op, ast.Mult | ast.Div):
        kept, gone = text(left), text(right)
        yield "missing-operand", parsed(f"{kept} + 0 * ({gone})")
        yield "missing-operand", parsed(f"{gone} + 0 * ({kept})")
    parts = factors(node)
    if len(parts) > 2:
        yield from _of_several(parts)


def _of_several(parts: list[ast.expr]) -> Others:
    """Of three or more factors, one missing, or some added."""
    for i in range(len(parts)):
        yield "missing-operand", _product([*parts[:i], *parts[i + 1 :]])
    yield "operator", parsed(" + ".join(f"({text(part)})" for part in parts))
    for i, j in combinations(range(len(parts)), 2):
        added = ast.BinOp(parts[i], ast.Add(), parts[j])
        rest = [part for k, part in enumerate(parts) if k not in (i, j)]
        yield "operator", _product([*rest, added])


def _slopes(node: ast.BinOp, scope: Scope) -> Others:
    """Another slope in the place of x·(1 − x)."""
    parts = factors(node)
    for i, complement in enumerate(parts):
        x = _complemented(complement)
        j = next((j for j, part in enumerate(parts) if j != i and text(part) == x), None)
        if not x or j is None:
            continue
        others = [text(part) for k, part in enumerate(parts) if k not in (i, j)]
        front = "".join(f"({other}) * " for other in others)
        for slope in (*SLOPES, *(SIGMOID_SLOPES if "sigmoid" in scope.functions else ())):
            yield "slope", parsed(front + slope.format(x=x))
        for name in scope.numeric:
            for slope in SLOPES_OF_ANOTHER:
                yield "slope", parsed(front + slope.format(x=x, v=name))
        yield "brackets", parsed(f"{front}{x} * 1 - {x}")
        yield "brackets", parsed(f"{front}({x} * 1 - {x})")


def _complemented(node: ast.expr) -> str:
    """The x of 1 − x; else empty."""
    match node:
        case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=right):
            return text(right)
    return ""


def _product(parts: list[ast.expr]) -> ast.expr:
    done = parts[0]
    for part in parts[1:]:
        done = ast.BinOp(done, ast.Mult(), part)
    return done


def _calls(node: ast.Call, scope: Scope) -> Others:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    given = [text(argument) for argument in node.args]
    given += [f"{keyword.arg}={text(keyword.value)}" for keyword in node.keywords]
    if isinstance(node.func, ast.Attribute) and not is_numpy(node.func):
        given.insert(0, text(node.func.value))
    for template in FUNCTIONS.get(name, ()):
        if _parses(other := template.format(a=", ".join(given))):
            yield "function", parsed(other)
    if 2 <= len(node.args) <= MOST:
        for order in permutations(node.args):
            yield "argument-order", ast.Call(node.func, list(order), node.keywords)
    for i, argument in enumerate(node.args):
        if is_value(argument, scope) and name not in ("zip", "range"):
            for other in scope.numeric:
                args = [*node.args[:i], parsed(other), *node.args[i + 1 :]]
                yield "argument", ast.Call(node.func, args, node.keywords)
    yield from _rounds(node, name)
    yield from _keywords(node, scope, name, given)


def _keywords(node: ast.Call, scope: Scope, name: str, given: list[str]) -> Others:
    """Another axis, another count, another start."""
    if any(keyword.arg == "axis" for keyword in node.keywords):
        for axis in AXES:
            positional = "".join(f"{text(argument)}, " for argument in node.args)
            yield "axis", parsed(f"{text(node.func)}({positional}{axis})")
    if name == "mean":
        for length in scope.lengths:
            yield "wrong-count", parsed(f"np.sum({', '.join(given)}) / {length}")
    if name in ("zeros_like", "zeros") and len(node.args) == 1:
        yield "start", node.args[0]
    if name in ("zeros_like", "zeros", "ones_like", "ones") and len(node.args) == 1:
        made_for = text(node.args[0]).removesuffix(".shape").removeprefix("np.shape")
        yield "start", parsed(f"1.0 * ({made_for})")


def _rounds(node: ast.Call, name: str) -> Others:
    """A loop with other rounds."""
    if name == "range":
        *first, last = [text(argument) for argument in node.args][:2]
        start = first[0] if first else "0"
        for ends in ROUNDS:
            yield "loop-range", parsed(f"range({ends.format(a=start, b=last)})")
    if name in ("zip", "ndindex", "reversed"):
        for some in ("[1:]", "[:-1]", "[:1]", "[-1:]", "[::-1]", " * 2"):
            yield "loop-range", parsed(f"list({text(node)}){some}")


def other_indices(node: ast.Subscript) -> Others:
    """One of two indices alone, or both in the other order."""
    if isinstance(node.slice, ast.Tuple):
        first, second = node.slice.elts[0], node.slice.elts[-1]
        every = ast.Slice()
        for index in (
            first,
            second,
            ast.Tuple([second, first], ast.Load()),
            ast.Tuple([every, second], ast.Load()),
            ast.Tuple([first, every], ast.Load()),
        ):
            yield "slice", ast.Subscript(node.value, index, node.ctx)
        if isinstance(node.ctx, ast.Load):
            for taken in PICKED:
                yield "slice", parsed(taken.format(x=text(node.value)))


def _is_count(node: ast.expr) -> bool:
    whole = text(node)
    kinds = ast.Subscript | ast.Call
    return isinstance(node, kinds) and (whole.startswith("len(") or ".shape[" in whole[-9:])


def _parses(words: str) -> bool:
    try:
        parsed(words)
    except SyntaxError:
        return False
    return True
