"""What holds between an expression (or a block) before an edit and after it."""

import ast
import re
from collections import Counter
from collections.abc import Callable

from autograder.judge.slips.nodes import (
    Node,
    calls,
    count_loops,
    entries,
    functions_in,
    has_slope,
    is_expression,
    is_number,
    leaves_of,
    lines_of,
    operands,
    parsed_again,
    rates_in,
    text,
    variables_in,
    without_brackets,
    without_signs,
    without_turns,
)

Holds = Callable[[Node, Node], bool]


def either(*tests: Holds) -> Holds:
    """One of the tests holds."""
    return lambda before, after: any(test(before, after) for test in tests)


def inside(test: Callable[[ast.expr], bool]) -> Holds:
    """The old expression stands, whole, in the new one, within a node that passes the test."""

    def holds(before: Node, after: Node) -> bool:
        if isinstance(before, list) or isinstance(after, list):
            return False
        old, whole = text(before), text(after)
        around = [
            n for n in ast.walk(parsed_again(after)) if isinstance(n, ast.expr) and old in text(n)
        ]
        return old != whole and any(test(node) for node in around if text(node) != old)

    return holds


def in_changed_lines(test: Holds) -> Holds:
    """The test holds of the expressions themselves, or of the one statement that differs."""

    def holds(before: Node, after: Node) -> bool:
        if not isinstance(before, list):
            return test(before, after)
        pairs = [(a, b) for a, b in zip(before, after, strict=False) if text(a) != text(b)]
        return len(before) == len(after) and len(pairs) == 1 and test(*pairs[0])

    return holds


def another_operator(before: Node, after: Node) -> bool:
    """The same operands, joined by another operator."""
    kinds = ast.BinOp | ast.AugAssign
    if isinstance(before, ast.BinOp) and isinstance(after, ast.BinOp):
        parts = [Counter(map(text, leaves_of(node))) for node in (before, after)]
        return parts[0] == parts[1] and type(before.op) is not type(after.op)
    if not (isinstance(before, kinds) and isinstance(after, type(before))):
        return False
    return type(before.op) is not type(after.op) and operands(before) == operands(after)


def one_operand(before: Node, after: Node) -> bool:
    """One operand is all that is left, or one of several factors or terms is gone."""
    if not isinstance(before, ast.BinOp):
        return False
    one, other = map(without_signs, operands(before))
    if without_signs(text(after)) in (f"{one}0*{other}", f"{other}0*{one}"):  # in its shape
        return True
    parts = Counter(map(text, leaves_of(before)))
    left = Counter(map(text, leaves_of(after)))
    return (left.total() < parts.total() and left <= parts) or text(after) in operands(before)


def exchanged_operands(before: Node, after: Node) -> bool:
    """The operands have changed places."""
    same = isinstance(before, ast.BinOp) and isinstance(after, ast.BinOp)
    return same and type(before.op) is type(after.op) and operands(before) == operands(after)[::-1]


def negated(before: Node, after: Node) -> bool:
    """One is the other with a minus in front, or += stands for -=."""
    if isinstance(before, ast.AugAssign):
        return another_operator(before, after)
    if isinstance(before, ast.Return | ast.Assign):
        return without_signs(text(before)) == without_signs(text(after)) != ""
    return without_signs(text(before)) == without_signs(text(after)) and text(before) != text(after)


def turned(before: Node, after: Node) -> bool:
    """The same but for .T, reshape, ravel, or a reversed axis."""
    return without_turns(text(before)) == without_turns(text(after)) and text(before) != text(after)


def regrouped(before: Node, after: Node) -> bool:
    """The same names, numbers and operators, in other brackets."""
    return without_brackets(before) == without_brackets(after) and text(before) != text(after)


def reordered(before: Node, after: Node) -> bool:
    """The same entries, arguments or statements in another order."""
    if isinstance(before, list):
        return sorted(map(text, before)) == sorted(map(text, after))
    old, new = entries(before), entries(after)
    return old != new and sorted(old) == sorted(new)


def repeated(before: Node, after: Node) -> bool:
    """Each entry is one of the old ones, and one of them is missing."""
    old, new = entries(before), entries(after)
    return len(old) == len(new) and set(new) < set(old)


def shorter(before: Node, after: Node) -> bool:
    """A statement is gone from a block, and nothing else is changed."""
    lines, left = Counter(text(before).splitlines()), Counter(text(after).splitlines())
    left.pop("pass", None)
    return left < lines


def shortened(before: Node, after: Node) -> bool:
    """Nothing is left but one return."""
    return len(after) == 1 and isinstance(after[0], ast.Return) and text(after) != text(before)


def longer(before: Node, after: Node) -> bool:
    """Statements of a block are there once more."""
    lines, more = lines_of(before), lines_of(after)
    return lines < more and set(more) == set(lines)


def moved(before: Node, after: Node) -> bool:
    """The same lines, with other indentations or in another order."""
    old, new = lines_of(before), lines_of(after)
    old.pop("pass", None)
    new.pop("pass", None)
    return old == new and text(before) != text(after)


