"""The kinds of edits: what holds between before and after, and which is said first.

Earlier in the table is more specific: it wins where several slips give the same values.
"""

import ast
from dataclasses import dataclass

from autograder.judge.slips.nodes import Node, calls, is_number, joins, scaled, text
from autograder.judge.slips.predicates import (
    Holds,
    another_condition,
    another_count,
    another_function,
    another_number,
    another_operator,
    another_range,
    another_rate,
    another_return,
    another_slope,
    another_text,
    either,
    entries_of,
    exchanged_operands,
    holds_a_small_number,
    in_changed_lines,
    inner_part,
    inside,
    instead,
    longer,
    moved,
    moved_or_again,
    negated,
    of_same_type,
    one_loop_more,
    one_operand,
    other_keywords,
    preceded,
    regrouped,
    reordered,
    repeated,
    set_or_added,
    shortened,
    shorter,
    turned,
)
from autograder.judge.slips.rejoined import (
    another_activation,
    another_entry,
    begun_at_a_value,
    cut_short,
    inverted,
    of_the_same_functions,
    of_the_same_parts,
    other_axes,
    summed_over_an_index,
    turned_and_joined,
)

ACTIVATIONS = ("sigmoid", "softmax", "tanh", "maximum", "exp", "log")
SUMS = ("sum", "mean", "median", "max", "min", "norm", "full_like")


def _cuts(node: ast.expr) -> bool:
    return calls("round", "clip", "sign")(node) or isinstance(node, ast.Compare)


def _has_new_axis(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and "None" in text(node.slice)


def _of_one(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and is_number(node.left)


def _takes_a_root_or_power(node: ast.expr) -> bool:
    return calls("abs", "sqrt", "square")(node) or joins(ast.Pow)(node)


KINDS: dict[str, Holds] = {
    "brackets": either(regrouped, of_the_same_parts),
    "distributed": of_the_same_functions,
    "slope": another_slope,
    "another-activation": another_activation,
    "axis": either(other_keywords, other_axes),
    "over-n": either(inside(joins(ast.Mult, ast.Div)), preceded),
    "wrong-count": another_count,
    "sign": in_changed_lines(negated),
    "result-order": reordered,
    "result-repeated": repeated,
    "argument-order": reordered,
    "swapped-inputs": preceded,
    "per-record": one_loop_more,
    "return-in-the-loop": moved,
    "reset-in-the-loop": moved_or_again,
    "examples": preceded,
    "transpose": in_changed_lines(turned),
    "part-of-a-sum": cut_short,
    "inverse": inverted,
    "missing-operand": one_operand,
    "exponent": one_operand,
    "statement-missing": shorter,
    "computed-anew": longer,
    "applied-twice": preceded,
    "overwritten": preceded,
    "start": either(inner_part, begun_at_a_value),
    "broadcast": inside(_has_new_axis),
    "variable": of_same_type(ast.Name),
    "index": either(another_entry, preceded, summed_over_an_index),
    "operator": either(in_changed_lines(another_operator), turned_and_joined),
    "function": another_function,
    "function-missing": inner_part,
    "constant": another_number,
    "comparison": of_same_type(ast.Compare),
    "operand-order": exchanged_operands,
    "key": another_text,
    "factor": inside(scaled),
    "order-of-lines": moved,
    "add-or-set": set_or_added,
    "out-of-the-loop": moved_or_again,
    "twice": longer,
    "loop-range": another_range,
    "rate": another_rate,
    "activation-extra": inside(calls(*ACTIVATIONS)),
    "abs-square-root": inside(_takes_a_root_or_power),
    "epsilon": holds_a_small_number,
    "slope-extra": another_slope,
    "summed": inside(calls(*SUMS)),
    "factor-extra": inside(joins(ast.Mult)),
    "term-extra": inside(joins(ast.Add, ast.Sub)),
    "input": preceded,
    "argument": of_same_type(ast.Call),
    "slice": entries_of,
    "condition": another_condition,
    "complement": inside(_of_one),
    "option": either(other_keywords, of_same_type(ast.Constant)),
    "order": reordered,
    "updated-result": another_return,
    "other-result": shortened,
    "returned-early": another_return,
    "result-reused": another_return,
    "zeroed": instead,
    "threshold": inside(_cuts),
    "stand-in": instead,
}
RANKS = {name: rank for rank, name in enumerate(KINDS)}


@dataclass(frozen=True)
class Edit:
    """One change of one function: an expression or block before and after, and the new source.

    `spread`: the same change was made at every like place.
    """

    kind: str
    before: Node
    after: Node
    source: str
    spread: bool = False

    @property
    def holds(self) -> bool:
        """Whether the change is of its kind."""
        return KINDS[self.kind](self.before, self.after)
