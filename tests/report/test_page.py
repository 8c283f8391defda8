"""The graded notebook: what nbgrader will read from it, and what may stand in it."""

import base64
import html
import math
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbgrader.utils import determine_grade

from autograder.errors import SpecError
from autograder.exercise.facts import Fact
from autograder.extract.extract import read_submission
from autograder.nbgrader_plugin.page import graded_page, plain_score
from autograder.nbgrader_plugin.student_outputs import output_nodes
from autograder.records import (
    CellFailure,
    CellOutcome,
    CheckReport,
    ExerciseReport,
    Graded,
    Outcome,
    Report,
    Submission,
)
from autograder.report.sanitise import harmless_markdown
from autograder.report.words import findings
from tests.small_course import NAME, handed_in, small_release, write

RELEASE = small_release()
PNG = base64.b64encode(b"\x89PNG not really").decode()


@pytest.fixture
def submission(tmp_path) -> Submission:
    """A submission of the small assignment."""
    path = write(tmp_path, handed_in(double="def double(x):\n    return 2 * x"))
    return read_submission(path, student="ada", release=RELEASE)


def report(submission, double=2.0, halve=0.0, outputs=(), **changes):
    """A report with these scores; every cell printed `outputs`."""
    cells = tuple(CellOutcome("ran", outputs=tuple(outputs)) for _ in submission.cells)
    exercises = (
        ExerciseReport("double", "passed", double, 2.0, ()),
        ExerciseReport("halve", "wrong", halve, 2.0, ()),
    )
    plain = Report(
        student="ada",
        assignment=NAME,
        status="graded",
        score=double + halve,
        max_score=4.0,
        exercises=exercises,
        digest=submission.digest,
        seed=0,
        isolation="none",
        seconds=0.0,
    )
    return Graded(replace(plain, **changes), Outcome(cells, (), "none"))


def stored(page):
    """What nbgrader makes of each test cell of the page."""
    tests = [c for c in page.cells if c.metadata.get("nbgrader", {}).get("grade")]
    return {c.metadata.nbgrader.grade_id: determine_grade(c)[0] for c in tests}


def test_parts_that_are_all_wrong_share_a_line():
    """A part of which some is right, or whose mistake is known, keeps its own."""
    facts = [
        Fact("values", "W1", wrong=4, total=4, worst=(1, 0)),
        Fact("values", "b1", wrong=1, total=2, worst=(1,)),
        Fact("values", "W2", wrong=6, total=6, worst=(0, 0)),
        Fact("values", "b2", wrong=2, total=2, worst=(0,)),
        Fact("values", "b3", wrong=3, total=3, worst=(2,)),
    ]
    nudges = {"W2": "Is the 1/N missing?"}
    checks = tuple(
        CheckReport(fact.label, "wrong", 0.0, 1.0, fact, nudge=nudges.get(fact.label, ""))
        for fact in facts
    )
    told = [*findings(ExerciseReport("train", "wrong", 0.0, 5.0, checks))]
    assert told == [
        "W1, b2 and b3: all entries are wrong.",
        "b1: 1 of 2 entries is wrong, the worst at [1].",
        "W2: 6 of 6 entries are wrong, the worst at [0, 0]. Is the 1/N missing?",
    ]


@pytest.mark.parametrize("score", [0.0, 0.1 + 0.2, 1.5, 2.0])
def test_nbgrader_reads_exactly_the_score(submission, score):
    """Partial credit survives to the last digit, and zero is not mistaken for success."""
    page = graded_page(submission, report(submission, double=score), RELEASE)
    assert stored(page)["test_double"] == score
    assert stored(page)["test_halve"] == 0.0


@pytest.mark.parametrize(
    ("score", "read"),
    [(math.nan, "0.0"), (math.inf, "0.0"), (-1.0, "0.0"), (5, "2.0"), (True, "1.0")],
)
def test_no_score_can_surprise_nbgrader(score, read):
    """nan, negatives and booleans would count as full marks, too many points would raise."""
    assert plain_score(score, 2) == read


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](javascript\\:alert(1))",
        "[a](javascript&amp;colon;alert(1))",
        "[a](javascript&amp#58;alert(1))",
        "[a](javascript&AMP;colon;alert(1))",
        "[a](java\\&Tab;script:alert(1))",
        "![a](javascript&colon;alert(1))",
        "[a]: <javascript&colon;alert(1)>\n\n[a]",
        "[a]: javascript:alert(1)",
        "$\\href{java\nscript:alert(1)}{x}$",
        "$\\href{vbscript :x}{x}$",
    ],
)
def test_no_link_of_a_student_runs_a_script(text):
    """However it is spelled, also behind the renderer, which reads links twice; others stay."""
    told = html.unescape("".join(harmless_markdown(text).split())).lower()
    assert not any(f"{scheme}script:" in told for scheme in ("java", "vb"))
    page = BeautifulSoup(markdown2html_mistune(harmless_markdown(text)), "html.parser")
    addresses = [str(tag.get("href") or tag.get("src")) for tag in page(["a", "img"])]
    read = [re.sub(r"[\x00-\x20]", "", address).lower() for address in addresses]
    assert not any(address.startswith(("javascript:", "vbscript:")) for address in read)
    assert harmless_markdown("[a](https://x.org) a: b & c") == "[a](https://x.org) a: b & c"


