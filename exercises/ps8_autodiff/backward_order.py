"""8.4 In which order to go back: each node after all nodes that read it; any such order."""

from collections.abc import Sequence

from numpy.random import Generator

from autograder.exercise import Arguments, Check, Draw, Exercise, Mistake, Sizes
from exercises.judges import (
    BY_NUMBER,
    FORWARD_ORDER,
    LEADING_NOWHERE,
    NEAREST_FIRST,
    is_backward_order,
)
from solutions import autodiff

Parents = list[list[int]]
CHAIN = 1_999
"""Nodes of the long chain: twice as many as Python's calls may be deep."""


def small_graph(rng: Generator, sizes: Sizes) -> Arguments:
    """(parents, output) of 10 to 12 nodes with shared ancestors, all of which lead to output."""
    return _shuffled(rng, _graph(rng, int(rng.integers(10, 13))), dead=0)


def with_dead_ends(rng: Generator, sizes: Sizes) -> Arguments:
    """The same with nodes that read others and are read by none that leads to output."""
    dead = int(rng.integers(2, 4))
    return _shuffled(rng, _graph(rng, int(rng.integers(8, 10))), dead)


def long_chain(rng: Generator, sizes: Sizes) -> Arguments:
    """Each node reads one other; the numbers carry no order."""
    return _shuffled(rng, [[], *([k] for k in range(CHAIN - 1))], dead=0)


def _graph(rng: Generator, count: int) -> Parents:
    """Node k reads earlier ones, one of them perhaps twice; all but the last are read.

    Node 0 is read by 1, and twice by the last node, which reads 1 by way of 2: whoever counts its
    readers and its places differently puts it too early, or nowhere.
    """
    parents: Parents = [[], [0], [1], []]
    for k in range(4, count):
        read = {one for others in parents for one in others}
        unread = [one for one in range(3, k) if one not in read]
        others = [int(one) for one in rng.integers(1, k, size=rng.integers(1, 3))]
        parents.append([*others, unread[rng.integers(len(unread))]])
    read = {one for others in parents for one in others}
    parents[-1] += [one for one in range(2, count - 1) if one not in read]
    parents[-1] += [2, 0, 0]
    return parents


def _shuffled(rng: Generator, parents: Parents, dead: int) -> Arguments:
    """(parents, output) with numbers that carry no order; `dead` nodes more lead nowhere."""
    count = len(parents)
    ends = [[int(one) for one in rng.integers(0, count, size=2)] for _ in range(dead)]
    if dead:
        ends[-1].append(count)  # a dead end that another one reads
    number = [int(one) for one in rng.permutation(count + dead)]
    shuffled: Parents = [[] for _ in number]
    for k, others in enumerate([*parents, *ends]):
        shuffled[number[k]] = [number[one] for one in others]
    return shuffled, number[count - 1]


def ancestors(parents: Parents, output: int) -> list[int]:
    """`output` and all that leads to it, by breadth: nearest first."""
    found = {output: None}  # a dict keeps the order in which its keys came
    nearest = [output]
    while nearest:
        nearest = [one for node in nearest for one in parents[node] if one not in found]
        found |= dict.fromkeys(nearest)
        nearest = list(dict.fromkeys(nearest))
    return list(found)


def on_arrival(parents: Parents, output: int) -> list[int]:
    """By depth, each node where it is first met."""
    found: dict[int, None] = {}
    waiting = [output]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            waiting += reversed(parents[node])
    return list(found)


def by_number(parents: Parents, output: int) -> list[int]:
    """The largest number first."""
    return sorted(ancestors(parents, output), reverse=True)


def everything(parents: Parents, output: int) -> list[int]:
    """A right order, and then the nodes that lead to no output."""
    order = autodiff.backward_order(parents, output)
    return order + sorted(set(range(len(parents))) - set(order))


def hard_enough(cases: Sequence[Arguments]) -> bool:
    """Whether no cheap order is a right one: by breadth, by depth on arrival, by number."""
    return all(
        is_backward_order(cheap(*case), case) is not True
        for case in cases
        for cheap in (ancestors, on_arrival, by_number)
    )


def oracle(parents: Parents, output: int) -> list[int]:
    """The reference's own order, if it is a right one: there are many, and laws compare numbers."""
    readers: dict[int, set[int]] = {node: set() for node in ancestors(parents, output)}
    for node in readers:
        for parent in parents[node]:
            readers[parent].add(node)
    order: dict[int, None] = {}
    for node in autodiff.backward_order(parents, output):
        if not readers[node] <= order.keys():
            raise ValueError(f"{node} stands before one that reads it")
        order[node] = None
    return list(order) if len(order) == len(readers) else []


SMALL, DEAD, LONG = "small graphs", "dead ends left out", "long chain"
EXPECTS = "Some node stands before one that reads it, or the list has other nodes than it should."


def open_check(name: str, points: float, draw: Draw, fixed: bool = False) -> Check:
    """A check that any right order passes, however many nodes are listed."""
    return Check(
        name,
        points,
        draw=draw,
        fixed=fixed,
        accept=is_backward_order,
        any_form=True,
        expects=EXPECTS,
    )


EXERCISE = Exercise(
    reference=autodiff.backward_order,
    draw=small_graph,
    oracle=oracle,
    decides=hard_enough,
    axes="N",  # three graphs, and not two
    examples=False,
    reveal=(
        "Go down by depth and write a node only when all that it reads is written; this list, "
        "turned around, is a *topological order*: $k$ stands before $p$ wherever $k$ reads $p$. "
        "A stack of your own does what recursion does, and has no limit of about 1,000 levels."
    ),
    checks=(
        open_check(SMALL, 1.5, small_graph),
        open_check(DEAD, 0.5, with_dead_ends),
        open_check(LONG, 0.5, long_chain, fixed=True),
    ),
    mistakes=(
        Mistake(
            "breadth-first",
            ancestors,
            NEAREST_FIRST,
            loses=(SMALL, DEAD),
        ),
        Mistake(
            "by-number",
            by_number,
            BY_NUMBER,
        ),
        Mistake(
            "forward-order",
            lambda parents, output: autodiff.backward_order(parents, output)[::-1],
            FORWARD_ORDER,
        ),
        Mistake(
            "everything",
            everything,
            LEADING_NOWHERE,
            loses=(DEAD,),
        ),
    ),
)
