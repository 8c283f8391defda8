"""The picture of the results: one bar per way to grade, on a logarithmic scale."""

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt


def draw(results: dict, path: Path) -> None:
    """Draw the marginal cost of a submission for each way."""
    ways = list(results["ways"].values())
    with mpl.rc_context({"svg.hashsalt": "benchmarks", "font.size": 10}):
        figure, axes = plt.subplots(figsize=(7.2, 2.4), layout="constrained")
        names, costs = [way["name"] for way in ways], [way["marginal_ms"] for way in ways]
        bars = axes.barh(names, costs, color=["#8d99ae", "#5c7cba", "#2f6fdb", "#cbd3df"])
        axes.bar_label(bars, [f"{cost:,.1f} ms" for cost in costs], padding=4)
        axes.set_xscale("log")
        axes.set_xlim(1, 6 * max(costs))
        axes.set_xlabel("milliseconds for one more submission (logarithmic)")
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