@pytest.mark.parametrize(
    "formula",
    [
        r"\href{https://x.org}{x}",
        r"\newcommand{\y}[1]{\href{java#1:alert(1)}{x}}\y{script}",
        r"\let\y\href \y{x}",
        r"\csname href\endcsname{x}{y}",
        r"\style{position:fixed}{x}",
        r"\require{html}\cssId{a}{x}\class{b}{y}",
    ],
)
def test_no_formula_of_a_student_becomes_html(formula):
    """MathJax would put an address together from macros, where nobody could see it before."""
    left = re.findall(r"\\([A-Za-z]+)", harmless_markdown(f"${formula}$"))
    assert not {"href", "style", "class", "cssId", "csname", "require"} & set(left)
    assert harmless_markdown(r"$\displaystyle\frac{a}{b}$") == r"$\displaystyle\frac{a}{b}$"


def test_what_test_cells_print_counts_for_nothing(submission):
    """A stream on stderr would be a zero, a first number full marks."""
    noise = [
        {"output_type": "stream", "name": "stderr", "text": "oops"},
        {"output_type": "execute_result", "data": {"text/plain": "2.0"}},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    ]
    page = graded_page(submission, report(submission, outputs=noise), RELEASE)
    assert stored(page) == {"test_double": 2.0, "test_halve": 0.0, "derivation": None}


def test_an_unreadable_file_becomes_the_blank_notebook_with_the_reason():
    """Staff see a page, and the hand-graded question is no work for them."""
    nothing = Submission("ada", NAME, "00", problem="x.ipynb is empty.")
    words = {"status": "not_graded", "reason": "<b>[x].ipynb is empty."}
    page = graded_page(nothing, report(nothing, double=0.0, **words), RELEASE)
    assert page.cells[0].source == "**Not graded.** &#60;b&#62;&#91;x&#93;.ipynb is empty."
    assert page.cells[1:] != []
    assert stored(page)["test_double"] == 0.0


def test_repairs_and_stopped_cells_are_told_first(submission):
    """On top of the page, where a student looks."""
    stopped = CellFailure("x = 1", "timed_out")
    told = {"repairs": ("A test was put back.",), "cell_failures": (stopped,)}
    page = graded_page(submission, report(submission, **told), RELEASE)
    words = "- A test was put back.\n- The cell that begins with “x = 1” was stopped"
    assert words in page.cells[0].source


@pytest.mark.parametrize(
    "exercises",
    [
        (ExerciseReport("double", "passed", 2.0, 2.0, ()),),
        (
            ExerciseReport("double", "passed", 2.0, 2.0, ()),
            ExerciseReport("halve", "passed", 3.0, 3.0, ()),
        ),
        tuple(
            ExerciseReport(name, "passed", 2.0, 2.0, ()) for name in ("double", "halve", "third")
        ),
    ],
)
def test_a_notebook_that_does_not_fit_its_spec_is_the_grader_s_fault(submission, exercises):
    """Points that cannot be stored are an error for staff, never a wrong score."""
    with pytest.raises(SpecError):
        graded_page(submission, report(submission, exercises=exercises), RELEASE)


def test_pictures_and_text_stay_and_active_content_goes():
    """The formgrader shows HTML as it comes, to somebody who is signed in."""
    data = {
        "text/plain": "<Figure>",
        "image/png": PNG,
        "image/jpeg": '"><script>alert(1)</script>',
        "image/svg+xml": "<svg onload='alert(1)'/>",
        "application/javascript": "alert(1)",
        "text/html": "<b onclick='x()'>bold</b><script>alert(1)</script>",
        "text/markdown": "<script>alert(1)</script>",
    }
    assert shown(data).keys() == {"text/plain", "image/png"}
    assert shown({"text/html": "<b>bold</b>"}) == {"text/plain": "<b>bold</b>"}


def test_html_is_shown_as_text():
    """Its own text where it has one, as a data frame has or check(); else what was displayed."""
    table = {"text/plain": "   a\n0  1", "text/html": "<table><tr><td>1</td></tr></table>"}
    assert shown(table) == {"text/plain": "   a\n0  1"}
    page = {"text/plain": "<IPython.core.display.HTML object>", "text/html": "<b>bold</b>"}
    assert shown(page) == {"text/plain": "<b>bold</b>"}


def shown(data):
    """What is left of an output."""
    (output,) = output_nodes([{"output_type": "display_data", "data": data}])
    return output.data


@pytest.mark.parametrize("odd", [None, 7, "x", [], {"output_type": 3}, {"output_type": "stream"}])
def test_malformed_outputs_stop_nobody(odd):
    """They come from the student's process."""
    kinds = ("stream", "error", "display_data", "execute_result")
    shapes = [odd, *({"output_type": kind, "data": odd, "text": odd} for kind in kinds)]
    assert all(output.output_type in kinds for output in output_nodes(shapes))


def test_formulas_survive_and_tags_do_not():
    """a<b means the same with a space; a tag does not begin."""
    assert harmless_markdown("$a<b$ and 1<2 <img onerror=x>") == "$a< b$ and 1<2 < img onerror=x>"
