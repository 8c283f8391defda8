"""What a student is told of each kind of slip.

A sentence speaks of values, never of the cause: "Your values are those of a program that …", at
most twenty words, then one nudge. It may quote only what stands in the student's program, and only
by names that the notebook gives.
"""

import ast
from dataclasses import dataclass

from autograder.judge.slips.kinds import Edit
from autograder.judge.slips.nodes import Node

OPENING = "Your values are those of a program that"
NUMPY = frozenset(
    [
        "tanh",
        "maximum",
        "minimum",
        "exp",
        "log",
        "abs",
        "sqrt",
        "sign",
        "mean",
        "sum",
        "median",
        "max",
        "min",
        "std",
        "var",
        "dot",
        "outer",
    ]
)


@dataclass(frozen=True)
class Wording:
    """`does` follows OPENING; `quoting` does too, where {quote} may be said."""

    does: str
    nudge: str
    quoting: str = ""


WORDINGS = {
    "brackets": Wording("puts the brackets elsewhere.", "What does Python compute first?"),
    "distributed": Wording(
        "applies a function before quantities are joined, or after.",
        "Is it a function of the whole, or of each part?",
    ),
    "slope": Wording(
        "uses another slope.", "Which function is differentiated, and at which of its values?"
    ),
    "another-activation": Wording(
        "has another activation in one layer.", "Which one does the text name for each layer?"
    ),
    "axis": Wording("sums or averages along another axis.", "Which axis is meant?"),
    "over-n": Wording("has another power of N in it.", "Where is the mean taken?"),
    "wrong-count": Wording("counts something else.", "What is the number that you divide by?"),
    "sign": Wording("has one sign the other way round.", "What is subtracted from what?"),
    "result-order": Wording("returns the parts in another order.", "Which comes first?"),
    "result-repeated": Wording(
        "returns one part in the place of another.", "Are two names confused?"
    ),
    "argument-order": Wording(
        "hands a function its arguments in another order.", "Which does it expect first?"
    ),
    "swapped-inputs": Wording("uses two arguments in each other's places.", "Which is which?"),
    "per-record": Wording("updates after every example.", "When is the update due?"),
    "return-in-the-loop": Wording(
        "returns in the first round of a loop.", "How far is the return indented?"
    ),
    "reset-in-the-loop": Wording(
        "starts anew in every round of a loop.", "What is set before the loop?"
    ),
    "examples": Wording("does not use all the examples.", "Do all of them count?"),
    "transpose": Wording("turns or reshapes one factor or result.", "Which of its axes is which?"),
    "part-of-a-sum": Wording(
        "sums over some of the entries only.", "Over which index is the product summed?"
    ),
    "inverse": Wording(
        "uses the inverse of a matrix.", "Does the derivative of a product need one?"
    ),
    "missing-operand": Wording(
        "leaves out a factor or a term.", "What does each letter of the formula become?"
    ),
    "exponent": Wording(
        "leaves out a square or another power.", "Which exponents does the formula have?"
    ),
    "statement-missing": Wording("leaves out one step.", "Is every variable set and updated?"),
    "computed-anew": Wording(
        "computes something again after an update.", "Old values, or new ones?"
    ),
    "applied-twice": Wording("makes the step twice.", "How often is it due?"),
    "overwritten": Wording(
        "uses a result where an argument belongs.",
        "Is a name set that is still needed?",
        "uses a result where `{quote}` belongs.",
    ),
    "start": Wording("starts a sum elsewhere than at 0.", "What is there at first?"),
    "broadcast": Wording(
        "makes a column or a row of something.", "Is every entry combined with every other one?"
    ),
    "variable": Wording(
        "uses one variable in the place of another.",
        "Which one belongs there?",
        "uses `{quote}` where another variable belongs.",
    ),
    "index": Wording(
        "takes an entry of another array, or at another place.", "Which array, and which index?"
    ),
    "operator": Wording(
        "joins two quantities by another operation.", "Is it elementwise, a product, a sum?"
    ),
    "function": Wording(
        "uses another function.",
        "Which one does the text name?",
        "uses `{quote}` where another function belongs.",
    ),
    "function-missing": Wording("leaves out a function.", "What happens to the values on the way?"),
    "constant": Wording("has another number in the formula.", "Which numbers have you typed in?"),
    "comparison": Wording("compares something else.", "What is compared with what, and how?"),
    "operand-order": Wording(
        "turns a difference, quotient or product round.", "Which comes first?"
    ),
    "key": Wording("confuses two names of results.", "What is stored under which name?"),
    "factor": Wording("scales one quantity by a number.", "Where do 2 and ½ belong?"),
    "order-of-lines": Wording(
        "has the lines in another order.", "Which values are old there, which new?"
    ),
    "add-or-set": Wording("sets what adds up, or adds what is set.", "Is it = or +=?"),
    "out-of-the-loop": Wording("moves a line into or out of the loop.", "How far is it indented?"),
    "twice": Wording("does one step twice.", "Which line is there twice?"),
    "loop-range": Wording("runs through other rounds of a loop.", "Where does it begin and end?"),
    "rate": Wording(
        "uses a rate elsewhere, or another one.",
        "What does the rate multiply, and how often?",
        "uses `{quote}` elsewhere, or not at all.",
    ),
    "activation-extra": Wording(
        "applies a function on top.", "Does the formula have it?", "applies `{quote}` on top."
    ),
    "abs-square-root": Wording(
        "takes an absolute value, root or power of something.", "Does the formula have it?"
    ),
    "epsilon": Wording("adds a small number.", "Does the formula have it?"),
    "slope-extra": Wording("has x·(1−x) or 1−x² where x belongs.", "Is there a slope too many?"),
    "summed": Wording("sums or averages where it should not.", "Over what is it taken, and when?"),
    "factor-extra": Wording(
        "has a factor too many.",
        "Which factors does the formula have?",
        "has `{quote}` as a factor too many.",
    ),
    "term-extra": Wording(
        "has a term too many.",
        "Which terms does the formula have?",
        "has `{quote}` as a term too many.",
    ),
    "input": Wording(
        "uses an argument other than as it is given.",
        "What happens to each argument?",
        "does not use `{quote}` as it is given.",
    ),
    "argument": Wording(
        "hands a function something else.",
        "What does it expect there?",
        "hands a function `{quote}` where something else belongs.",
    ),
    "slice": Wording("takes other entries of an array.", "Where does each slice begin and end?"),
    "condition": Wording("acts on another condition.", "When is it true?"),
    "complement": Wording("has 1−x, 1+x or 1/x for x.", "Which one is it?"),
    "option": Wording("calls a function with another option.", "Which options does the call have?"),
    "order": Wording("has two entries in each other's places.", "Which comes first?"),
    "updated-result": Wording(
        "returns updated parameters.", "What is asked for: the step, or what it leads to?"
    ),
    "other-result": Wording(
        "returns another function of an argument.",
        "What has the text asked for?",
        "returns `{quote}` of an argument.",
    ),
    "returned-early": Wording(
        "returns a value on the way.", "What still has to be done with it?", "returns `{quote}`."
    ),
    "result-reused": Wording("makes one result of another one.", "What is each of them made of?"),
    "zeroed": Wording("has 0 or 1 where a quantity belongs.", "Is everything used that is given?"),
    "threshold": Wording("cuts or rounds values on the way.", "Where is a threshold needed?"),
    "stand-in": Wording(
        "has one quantity where more belongs.",
        "What else is in the formula?",
        "has `{quote}` where more belongs.",
    ),
}


