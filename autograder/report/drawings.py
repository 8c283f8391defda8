"""How a loss went, as inline SVG: made of numbers and of our own words alone."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT = 240, 96


def curve_drawing(heights: Sequence[int]) -> Markup:
    """How a loss went, from left to right: its highest point is at the top, 0 at the bottom."""
    step = WIDTH / (len(heights) - 1)
    places = [
        (round(i * step, 1), round(HEIGHT * (1 - height / 100), 1))
        for i, height in enumerate(heights)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in places)
    dots = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="2.5"/>' for x, y in places)
    words = curve_words(heights)
    return Markup(
        f'<svg class="curve" role="img" aria-label="{words}" width="{WIDTH + 12}" '
        f'height="{HEIGHT + 40}" viewBox="-6 -20 {WIDTH + 12} {HEIGHT + 40}"><title>{words}</title>'
        f'<path class="axis" d="M0 0V{HEIGHT}H{WIDTH}"/><polyline points="{line}"/>'
        f'<text x="-5" y="-8">loss</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 15}" text-anchor="end">steps</text>'
        f"{dots if len(heights) <= 20 else ''}</svg>"
    )


def curve_words(heights: Sequence[int]) -> str:
    """What the curve shows, in words."""
    first, last = heights[0], heights[-1]
    if last >= first:
        return "It ends no lower than it began: do the updates go downhill?"
    if any(later > before for before, later in pairwise(heights)):
        return f"It rises in between, and ends at {_share(last, first)} of where it began."
    return f"It falls to {_share(last, first)} of where it began."


def _share(last: int, first: int) -> str:
    percent = round(100 * last / first)
    return f"{percent} %" if percent else "less than 1 %"
