"""The student's page in a real browser: what is seen, on what, and what never runs."""

from dataclasses import replace

import pytest

from autograder.exercise.facts import Fact
from autograder.records import CheckReport, ExerciseReport, Graded
from autograder.report.feedback import NO_SECTIONS, render
from autograder.report.sections import sections
from tests.browser.pages import CONTRAST, ENOUGH
from tests.browser.results import hostile, hostile_outputs, sample
from tests.notebooks import submission

SET = "ps2_worked_example"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def taught():
    return sections(submission(SET))


def written(report, folder, taught=NO_SECTIONS, shown=None):
    path = folder / "page.html"
    path.write_text(render(Graded(report, shown), taught))
    return path


def page_of(student, folder, taught):
    return written(sample(SET, student), folder, taught)


@pytest.mark.parametrize("student", ["ada_all_right", "eli_common_mistakes", "kim_endless_loop"])
def test_a_page_is_quiet_whole_and_fits_a_phone(watched, tmp_path, taught, student):
    seen = watched(viewport=PHONE).open(page_of(student, tmp_path, taught))
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    assert seen.page.locator("section").count() == 11
    assert seen.page.locator("script").count() == 0
    assert seen.said == []
    assert seen.asked_elsewhere() == []


def test_a_mistake_has_its_sentence_and_the_section_to_read_again(watched, tmp_path, taught):
    page = watched().open(page_of("eli_common_mistakes", tmp_path, taught)).page
    box = page.locator("#hidden_error_term").inner_text()
    assert "not through the hidden unit's sigmoid" in box
    assert "2.4 Two error terms" in box
    assert box.count("not through the hidden unit's sigmoid") == 1
    followed = page.locator("#loss_gradients").inner_text()
    assert "fix those first" in followed
    assert "A mistake costs once" in followed


def test_what_is_right_is_a_line_and_only_mixed_parts_are_listed(watched, tmp_path, taught):
    page = watched().open(page_of("eli_common_mistakes", tmp_path, taught)).page
    assert "✓ right · 1 of 1" in page.locator("#forward.brief").inner_text()
    assert page.locator(".checks").count() == 3
    assert page.locator("#train_step .checks").inner_text().split()[0] in "✓✗"
    all_right = watched().open(page_of("ada_all_right", tmp_path, taught)).page
    assert all_right.locator(".brief").count() == 11
    assert all_right.locator("nav").count() == 0


def test_the_links_on_top_lead_to_the_exercises(watched, tmp_path, taught):
    page = watched().open(page_of("kim_endless_loop", tmp_path, taught)).page
    page.get_by_role("link", name="hidden_error_term").click()
    assert page.url.endswith("#hidden_error_term")
    assert "took too long" in page.locator("#hidden_error_term").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper_in_both_schemes(watched, tmp_path, taught, scheme):
    page = watched(color_scheme=scheme).open(page_of("eli_common_mistakes", tmp_path, taught)).page
    for place in ("h1", ".soft", ".passed .state", ".wrong .state", ".part .state", ".again"):
        assert page.locator(place).first.evaluate(CONTRAST) >= ENOUGH, place


def test_a_picture_shows_where_a_matrix_differs_and_a_curve_how_the_loss_went(watched, tmp_path):
    pattern = CheckReport("dW", "wrong", 0.0, 1.0, Fact("values", "f"), pattern=("x..", "..x"))
    exercise = ExerciseReport("f", "wrong", 0.0, 1.0, (pattern,), curve=(100, 60, 70, 20))
    seen = watched().open(tmp_path / write_page(tmp_path, exercise))
    assert seen.page.locator(".pattern rect").count() == 6
    assert seen.page.locator(".pattern rect.off").count() == 2
    name = "2 of 6 entries differ: they are crossed"
    assert seen.page.get_by_role("img", name=name).is_visible()
    assert seen.page.locator(".curve circle").count() == 4
    assert "ends at 20 % of where it began" in seen.page.inner_text("#f")


def write_page(folder, exercise):
    (folder / "page.html").write_text(render(Graded(plain(exercise))))
    return "page.html"


def plain(exercise):
    return replace(hostile("ada"), exercises=(exercise,), reason="", repairs=(), cell_failures=())


def test_nothing_that_a_student_wrote_runs(watched, tmp_path):
    seen = watched().open(written(hostile(), tmp_path, shown=hostile_outputs()))
    page = seen.page
    page.locator("summary").click()
    page.wait_for_timeout(200)
    assert seen.said == []
    assert seen.asked_elsewhere() == []
    assert page.locator("script, iframe, a[href^=javascript], [onerror], [onload]").count() == 0
    assert page.locator("details img").count() == 1
    assert page.locator("meta[http-equiv=refresh]").count() == 0


def test_the_policy_alone_would_stop_a_script(watched, tmp_path):
    """If escaping ever failed, the page's own policy would still hold."""
    text = render(Graded(hostile("ada"), hostile_outputs()))
    place = tmp_path / "broken.html"
    place.write_text(text.replace("</body>", "<script>console.log('ran')</script></body>"))
    seen = watched().open(place)
    assert "ran" not in seen.said
    assert any("Content Security Policy" in words for words in seen.said)


def test_the_printed_page_is_black_on_white_and_without_the_links(watched, tmp_path, taught):
    page = watched(color_scheme="dark").open(page_of("kim_endless_loop", tmp_path, taught)).page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav").is_visible()