def sentence(edit: Edit, where: str, known: frozenset[str]) -> str:
    """What the student is told; `where` is empty, or names the function inside which it is."""
    words = WORDINGS[edit.kind]
    quote = quoted(edit.before, edit.after, known) if words.quoting else ""
    does = words.quoting.format(quote=quote) if quote else words.does
    spread = "everywhere " if edit.spread else ""
    return f"{OPENING} {where}{spread}{does} {words.nudge}"


def quoted(before: Node, after: Node, known: frozenset[str]) -> str:
    """The one name that only the new side has, or, of a block, that it begins by setting.

    Empty where students may not know it.
    """
    if isinstance(after, list):
        target = getattr(after[0], "targets", [None])[0]
        return target.id if isinstance(target, ast.Name) and target.id in known else ""
    new = list(dict.fromkeys(name for name in names(after) if name not in names(before)))
    return new[0] if len(new) == 1 and (new[0] in known or new[0] in NUMPY) else ""


def names(node: Node) -> list[str]:
    """The variables and functions that an expression or block uses."""
    found = []
    for part in node if isinstance(node, list) else [node]:
        for inner in ast.walk(part):
            if isinstance(inner, ast.Name) and inner.id != "np":
                found.append(inner.id)
            elif isinstance(inner, ast.Attribute):
                found.append(inner.attr)
    return found