def moved_or_again(before: Node, after: Node) -> bool:
    """The same lines, elsewhere or there once more."""
    return moved(before, after) or longer(before, after)


def preceded(before: Node, after: Node) -> bool:
    """The whole block is there, with something before it."""
    blocks = isinstance(before, list) and isinstance(after, list)
    return blocks and len(after) > len(before) and text(after).endswith(text(before))


def of_same_type(*types: type[ast.AST]) -> Holds:
    """Both are nodes of these types, and differ."""
    return lambda a, b: isinstance(a, types) and isinstance(b, types) and text(a) != text(b)


def another_slope(before: Node, after: Node) -> bool:
    """One of both is a derivative: it holds 1 − x, or a comparison that picks entries."""
    return text(before) != text(after) and any(map(has_slope, (before, after)))


def other_keywords(before: Node, after: Node) -> bool:
    """The same call with other keyword arguments."""
    if not (isinstance(before, ast.Call) and isinstance(after, ast.Call)):
        return False
    same = text(before.func) == text(after.func) and entries(before) == entries(after)
    return same and text(before) != text(after)


def another_function(before: Node, after: Node) -> bool:
    """Other functions of the same variables."""
    if isinstance(before, ast.Name | ast.Attribute) and isinstance(after, ast.Attribute):
        return text(before) != text(after)
    functions = functions_in(before) != functions_in(after) or text(before) in text(after)
    return functions and variables_in(before) == variables_in(after) and text(before) != text(after)


def inner_part(before: Node, after: Node) -> bool:
    """What is left is a part of a call."""
    whole = isinstance(before, ast.Call)
    return whole and any(
        text(n) == text(after) for n in list(ast.walk(before))[1:] if is_expression(n)
    )


def another_count(before: Node, after: Node) -> bool:
    """A length is exchanged for a number, another length, or something made from it."""
    lengths = "len(", ".shape["
    counted = any(word in text(before) for word in lengths) or calls("mean")(before)
    new = is_number(after) or any(word in text(after) for word in lengths)
    return counted and new and text(before) != text(after)


def another_number(before: Node, after: Node) -> bool:
    """Two different numbers."""
    return is_number(before) and is_number(after) and before.value != after.value


def holds_a_small_number(before: Node, after: Node) -> bool:
    """Without a small number that is added, it is what it was."""
    return without_signs(re.sub(r"\+ 1e-\d+", "", text(after))) == without_signs(text(before))


def another_text(before: Node, after: Node) -> bool:
    """Two different strings."""
    texts = isinstance(before, ast.Constant) and isinstance(after, ast.Constant)
    return texts and isinstance(before.value, str) and before.value != after.value


def another_rate(before: Node, after: Node) -> bool:
    """A learning rate, reg or h occurs more or less often."""
    return rates_in(before) != rates_in(after)


def set_or_added(before: Node, after: Node) -> bool:
    """One statement sets what the other one adds."""
    for old, new in zip(before, after, strict=False):
        if text(old) != text(new):
            types = {type(old), type(new)}
            return types == {ast.Assign, ast.AugAssign} and text(old.value) == text(new.value)
    return False


def another_range(before: Node, after: Node) -> bool:
    """What a loop runs through is longer, shorter, or turned round."""
    loops = ("range", "zip", "ndindex", "reversed")
    return (
        calls(*loops)(before)
        and text(before) != text(after)
        and variables_in(after) <= variables_in(before) | {"list"}
    )


def another_condition(before: Node, after: Node) -> bool:
    """An `if`, a `break`, or a part of a test is other than it was."""
    if isinstance(before, list):
        lines = lines_of(before) - lines_of(after) + (lines_of(after) - lines_of(before))
        held = any(line.startswith(("if ", "break", "continue")) for line in lines)
        return held or moved(before, after)
    return isinstance(before, ast.BoolOp | ast.UnaryOp)


def entries_of(before: Node, after: Node) -> bool:
    """A slice is left out, or some entries are taken, or all are shifted."""
    if isinstance(before, ast.Subscript) and text(after) == text(before.value):
        return True
    if isinstance(before, ast.Subscript) and text(before.value) in text(after):
        return text(before) != text(after)
    picks = calls("roll", "arange")
    return inside(lambda node: isinstance(node, ast.Subscript) or picks(node))(before, after)


def one_loop_more(before: Node, after: Node) -> bool:
    """A loop stands within a loop."""
    return count_loops(after) == count_loops(before) + 1


def another_return(before: Node, after: Node) -> bool:
    """All lines are the same but for the last, which returns."""
    same = [text(a) == text(b) for a, b in zip(before, after, strict=True)]
    return all(same[:-1]) and not same[-1] and isinstance(after[-1], ast.Return)


def instead(before: Node, after: Node) -> bool:
    """A single variable, or a constant of the same shape, stands for an expression."""
    alone = isinstance(after, ast.Name) or text(after).startswith("0.0 * ")
    return alone and text(before) != text(after)
