"""Terms and factors: one too many, another array's entry, brackets that reach less or more far."""

import ast
from collections.abc import Callable, Iterator

from autograder.judge.slips.expressions import is_numpy
from autograder.judge.slips.nodes import text
from autograder.judge.slips.scope import Scope
from autograder.judge.slips.wraps import is_value, parsed

Others = Iterator[tuple[str, ast.expr]]
SOME = ("-1:", ":1", ":-1", "1:")
"""The only entries over which a product is summed."""
SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-"}
SYMBOLS: dict[type[ast.operator], str] = {**SIGNS, ast.Mult: "*", ast.Div: "/", ast.MatMult: "@"}
ENTRYWISE = ("abs", "exp", "log", "sqrt", "square", "sigmoid", "tanh")
GATHERING = ("sum", "mean", "max", "norm", "trace")
LEAST_ADDED = 2


def other_terms(node: ast.expr, scope: Scope) -> Others:
    """What a student may have written in the place of a sum, a product, or an entry."""
    if is_value(node, scope) and not isinstance(node, ast.Name):
        yield from _extra(node, scope)
        yield from _over_an_index(node, scope)
    if isinstance(node, ast.Name | ast.Subscript):
        yield from _entries(node, scope)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "inverse", parsed(f"np.linalg.pinv({text(node.value)})")
    elif isinstance(node, ast.Call):
        yield from _split(node)
    elif isinstance(node, ast.BinOp):
        yield from _merged(node)
        yield from _reach(node)
        yield from (("missing-operand", inner) for inner in _deep(node, scope))
        if isinstance(node.op, ast.MatMult):
            left, right = text(node.left), text(node.right)
            for one, other in _not_turned(node):
                yield "operator", ast.BinOp(one, ast.Mult(), other)
            for some in SOME:
                yield "part-of-a-sum", parsed(f"({left})[..., {some}] @ ({right})[{some}]")


def _over_an_index(node: ast.expr, scope: Scope) -> Others:
    """The sum over what an index picks."""
    for index in scope.indices:
        if f"[{index}]" in (whole := text(node)):
            yield "index", parsed(f"np.sum({whole.replace(f'[{index}]', '')})")


def _extra(node: ast.expr, scope: Scope) -> Others:
    """A factor, a term or a slope too many."""
    whole = text(node)
    for thing in scope.numeric:
        yield "factor-extra", parsed(f"({whole}) * {thing}")
        yield "term-extra", parsed(f"({whole}) + {thing}")
    table = whole.partition("[")[0]
    for thing in scope.entries if whole in scope.entries else ():
        if not thing.startswith(f"{table}["):
            yield "factor-extra", parsed(f"({whole}) * {thing}")
            yield "slope-extra", parsed(f"({whole}) * {thing} * (1 - {thing})")


def _entries(node: ast.Name | ast.Subscript, scope: Scope) -> Others:
    """An entry of another array, or at another place."""
    taken = isinstance(node, ast.Subscript) and text(node.slice).strip("()") in scope.indices
    if taken or (isinstance(node, ast.Name) and node.id in scope.numeric):
        for array in scope.arrays if scope.indices else ():
            yield from (("index", parsed(f"{array}[{index}]")) for index in scope.indices)
            yield "index", parsed(array)


def _split(node: ast.Call) -> Others:
    """A function of two quantities joined: first the function, then the join."""
    name, inside, written = _one_argument(node)
    if name in (*ENTRYWISE, *GATHERING) and isinstance(inside, ast.BinOp):
        symbol = SYMBOLS.get(type(inside.op), "")
        if symbol and symbol != "@":
            left, right = written(inside.left), written(inside.right)
            yield "distributed", parsed(f"({left}) {symbol} ({right})")
            yield "distributed", parsed(f"({left}) {symbol} ({text(inside.right)})")
            yield "distributed", parsed(f"({text(inside.left)}) {symbol} ({right})")


def _merged(node: ast.BinOp) -> Others:
    """Two values of one function joined: first the join, then the function."""
    if isinstance(node.left, ast.Call) and isinstance(node.right, ast.Call):
        name, one, written = _one_argument(node.left)
        other_name, other, _ = _one_argument(node.right)
        symbol = SYMBOLS.get(type(node.op), "")
        if name and name == other_name and symbol and one is not None and other is not None:
            joined = parsed(f"({text(one)}) {symbol} ({text(other)})")
            yield "distributed", parsed(written(joined))


def _one_argument(node: ast.Call) -> tuple[str, ast.expr | None, Callable[[ast.expr], str]]:
    """A function's name, what it is taken of, and how it is written of something else."""
    options = [f"{keyword.arg}={text(keyword.value)}" for keyword in node.keywords]
    rest = ", ".join(["", *map(text, node.args[1:]), *options])
    if isinstance(node.func, ast.Attribute) and not is_numpy(node.func):
        if isinstance(node.func.value, ast.Attribute):  # np.linalg.norm
            return "", None, text
        method, given = node.func.attr, ", ".join([*map(text, node.args), *options])
        return method, node.func.value, lambda new: f"({text(new)}).{method}({given})"
    function = text(node.func)
    first = node.args[0] if node.args else None
    return function.rpartition(".")[2], first, lambda new: f"{function}({text(new)}{rest})"


def _reach(node: ast.BinOp) -> Others:
    """A factor that reaches not all terms of a sum."""
    symbol = SYMBOLS.get(type(node.op), "")
    if symbol not in ("*", "@", "/"):
        return
    left, right = text(node.left), text(node.right)
    for terms, form in (
        (_terms(node.left), f"({{some}}) {symbol} ({right})"),
        (_terms(node.right), f"({left}) {symbol} ({{some}})"),
    ):
        if len(terms) < LEAST_ADDED or (symbol == "/" and form.endswith("{some})")):
            continue
        for i in range(len(terms)):
            others = [*terms[:i], *terms[i + 1 :]]
            yield "brackets", parsed(f"{form.format(some=_sum(others))} + ({_sum([terms[i]])})")
            yield "brackets", parsed(f"{form.format(some=_sum([terms[i]]))} + ({_sum(others)})")


def _not_turned(node: ast.BinOp) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The factors of a product, one of them without its .T."""
    if isinstance(node.left, ast.Attribute) and node.left.attr == "T":
        yield node.left.value, node.right
    if isinstance(node.right, ast.Attribute) and node.right.attr == "T":
        yield node.left, node.right.value


def _terms(node: ast.expr, sign: str = "+") -> list[tuple[str, str]]:
    """The terms of a sum, each with its sign."""
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        mine = SIGNS[type(node.op)]
        return [*_terms(node.left, sign), *_terms(node.right, "+" if sign == mine else "-")]
    return [(sign, text(node))]


def _sum(terms: list[tuple[str, str]]) -> str:
    return " ".join(f"{sign} ({term})" for sign, term in terms).removeprefix("+ ")


def _deep(node: ast.BinOp, scope: Scope) -> Iterator[ast.expr]:
    """What stands two or more operations below."""
    for side in (node.left, node.right):
        if isinstance(side, ast.BinOp):
            yield from (inner for inner in (side.left, side.right) if is_value(inner, scope))
            yield from _without_a_part(side)
            yield from _deep(side, scope)


def _without_a_part(node: ast.BinOp) -> Iterator[ast.expr]:
    """A product or sum, one of whose parts within is missing."""
    for field, side in (("left", node.left), ("right", node.right)):
        if isinstance(side, ast.BinOp):
            for part in (side.left, side.right, *_without_a_part(side)):
                kept = {"left": node.left, "right": node.right, field: part}
                yield ast.BinOp(kept["left"], node.op, kept["right"])
