"""The class report in a browser: sorting, filtering, a thousand rows, no strange script."""

import pytest

from autograder.cli.main import main
from autograder.report.names import file_name
from autograder.report.summary import write_class_report
from tests.browser.pages import CONTRAST, ENOUGH
from tests.browser.results import LOG, MARKER, class_of, hostile_class
from tests.notebooks import hand_in, insert_after, solved

SET = "ps2_worked_example"
MOST_BYTES = 2_000_000
COUNT = 1_000
PATIENT = 5_000
"""Milliseconds after which a page is not quick, on however busy a machine."""
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The page of a class of a thousand."""
    return write_class_report(class_of(COUNT), tmp_path_factory.mktemp("class"))


@pytest.fixture
def seen(watched, report):
    return watched(viewport={"width": 1280, "height": 900}).open(report)


def column(page, number):
    rows = page.locator(f"tbody tr:visible td:nth-child({number})")
    return rows.all_inner_texts()


def test_a_thousand_submissions_open_sort_and_filter_at_once(watched, report):
    assert report.stat().st_size < MOST_BYTES
    seen = watched(viewport={"width": 1280, "height": 900})
    seen.page.set_default_timeout(PATIENT)
    page = seen.open(report).page
    assert page.locator("#shown").inner_text() == f"{COUNT} of {COUNT}"
    for name in ("score", "exercises", "what went wrong", "look at", "student"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("searchbox").press_sequentially("student0999")
    assert column(page, 1) == ["student0999"]
    assert seen.said == []
    assert seen.asked_elsewhere() == []


def test_columns_sort_by_number_and_by_name(seen):
    page = seen.page
    page.get_by_role("button", name="score", exact=True).click()
    scores = [float(text) for text in column(page, 2)]
    assert len(scores) == COUNT
    assert scores == sorted(scores)
    page.get_by_role("button", name="score", exact=True).click()
    assert [float(text) for text in column(page, 2)] == sorted(scores, reverse=True)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="student", exact=True).click()
    names = column(page, 1)
    assert names == sorted(names)
    page.get_by_role("button", name="look at", exact=True).click()
    looks = column(page, 5)
    assert looks == sorted(looks)
    assert looks[-1]


def test_rows_are_found_by_words_by_reason_and_by_mistake(seen):
    page = seen.page
    page.get_by_role("searchbox").fill("student00 slope")
    assert 0 < len(column(page, 1)) < 100
    assert all("slope lost" in words for words in column(page, 4))
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Show only").select_option("slow")
    assert set(column(page, 5)) == {"took too long"}
    page.get_by_label("Show only").select_option("")
    mistake = page.get_by_role("button", name="rate forgotten").first
    count = int(mistake.inner_text().split(" of ")[0])
    mistake.click()
    assert len(column(page, 1)) == count
    assert page.locator("#shown").inner_text() == f"{count} of {COUNT}"
    page.locator("#chosen").click()
    assert page.locator("#shown").inner_text() == f"{COUNT} of {COUNT}"


def test_the_charts_and_the_facts_are_those_of_the_results(seen):
    page = seen.page
    results = class_of(COUNT)
    assert page.get_by_role("img", name="Distribution of scores").is_visible()
    assert page.get_by_role("img", name="Share of submissions").is_visible()
    full = sum(result.score == result.max_score for result in results)
    assert page.locator(".facts li").nth(2).inner_text().split() == [
        str(full),
        "with",
        "all",
        "points",
    ]
    assert page.locator(".exercises section").count() == 11


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_scrolls_the_table_and_not_the_page(watched, report, scheme):
    page = watched(viewport=PHONE, color_scheme=scheme).open(report).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    scroll = page.locator(".scroll")
    assert scroll.evaluate("box => box.scrollWidth > box.clientWidth")
    for place in ("h1", ".facts b", ".soft", ".exercises button", "td a", "td:last-child"):
        assert page.locator(place).first.evaluate(CONTRAST) >= ENOUGH, place


def test_the_printed_report_is_black_on_white_and_has_no_controls(watched, report):
    page = watched(color_scheme="dark").open(report).page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#controls").is_visible()
    assert page.locator("tbody tr:visible").count() == COUNT


def test_without_scripts_the_page_is_a_plain_table(watched, report):
    seen = watched(java_script_enabled=False).open(report)
    assert not seen.page.locator("#controls").is_visible()
    assert seen.page.locator("tbody tr").count() == COUNT


def test_nothing_that_a_student_wrote_runs(watched, tmp_path):
    seen = watched().open(write_class_report(hostile_class(), tmp_path))
    page = seen.page
    page.get_by_role("button", name="student", exact=True).click()
    page.get_by_role("searchbox").fill("<script>")
    page.locator("button[data-key]").last.click()
    assert seen.said == []
    assert seen.asked_elsewhere() == []
    assert page.locator("script").count() == 1
    assert page.locator("iframe, img, a[href^=javascript], [onerror], [onload]").count() == 0
    links = page.locator("tbody a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert all(link.startswith("feedback/") for link in links)
    assert MARKER in page.content(), "the attacks are there to be read"


def test_the_policy_stops_every_script_but_ours(watched, report, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text(
        report.read_text().replace("</h1>", "</h1><script>document.title = 'x'</script>")
    )
    seen = watched().open(broken)
    assert seen.page.title() != "x"
    assert seen.page.locator("#controls").is_visible()


def test_grading_writes_the_report_with_links_to_the_pages(tmp_path, watched):
    for student in ("ada", "ben c"):
        hand_in(solved(SET), tmp_path / "in" / student / SET / f"{SET}.ipynb")
    out = graded(tmp_path / "in", tmp_path / "out")
    written = (out / "report.html").read_text()
    assert main(["report", str(out)]) == 0
    assert (out / "report.html").read_text() == written
    page = watched().open(out / "report.html").page
    assert column(page, 5) == ["same file", "same file"]
    page.get_by_role("link", name="ben c").click()
    assert page.url.endswith(f"/feedback/{file_name('ben c').replace(' ', '%20')}.html")
    assert "Well done!" in page.inner_text("body")


def test_a_student_who_attacks_in_name_words_and_outputs_runs_nothing(tmp_path, watched):
    """Through the real grader: a folder's name, an error, prints, HTML, a picture's text."""
    name = f"<img src=x onerror={LOG}>"
    raises = f'def train_step(*a):\n    raise ValueError("""<script>{LOG}</script>{name}""")'
    notebook = solved(SET, train_step=raises)
    insert_after(notebook, "train_step", OUTPUTS)
    hand_in(notebook, tmp_path / "in" / name / SET / f"{SET}.ipynb")
    out = graded(tmp_path / "in", tmp_path / "out", "--outputs")
    seen = watched().open(out / "report.html")
    assert column(seen.page, 1) == [name]
    seen.page.get_by_role("link", name=name).click()
    assert "ValueError: <script>" in seen.page.locator("#train_step").inner_text()
    seen.page.locator("summary").click()
    assert MARKER in seen.page.locator("details").inner_text()
    seen.page.wait_for_timeout(200)
    assert seen.said == []
    assert [url for url in seen.asked_elsewhere() if not url.startswith("file:")] == []


OUTPUTS = f"""
from IPython.display import HTML, Javascript, display
print("<script>{LOG}</script>")
display(HTML("<script>{LOG}</script><img src=x onerror={LOG}>"), Javascript("{LOG}"))
"""


def graded(folder, out, *options):
    """The results of `autograder grade`."""
    given = ["--assignment", SET, "--out", str(out), "--quiet", "--workers", "1", *options]
    assert main(["grade", str(folder), *given]) == 0
    return out
