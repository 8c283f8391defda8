"""Facts in words. Every sentence about a check is put together here, for the desk as well."""

import re
from collections.abc import Sequence

from autograder.exercise.facts import Fact

NO_AXES = "()"
"""The shape of a number."""


def finding(fact: Fact | None, nudge: str) -> str:
    """What is wrong and where, then the nudge."""
    return " ".join(filter(None, [sentence(fact) if fact else "", nudge]))


def sentence(fact: Fact) -> str:
    """Say what is wrong and where, without the right value."""
    if fact.kind == "told":
        return fact.told
    if fact.kind == "none":
        return f"{fact.label}: None came back. Is there a return in the function?"
    if fact.kind in ("structure", "shape") and not fact.want:
        return f"{fact.label}: {'the shape ' * (fact.kind == 'shape')}{fact.got} is not right."
    if fact.kind == "structure":
        return f"{fact.label}: expected {fact.want}, got {fact.got}."
    if fact.kind == "shape":
        return f"{fact.label} must {_have(fact)}; you returned {_of_shape(fact.got)}."
    kind = "nan or infinite" if fact.kind == "nonfinite" else "wrong"
    if fact.total == 1:
        return f"{fact.label} is {kind}."
    verb = "is" if fact.wrong == 1 else "are"
    which = "one at" if fact.kind == "nonfinite" else "the worst at"
    worst = ", ".join(map(str, fact.worst))
    return f"{fact.label}: {fact.wrong} of {fact.total} entries {verb} {kind}, {which} [{worst}]."


def _have(fact: Fact) -> str:
    if fact.want == NO_AXES:
        return f"be {_of_shape(fact.want)}"
    like = re.fullmatch(r"d([A-Z]\w*|[abwxyz](\d+|_\w+)?)", fact.label)
    return f"have the shape {f'of {like[1]}, ' if like else ''}{fact.want}"


def _of_shape(shape: str) -> str:
    return "one number" if shape == NO_AXES else shape


def given_right(names: Sequence[str]) -> str:
    """Say that an answer is right but for the functions that it was built on."""
    *most, last = names
    if not most:
        return f"Right, given a right {last}: fix that one first."
    return f"Right, given right {', '.join(most)} and {last}: fix those first."


def uses_wrong(names: Sequence[str]) -> str:
    """Say that an answer that is not right calls at least one of these, which are wrong."""
    *most, last = names
    if not most:
        return f"It uses {last}, which is not right yet: fix that one first."
    return f"It uses {', '.join(most)} or {last}, which are not right yet: fix those first."
