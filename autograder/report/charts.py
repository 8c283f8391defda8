"""The class report's charts, drawn by matplotlib as inline SVG that takes the page's colours."""

import io
import re
from collections.abc import Sequence

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.report.class_facts import ExerciseFacts
from autograder.report.words import number

INK, LINE, BAR, GOOD, PART, BAD = (f"#00010{i}" for i in range(6))
COLOURS = {INK: "ink", LINE: "line", BAR: "bar", GOOD: "good", PART: "part", BAD: "bad"}
"""Stand-ins that matplotlib understands, and the page's colours that take their places."""
MOST_BINS = 25
SETTINGS = {
    "svg.fonttype": "none",
    "svg.image_inline": False,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 10,
    "text.parse_math": False,
}


def distribution(scores: Sequence[float], most: float) -> Markup:
    """How many submissions have which score; the highest bar's column holds full marks."""
    figure, step = Figure(figsize=(7, 3), layout="constrained"), max(1.0, most / MOST_BINS)
    edges = [i * step for i in range(int(most / step) + 2)]
    with mpl.rc_context({**SETTINGS, "svg.hashsalt": "distribution"}):
        axes = figure.subplots()
        axes.hist(scores, bins=edges, align="left", rwidth=0.85, color=BAR)
        axes.set_xlim(-0.6 * step, most + 0.6 * step)
        axes.set_xlabel(f"automatic points, of {number(most)}")
        axes.set_ylabel("submissions")
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        return _inline(figure, "Distribution of scores")


def shares(exercises: Sequence[ExerciseFacts]) -> Markup:
    """A bar per exercise: right, partly right, wrong, not started."""
    names = [exercise.name for exercise in exercises]
    with mpl.rc_context({**SETTINGS, "svg.hashsalt": "shares"}):
        figure = Figure(figsize=(7, 0.55 + 0.3 * len(names)), layout="constrained")
        axes = figure.subplots()
        left = [0.0] * len(names)
        for field, colour in (("right", GOOD), ("partly", PART), ("wrong", BAD), ("missing", LINE)):
            widths = [100 * getattr(e, field) / max(e.total, 1) for e in exercises]
            label = {"partly": "partly right", "missing": "not started"}.get(field, field)
            axes.barh(names, widths, left=left, height=0.7, color=colour, label=label)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.xaxis.set_major_formatter("{x:.0f} %")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper right", ncols=4, frameon=False, fontsize=9)
        return _inline(figure, "Share of submissions with each exercise right")


def _inline(figure: Figure, title: str) -> Markup:
    """The SVG element alone, in the page's colours, with nothing that another chart also has."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = file.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(r' id="[A-Za-z.]+_\d+"', "", text).replace("*{", ".chart *{")
    for stand_in, name in COLOURS.items():
        text = text.replace(stand_in, f"var(--{name})")
    return Markup(text.replace("<svg ", f'<svg class="chart" role="img" aria-label="{title}" ', 1))
