"""What holds between a formula and the same parts, joined or picked otherwise."""

import ast
import re
from collections import Counter

from autograder.judge.slips.nodes import (
    Node,
    functions_in,
    leaves_of,
    text,
    variables_in,
    without_signs,
    without_turns,
)

ACTIVATIONS = {"sigmoid", "np.maximum", "np.tanh"}
PARTS = re.compile(r"[\w.]+|\*\*|[-+*/@]")
AXIS = re.compile(r"(, )?axis=\w+|(, )?keepdims=True")


def of_the_same_parts(before: Node, after: Node) -> bool:
    """The same factors and terms, joined otherwise."""
    parts = [Counter(PARTS.findall(text(n).replace("+ -", "- "))) for n in (before, after)]
    return parts[0] == parts[1] and text(before) != text(after)


def turned_and_joined(before: Node, after: Node) -> bool:
    """The same factors, perhaps turned, joined by another operation."""
    if not (isinstance(before, ast.BinOp) and isinstance(after, ast.BinOp)):
        return False
    parts = [Counter(without_turns(text(x)) for x in leaves_of(n)) for n in (before, after)]
    return parts[0] == parts[1] and type(before.op) is not type(after.op)


def inverted(before: Node, after: Node) -> bool:
    """The inverse of what was turned."""
    return isinstance(before, ast.Attribute) and text(after).endswith(f"inv({text(before.value)})")


def other_axes(before: Node, after: Node) -> bool:
    """The same lines with other axes everywhere."""
    old, new = (AXIS.sub("", text(node)) for node in (before, after))
    return old == new and text(before) != text(after)


def another_activation(before: Node, after: Node) -> bool:
    """A layer with another function, and perhaps another slope; as many lines as before."""
    lines = text(before).splitlines(), text(after).splitlines()
    changed = [(a, b) for a, b in zip(*lines, strict=False) if a != b]
    same = len(lines[0]) == len(lines[1]) and all(_target(a) == _target(b) for a, b in changed)
    return same and bool(changed) and {*map(_function, changed[0])} <= ACTIVATIONS


def _target(line: str) -> str:
    return line.partition(" = ")[0]


def _function(line: str) -> str:
    return line.partition(" = ")[2].partition("(")[0]


def summed_over_an_index(before: Node, after: Node) -> bool:
    """A sum over what an index picks."""
    if not isinstance(after, ast.Call):
        return False
    return text(after.args[0]) in re.sub(r"\[\w+\]", "", text(before))


def of_the_same_functions(before: Node, after: Node) -> bool:
    """The same functions of the same variables, one of them applied earlier or later."""
    names = [{name.rpartition(".")[2] for name in functions_in(node)} for node in (before, after)]
    same = names[0] == names[1] and variables_in(before) == variables_in(after)
    return same and text(before) != text(after)


def cut_short(before: Node, after: Node) -> bool:
    """The same product, of some of the entries."""
    whole = re.sub(r"\[(\.\.\., )?-?1?:-?1?\]", "", text(after))
    return whole != text(after) and without_signs(whole) == without_signs(text(before))


def begun_at_a_value(before: Node, after: Node) -> bool:
    """What zeros are made for stands there itself."""
    return isinstance(after, ast.BinOp) and text(after.right) in text(before)


def another_entry(before: Node, after: Node) -> bool:
    """A variable, or an entry of an array, for another one."""
    kinds = ast.Name | ast.Subscript
    return isinstance(before, kinds) and isinstance(after, kinds) and text(before) != text(after)
