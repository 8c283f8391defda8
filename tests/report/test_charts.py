"""The class report's charts: what their bars say is what was counted."""

import re
from xml.etree import ElementTree

import pytest

from autograder.report.charts import HEIGHT, distribution, shares
from autograder.report.class_facts import ExerciseFacts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup):
    """The SVG as a tree."""
    return ElementTree.fromstring(str(markup).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def boxes(markup, colour=""):
    return [box for box in drawn(markup).iter(f"{SVG}rect") if f"--{colour}" in box.get("style")]


def texts(markup):
    return [text.text for text in drawn(markup).iter(f"{SVG}text")]


def facts(name="sigmoid", **counts):
    known = {"right": 0, "partly": 0, "wrong": 0, "missing": 0, **counts}
    return ExerciseFacts(key="1", name=name, points=1.0, mistakes=(), **known)


def test_each_score_stands_in_its_column_and_full_marks_in_the_last():
    chart = distribution([0, 2, 2, 2.5, 3], 3)
    bars = boxes(chart, "bar")
    assert [bar[0].text for bar in bars] == ["1", "3", "1"]
    heights = [float(bar.get("height")) for bar in bars]
    assert heights == pytest.approx([HEIGHT / 3, HEIGHT, HEIGHT / 3], abs=0.1)
    assert len({bar.get("x") for bar in bars}) == 3


@pytest.mark.parametrize("most", [0, 1, 7.5, 40, 137, 1000])
def test_any_number_of_points_can_be_drawn(most):
    """Full marks are there, with a few round numbers on the axis, none beyond."""
    chart = distribution([0, most / 2, most], most)
    assert sum(int(bar[0].text) for bar in boxes(chart, "bar")) == 3
    *numbers, words = texts(chart)
    assert words == f"automatic points, of {most:g}"
    ticks = [float(text) for text in numbers[numbers.index("submissions") + 1 :]]
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= 10
    assert ticks[-1] <= most


def test_a_class_of_nobody_has_a_chart_without_bars():
    assert boxes(distribution([], 10), "bar") == []


def test_an_exercise_is_as_wide_as_its_shares():
    chart = shares([facts(right=2, partly=1, missing=1), facts("relu", wrong=3)])
    widths = {box[0].text: float(box.get("width")) for box in boxes(chart) if ":" in box[0].text}
    assert list(widths) == [
        "sigmoid: 50 % right",
        "sigmoid: 25 % partly right",
        "sigmoid: 25 % not started",
        "relu: 100 % wrong",
    ]
    half, quarter, other, whole = widths.values()
    assert (half, quarter, other) == pytest.approx((whole / 2, whole / 4, whole / 4), abs=0.1)


def test_names_are_text_and_the_colours_are_the_pages_own():
    chart = shares([facts("<b>&", right=1)])
    assert "<b>&" in texts(chart)
    assert set(re.findall(r"var\(--(\w+)\)", chart)) == {"ink", "good", "part", "bad", "line"}
    assert "#" not in chart
