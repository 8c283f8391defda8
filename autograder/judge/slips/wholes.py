"""Edits of a whole function: an argument read as another, examples left out, early results."""

import ast
import copy
import re
from itertools import combinations, product

from autograder.judge.slips.loops import loops_of
from autograder.judge.slips.nodes import text, variables_in
from autograder.judge.slips.scope import Scope
from autograder.judge.slips.statements import Block, Blocks
from autograder.judge.slips.syntax import Renamed, walk
from autograder.judge.slips.wraps import is_value, parsed

READ_AS = (
    "0 * {v}", "0 * {v} + 1", "-{v}", "2 * {v}", "{v} / 2", "np.abs({v})", "{v} ** 2", "1 - {v}",
    "({v} > 0.5) * 1.0", "1 / {v}", "{v} - 1", "{v} + 1", "{v} - {v}.mean()", "np.sqrt({v})",
    "0.1 + 0 * {v}", "0.01 + 0 * {v}", "0.5 + 0 * {v}", "np.exp({v})", "np.clip({v}, 0, 1)",
    "np.round({v})", "np.roll({v}, 1, -1)", "np.roll({v}, -1, -1)", "{v}[::-1]",
    "{v}.T.reshape({v}.shape)", "{v} / {v}.max()", "{v} * 0 + {v}[0]", "{v} * 0 + {v}.mean()",
    "{v} * 0 + {v}[-1]", "({v} + 1) % 2", "{v} * 0 + {v}.mean(axis=0, keepdims=True)",
    "{v} * 0 + {v}.mean(axis=1, keepdims=True)", "np.maximum({v}, 0)", "{v} - {v}.max()",
)  # fmt: skip
SOME = ("[{axes}:1]", "[{axes}-1:]", "[{axes}1:]", "[{axes}:-1]")
COUNTED = ("< 1", "> 0", "< {v}.shape[{axis}] - 1", "== {v}.shape[{axis}] - 1")
"""The examples that count, while all are divided by."""
LAYERS = {
    "sigmoid": (r"{a} = sigmoid\({z}\)", "{a} * (1 - {a})"),
    "relu": (r"{a} = np\.maximum\({z}, 0\)", "({a} > 0)"),
    "tanh": (r"{a} = np\.tanh\({z}\)", "(1 - {a} ** 2)"),
}
"""How a layer is written with each activation, and the slope of its output."""
RIGHT = "__right"
"""What a slip calls the function as it is before the edit."""
MOST = 4  # more results are not put back
ACTIVATIONS = ("np.tanh", "np.exp", "np.sign")
RESULTS = ("return np.exp({v}) / np.exp({v}).sum()", "return 1 / (1 + np.exp(-{v}))",
           "return np.maximum({v}, 0)")  # fmt: skip
DECAYS = ("0.9", "0.99", "0.95", "0.5")


def other_bodies(tree: ast.FunctionDef, scope: Scope) -> Blocks:
    """The function's body with something before it, or with another result."""
    for kind, first in _beginnings(scope, len(_entries(tree.body[-1]))):
        yield kind, [*first, *tree.body]
    yield from _per_record(tree.body, scope)
    yield from _other_axes(tree.body)
    yield from _other_activations(tree.body)
    yield from _early(tree, scope)
    for name in (*ACTIVATIONS, *scope.functions):
        for v in scope.inputs if name != tree.name else ():
            yield "other-result", _lines(f"return {name}({v})")
    for template in RESULTS:
        yield from (("other-result", _lines(template.format(v=v))) for v in scope.inputs)


def _beginnings(scope: Scope, results: int) -> Blocks:
    given = ", ".join(scope.parameters)
    for v in scope.inputs:
        for template in READ_AS:
            yield "input", _lines(f"{v} = {template.format(v=v)}")
        for other in scope.inputs:
            if other != v:
                yield "input", _lines(f"{v} = {other}")
        for other in scope.inputs[scope.inputs.index(v) + 1 :]:
            yield "swapped-inputs", _lines(f"{v}, {other} = {other}, {v}")
        again = "applied-twice" if "learning_rate" in scope.rates else "overwritten"
        for step in ("", "[0]"):
            yield again, _lines(f"{v} = {RIGHT}({given}){step}")
        for count in scope.counts:
            yield "over-n", _lines(f"{v} = {v} / {count}")
            yield "over-n", _lines(f"{v} = {v} * {count}")
    for some in combinations(scope.inputs, results) if 1 < results <= MOST else ():
        again = "applied-twice" if "learning_rate" in scope.rates else "overwritten"
        yield again, _lines(f"{', '.join(some)} = {RIGHT}({given})")
    yield from _some_examples(scope)
    for step in ("- 1", "+ 1"):
        shifted = "\n".join(f"{name} = {name} {step}" for name in scope.places)
        yield from (("index", _lines(one)) for one in {shifted, *shifted.splitlines()})


def _other_axes(body: Block) -> Blocks:
    """Every sum or mean along the other axis."""
    whole = "\n".join(map(text, body))
    for axis in ("0", "1"):
        other = f"axis={1 - int(axis)}"
        for new in (other, f"{other}, keepdims=True"):
            changed = re.sub(rf"axis={axis}\b(, keepdims=True)?", new, whole)
            yield "axis", _lines(changed)


