"""Draw the pictures of ps8: a program of three steps, and the fifteen steps of 8.6.

The second stands in the note of 8.6.

Run it from the course's folder: python figures/ps8_autodiff.py
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "source" / "ps8_autodiff" / "example.svg"
PROGRAM = ROOT / "exercises" / "ps8_autodiff" / "program.svg"

LEAF, STEP, LOSS, INK = "#bcd6ee", "#eeeeee", "#f3c583", "#222222"
COLUMN, ROW, WIDE, HIGH = 86, 58, 58, 34
"""Pixels from one column, or row, to the next, and the size of a box."""


@dataclass(frozen=True)
class Node:
    """A box: where it stands, what is written in it, and which boxes it reads."""

    column: float
    row: float
    words: str
    reads: tuple[str, ...] = ()

    @property
    def at(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.column + 0.5) * COLUMN, (self.row + 0.5) * ROW


Graph = Mapping[str, Node]

THREE_STEPS: Graph = {
    "0": Node(0, 0.2, "0: x"),
    "1": Node(0, 1.2, "1: y"),
    "2": Node(1.5, 0.2, "2: mul", ("0", "1")),
    "3": Node(3, 0.7, "3: add", ("2", "1")),
    "4": Node(4.5, 0.7, "4: sum", ("3",)),
}
MINUS, SIGMA = "&#8722;", "&#963;"
FIFTEEN_STEPS: Graph = {
    "W1": Node(0, 0, "W1"),
    "X": Node(0, 1, "X"),
    "b1": Node(1, 2, "b1"),
    "W1X": Node(1, 1, "matmul", ("W1", "X")),
    "Z1": Node(2, 1, "add", ("W1X", "b1")),
    "A1": Node(3, 1, SIGMA, ("Z1",)),
    "W2": Node(3, 0, "W2"),
    "b2": Node(4, 2, "b2"),
    "W2A1": Node(4, 1, "matmul", ("W2", "A1")),
    "Z2": Node(5, 1, "add", ("W2A1", "b2")),
    "A2": Node(6, 1, SIGMA, ("Z2",)),
    "one": Node(6, 2.3, "1"),
    "Y": Node(7, 0, "Y"),
    "Y again": Node(6, 3.3, "Y"),
    "log": Node(7, 1, "log", ("A2",)),
    "1-A2": Node(7, 2, "sub", ("one", "A2")),
    "1-Y": Node(7, 3, "sub", ("one", "Y again")),
    "log1-": Node(8, 2, "log", ("1-A2",)),
    "ones": Node(9, 0.5, "mul", ("Y", "log")),
    "zeros": Node(9, 2.5, "mul", ("1-Y", "log1-")),
    "both": Node(10, 1.5, "add", ("ones", "zeros")),
    "total": Node(11, 1.5, "sum", ("both",)),
    "scale": Node(11, 0.5, f"{MINUS}1/N"),
    "loss": Node(12, 1.5, "mul", ("scale", "total")),
}


def main() -> None:
    """Write both pictures; the same bytes each time."""
    EXAMPLE.write_text(svg(THREE_STEPS, "Three steps as a graph; leaf 1 is read twice"), "ascii")
    words = "Fifteen steps from W1, X and b1 on the left to the loss on the right; A2 is read twice"
    PROGRAM.write_text(svg(FIFTEEN_STEPS, words), "ascii")


def svg(graph: Graph, words: str) -> str:
    """The text of a picture, in ASCII."""
    width = (max(node.column for node in graph.values()) + 1) * COLUMN
    height = (max(node.row for node in graph.values()) + 1) * ROW
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"',
        f' width="{width:g}" role="img" aria-label="{words}" font-family="sans-serif"',
        ' font-size="14" text-anchor="middle">',
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        '<defs><marker id="step" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"',
        f' markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{INK}"/></marker></defs>',
        f'<g fill="none" stroke="{INK}" stroke-width="1.3" marker-end="url(#step)">',
        *(arrow(graph[one], node) for node in graph.values() for one in node.reads),
        "</g>",
        *(part for node in graph.values() for part in box(node, node is [*graph.values()][-1])),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def arrow(start: Node, end: Node) -> str:
    """From the right side of one box to the left side of another."""
    (x, y), (to_x, to_y) = start.at, end.at
    return f'<path d="M{x + WIDE / 2:g} {y:g}L{to_x - WIDE / 2:g} {to_y:g}"/>'


def box(node: Node, last: bool) -> Iterator[str]:
    """A box and what is written in it: leaves, steps and the loss have colours of their own."""
    x, y = node.at
    colour = LOSS if last else STEP if node.reads else LEAF
    round_ = "" if node.reads else ' rx="14"'
    corner = f'x="{x - WIDE / 2:g}" y="{y - HIGH / 2:g}"'
    size = f'width="{WIDE}" height="{HIGH}"'
    yield f'<rect {corner} {size}{round_} fill="{colour}" stroke="{INK}"/>'
    yield f'<text x="{x:g}" y="{y + 5:g}" fill="{INK}">{node.words}</text>'


if __name__ == "__main__":
    main()
