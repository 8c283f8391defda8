"""The pictures of ps7 as SVG text: the text shows what is given, a note shows the answers as well.

`python figures/ps7_deep_networks.py` writes the former beside the notebook.
"""

from collections.abc import Iterator
from html import escape

INK, VALUE, ERROR, GRADIENT = "#222222", "#bcd6ee", "#f3c583", "#b5d7a3"
"""Text; what runs forward; what runs back; what the parameters get. As in all sets."""

LAYERS = (1, 2, 3)
SUPERSCRIPTS = "⁰¹²³"


def recursion(answers: bool) -> str:
    """Draw three layers: values run right, error terms run left, with words or question marks."""
    label = (
        "The error terms of each layer come from the layer to its right, and make two gradients."
        if answers
        else "Values run right through three layers. Which error terms run left, and what do they "
        "make? All answers are question marks."
    )
    return _svg(920, 290, label, [*_values(), *_error_terms(answers)])


def residual() -> str:
    """Draw a residual layer: its input reaches the output through the sigmoid and beside it."""
    names = {60: "A_prev", 250: "Z", 430: "σ(Z)", 590: "+", 720: "A"}
    label = "The input reaches the output twice: through W, b and the sigmoid, and unchanged."
    parts = [_node(x, 120, name, VALUE) for x, name in names.items()]
    parts += [_arrow(x, 120, y, 120) for x, y in ((94, 216), (284, 396), (464, 556), (624, 686))]
    parts += [_words(155, 108, "W, b"), _words(340, 108, "σ"), _words(325, 40, "the skip")]
    parts += [_path("M 60 94 V 56 H 590 V 92", INK)]
    return _svg(780, 170, label, parts)


def _values() -> Iterator[str]:
    names = ["A⁰ = X", "Z¹", "A¹", "Z²", "A²", "Z³", "P", "J"]
    steps = ["W¹, b¹", "σ", "W², b²", "σ", "W³, b³", "softmax", "y"]
    for i, name in enumerate(names):
        yield _node(60 + 115 * i, 60, name, VALUE)
    for i, step in enumerate(steps):
        yield _arrow(94 + 115 * i, 60, 141 + 115 * i, 60)
        yield _words(117 + 115 * i, 28, step)


def _error_terms(answers: bool) -> Iterator[str]:
    for layer in LAYERS:
        x, own, below = 175 + 230 * (layer - 1), SUPERSCRIPTS[layer], SUPERSCRIPTS[layer - 1]
        yield _path(f"M {x} 86 V 134", "#999999", dashed=True)
        yield _node(x, 160, f"δ{own}", ERROR)
        yield _arrow(x, 186, x, 214, GRADIENT)
        yield _words(x, 234, f"∇W{own} = " + (f"δ{own}(A{below})ᵀ/N + λW{own}" if answers else "?"))
        yield _words(x, 260, f"∇b{own} = " + (f"δ{own}𝟏/N" if answers else "?"))
        if layer > 1:
            yield _arrow(x - 34, 160, x - 196, 160, ERROR)
            way = f"(W{own})ᵀδ{own} ⊙ A{below} ⊙ (1−A{below})" if answers else "?"
            yield _words(x - 115, 148, way, 12 if answers else 15)
    yield _arrow(838, 84, 672, 150, ERROR)
    yield _words(790, 140, "P − Y" if answers else "?")


def _node(x: int, y: int, name: str, colour: str) -> str:
    shape = f'<rect x="{x - 34}" y="{y - 26}" width="68" height="52" rx="8" fill="{colour}"'
    return f'{shape} stroke="{INK}"/>' + _words(x, y + 6, name)


def _words(x: int, y: int, words: str, size: int = 15) -> str:
    place = f'x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="{INK}"'
    return f"<text {place}>{escape(words)}</text>"


def _arrow(x: int, y: int, to_x: int, to_y: int, colour: str = INK) -> str:
    return _path(f"M {x} {y} L {to_x} {to_y}", colour)


def _path(way: str, colour: str, *, dashed: bool = False) -> str:
    end = ' stroke-dasharray="4 4"' if dashed else ' marker-end="url(#tip)"'
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="2"{end}/>'


def _svg(width: int, height: int, label: str, parts: list[str]) -> str:
    """One picture on white; ASCII, so that no program on the way can misread a letter."""
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'role="img" aria-label="{escape(label)}" font-family="DejaVu Sans, Arial, sans-serif" '
        'style="max-width:100%;height:auto">'
    )
    head = "M 0 0 L 8 4 L 0 8 z"
    tip = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="{head}" fill="{INK}"/></marker></defs>'
    )
    ground = f'<rect width="{width}" height="{height}" fill="white"/>'
    drawing = "\n".join([start, tip, ground, *parts, "</svg>"]) + "\n"
    return drawing.encode("ascii", "xmlcharrefreplace").decode()