def _other_activations(body: Block) -> Blocks:
    """One layer with another activation, and with its slope."""
    whole = "\n".join(map(text, body))
    for line in whole.splitlines():
        for form, (made, slope) in LAYERS.items():
            found = re.fullmatch(made.format(a=r"(\w+)", z="(.*)"), line)
            if found is None:
                continue
            a, z = found[1], found[2]
            for other, (other_made, other_slope) in LAYERS.items():
                if other != form:
                    new = re.sub(r"\\(.)", r"\1", other_made).format(a=a, z=z)
                    changed = whole.replace(line, new)
                    slopes = slope.format(a=a), other_slope.format(a=a)
                    yield "another-activation", _lines(changed.replace(*slopes))


def _some_examples(scope: Scope) -> Blocks:
    """Examples left out, or only one of them used."""
    for cut in SOME:
        lines = [f"{v} = {v}{cut.format(axes=':, ' * axis)}" for v, axis in scope.batch]
        if lines:
            yield "examples", _lines("\n".join(lines))
    for v, axis in scope.batch:
        first = "[" + ":, " * axis + ":1]"
        yield "examples", _lines(f"{v} = {v}{first} + 0 * {v}")
        for counted in COUNTED:
            numbers = f"np.arange({v}.shape[{axis}]).reshape(-1, *[1] * ({v}.ndim - {axis + 1}))"
            yield "examples", _lines(f"{v} = {v} * ({numbers} {counted.format(v=v, axis=axis)})")


def _per_record(body: Block, scope: Scope) -> Blocks:
    """One update for each example, in a function that loops over steps; or a rate that decays."""
    for i, loop in loops_of(body):
        for rate in scope.rates if "learning_rate" in scope.rates else ():
            for factor in DECAYS:
                decay = _lines(f"{rate} = {rate} * {factor}")
                yield "rate", _put(body, i, [], [*loop.body, *decay])
        train = scope.batch[:2]
        if not train or "learning_rate" not in scope.rates:
            continue
        count = f"{train[0][0]}.shape[{train[0][1]}]"
        keep = _lines("\n".join(f"all_{v} = {v}" for v, _ in train))
        pick = _lines("\n".join(f"{v} = all_{v}[{':, ' * a}_i:_i + 1]" for v, a in train))
        back = _lines("\n".join(f"{v} = all_{v}" for v, _ in train))
        for cut in range(1, len(loop.body) + 1):
            each = ast.For(
                ast.Name("_i", ast.Store()),
                parsed(f"range({count})"),
                [*pick, *loop.body[:cut]],
                [],
            )
            yield "per-record", _put(body, i, keep, [each, *back, *loop.body[cut:]])


def _early(tree: ast.FunctionDef, scope: Scope) -> Blocks:
    """A value on the way in the place of a result, or parameters after a step."""
    last = tree.body[-1]
    if not isinstance(last, ast.Return) or last.value is None:
        return
    entries = _entries(last)
    values = {
        text(n): n for _, n in walk(tree, ()) if isinstance(n, ast.expr) and is_value(n, scope)
    }
    yield from _crossed(tree, last.value, entries)
    for i, entry in enumerate(entries):
        for value in values.values():
            yield "returned-early", [*tree.body[:-1], _returning(last.value, entries, i, value)]
        for v in scope.inputs:
            for rate in (*scope.rates, "1"):
                step = parsed(f"{v} - {rate} * ({text(entry)})")
                yield "updated-result", [*tree.body[:-1], _returning(last.value, entries, i, step)]


def _crossed(tree: ast.FunctionDef, whole: ast.expr, entries: list[ast.expr]) -> Blocks:
    """One result made of another one, where a variable belongs."""
    for i, entry in enumerate(entries):
        for j, name in product(range(len(entries)), sorted(variables_in(entry))):
            if i != j:
                new = Renamed({name: entries[j]}).visit(copy.deepcopy(entry))
                made = _returning(whole, entries, i, new)
                yield "result-reused", [*tree.body[:-1], made]


def _entries(last: ast.stmt) -> list[ast.expr]:
    """What a function returns, one by one."""
    if not isinstance(last, ast.Return) or last.value is None:
        return []
    return last.value.elts if isinstance(last.value, ast.Tuple) else [last.value]


def _returning(whole: ast.expr, entries: list[ast.expr], i: int, new: ast.expr) -> ast.Return:
    if not isinstance(whole, ast.Tuple):
        return ast.Return(new)
    return ast.Return(ast.Tuple([*entries[:i], new, *entries[i + 1 :]], ast.Load()))


def _put(body: Block, i: int, before: Block, inner: Block) -> Block:
    loop = body[i]
    assert isinstance(loop, ast.For)
    again = ast.For(loop.target, loop.iter, inner, loop.orelse)
    return [*body[:i], *before, again, *body[i + 1 :]]


def _lines(source: str) -> Block:
    return ast.parse(source).body
