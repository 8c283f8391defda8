"""The class report's charts as inline SVG in the page's colours: bars, and no more.

A plotting library would take longer to import than a class of thirty takes to grade.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from autograder.report.class_facts import ExerciseFacts
from autograder.report.words import number

WIDTH, HEIGHT = 500, 170
"""What the bars of the scores have to themselves."""
LEFT, TOP, BELOW = 46, 10, 46
MOST_COLUMNS = 25
MOST_TICKS = 8
MOST_LEVELS = 4
ROW, BAR = 22, 15
LETTER = 6.6
"""About how wide a letter of a name is."""
KINDS = (
    ("right", "right", "good"),
    ("partly", "partly right", "part"),
    ("wrong", "wrong", "bad"),
    ("missing", "not started", "line"),
)
"""How an exercise went: the field that counts it, in words, and the page's colour."""


def distribution(scores: Sequence[float], most: float) -> Markup:
    """How many submissions have which score; full marks have a column of their own."""
    step = max(1.0, most / MOST_COLUMNS)
    counts = [0] * (int(most / step) + 1)
    for score in scores:
        counts[min(int(score / step + 1e-9), len(counts) - 1)] += 1
    highest = max([1, *counts])
    wide = WIDTH / len(counts)
    return _drawing(
        "Distribution of scores",
        (LEFT + WIDTH + 10, TOP + HEIGHT + BELOW),
        *_levels(highest),
        *(
            _bar(LEFT + (i + 0.07) * wide, 0.86 * wide, count / highest, f"{count}")
            for i, count in enumerate(counts)
            if count
        ),
        *(
            _text(LEFT + (tick / step + 0.5) * wide, TOP + HEIGHT + 16, number(tick))
            for tick in _ticks(most, MOST_TICKS)
        ),
        _text(LEFT + WIDTH / 2, TOP + HEIGHT + 36, f"automatic points, of {number(most)}"),
    )


def shares(exercises: Sequence[ExerciseFacts]) -> Markup:
    """A bar per exercise: right, partly right, wrong, not started."""
    left = round(LETTER * max(len(exercise.name) for exercise in exercises)) + 12
    foot = TOP + ROW * (len(exercises) + 1)
    across = LEFT + WIDTH - left
    return _drawing(
        "Share of submissions with each exercise right",
        (LEFT + WIDTH + 20, foot + 26),
        *_legend(left),
        *(
            part
            for row, exercise in enumerate(exercises, start=1)
            for part in _row(exercise, left, TOP + ROW * row, across)
        ),
        *(
            _text(left + across * share / 100, foot + 16, f"{share} %")
            for share in (0, 25, 50, 75, 100)
        ),
    )


def _levels(highest: int) -> Iterator[str]:
    """The lines that counts are read from, and what is counted."""
    for level in _ticks(highest, MOST_LEVELS):
        y = TOP + HEIGHT * (1 - level / highest)
        yield f'<path style="stroke:var(--line)" d="M{LEFT} {y:g}h{WIDTH}"/>'
        yield _text(LEFT - 6, y + 4, number(level), "end")
    middle = TOP + HEIGHT / 2
    yield _text(12, middle, "submissions", turned=f' transform="rotate(-90 12 {middle:g})"')


def _bar(x: float, width: float, share: float, words: str) -> str:
    return _box(x, TOP + HEIGHT * (1 - share), width, HEIGHT * share, "bar", words)


def _row(exercise: ExerciseFacts, left: int, y: int, across: int) -> Iterator[str]:
    yield _text(left - 6, y + BAR - 3, exercise.name, "end")
    x, total = float(left), max(exercise.total, 1)
    for field, words, colour in KINDS:
        share = getattr(exercise, field) / total
        if share:
            told = f"{exercise.name}: {100 * share:.0f} % {words}"
            yield _box(x, y, across * share, BAR, colour, told)
        x += across * share


def _legend(left: int) -> Iterator[str]:
    for place, (_, words, colour) in enumerate(KINDS):
        x = left + 95 * place
        yield _box(x, TOP - 6, 10, 10, colour, words) + _text(x + 15, TOP + 3, words, "start")


def _ticks(most: float, count: int) -> Iterator[float]:
    """Round numbers from 0 to `most`, so many steps at most."""
    sizes = (base * 10**power for power in range(9) for base in (1, 2, 5))
    size = next(size for size in sizes if most <= size * count)
    return (float(size * i) for i in range(int(most / size) + 1))


def _box(x: float, y: float, width: float, height: float, colour: str, words: str) -> str:
    return (
        f'<rect style="fill:var(--{colour})" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}"><title>{escape(words)}</title></rect>'
    )


def _text(x: float, y: float, words: str, anchor: str = "middle", turned: str = "") -> str:
    return (
        f'<text style="fill:var(--ink)" font-size="12" x="{x:.1f}" y="{y:.1f}" '
        f'text-anchor="{anchor}"{turned}>{escape(words)}</text>'
    )


def _drawing(title: str, size: tuple[int, int], *parts: str) -> Markup:
    width, height = size
    return Markup(
        f'<svg class="chart" role="img" aria-label="{title}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
    )
