"""Several results in other places: permuted, or one of them twice."""

import ast
from collections.abc import Iterator
from itertools import combinations, permutations

MOST = 4


def other_returns(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The entries of a tuple or list in other orders, or one in the place of another."""
    if not isinstance(node, ast.Tuple | ast.List):
        return
    entries = node.elts
    if len(entries) <= MOST:
        for order in permutations(entries):
            yield "result-order", type(node)(list(order), ast.Load())
    for i, j in combinations(range(len(entries)), 2) if len(entries) > MOST else ():
        swapped = list(entries)
        swapped[i], swapped[j] = entries[j], entries[i]
        yield "result-order", type(node)(swapped, ast.Load())
    for i in range(len(entries)):
        for other in entries:
            repeated = [*entries[:i], other, *entries[i + 1 :]]
            yield "result-repeated", type(node)(repeated, ast.Load())
