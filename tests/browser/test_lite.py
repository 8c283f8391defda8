"""`make lite`: the student course as a site, served by a plain web server, in Chromium.

numpy and matplotlib are stubs here (tests/pyodide.py): what is tested is all around them.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.student.publish import publish
from tests.browser.jupyter import cell_with, free_port, wait_for
from tests.browser.pages import Watched
from tests.course import ROOT
from tests.pyodide import VERSION, distribution

pytestmark = pytest.mark.nightly
SET = "ps1_derivatives"
JUPYTERLITE = Path(sys.prefix, "lite", "bin", "python")
CELLS = ('SET, FILES = "ps1', "import matplotlib.pyplot", "def sigmoid(", "check(sigmoid)")
RAN = re.compile(r"\[\d+\]")
"""What stands beside a cell when it is done."""
PATIENCE = 400_000
"""Milliseconds: a kernel in WebAssembly takes 20 seconds of a processor to start."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, with a Pyodide of its own in the place of the one on the network."""
    if not JUPYTERLITE.exists():
        pytest.skip(f"JupyterLite is not in {JUPYTERLITE}: make lite (make nightly installs it)")
    scratch = tmp_path_factory.mktemp("lite")
    pyodide = distribution(scratch)
    course, out = publish(scratch / "course"), scratch / "site"
    given = ["--course", course, "--out", out, "--pyodide", pyodide]
    subprocess.run([JUPYTERLITE, ROOT / "scripts" / "lite.py", *given], check=True)
    return out


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    """The address of the site: a folder on a server that knows nothing about it."""
    port, log = free_port(), tmp_path_factory.mktemp("server") / "log"
    address = f"http://127.0.0.1:{port}/{site.name}"
    folder = ["--bind", "127.0.0.1", "--directory", site.parent]
    plain = [sys.executable, "-m", "http.server", *folder]
    with log.open("w") as file:
        server = subprocess.Popen([*plain, str(port)], stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_for(address, server, log)
        yield address
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def opened(chromium, served):
    """Opens a page of the site; every request of it and of its kernel is kept."""
    contexts = []

    def open_page(path) -> Watched:
        context = chromium.new_context(viewport={"width": 1100, "height": 900})
        contexts.append(context)
        watched = Watched(context)
        context.set_default_timeout(PATIENCE)
        watched.page.goto(f"{served}/{path}")
        watched.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        return watched

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def first_set(opened):
    """The first set after its start, its setup, a stub, and the check of it."""
    watched = opened(f"lab/index.html?path={SET}/{SET}.ipynb")
    for source in CELLS:
        run(watched.page, source)
    return watched


def run(page, source):
    """Run a cell, when the kernel has nothing else to do; returns its outputs."""
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
    cell = cell_with(page, source)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    cell.locator(".jp-InputPrompt", has_text=RAN).wait_for()
    return cell.locator(".jp-OutputArea-output")


def test_the_site_holds_what_students_get_and_nothing_else(site):
    held = {path.relative_to(site / "files") for path in files(site / "files")}
    course = site.parent / "course"
    published = {path.relative_to(course) for path in files(course)}
    left_out = {path for path in published - held if len(path.parts) == 1}
    assert published - left_out == held
    assert {path.suffix for path in left_out} == {".zip", ".txt", ".md"}
    assert Path("START.ipynb") in held


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_its_kernel_asks_for_the_pyodide_that_is_tested(site):
    kernel = site / "extensions" / "@jupyterlite" / "pyodide-kernel-extension" / "static"
    texts = [path.read_text() for path in kernel.glob("*.js")]
    assert any(f"pyodide/v{VERSION}/full" in text for text in texts)


def test_the_first_page_is_start_with_its_pictures_and_links(opened):
    page = opened("").page
    assert page.locator(".lm-TabBar-tabLabel", has_text="START.ipynb").count() == 1
    shown(page, ".jp-RenderedMarkdown img", 2)
    words = run(page, "is everything there?").inner_text()
    assert re.fullmatch(r"Python 3\.14\S*\nnumpy .*\nmatplotlib .*", words.strip())
    page.locator(".jp-RenderedMarkdown a", has_text="1 ·").click()
    page.locator(".lm-TabBar-tabLabel", has_text=f"{SET}.ipynb").wait_for()
    assert page.locator(".jp-Dialog").count() == 0, "kernels are chosen without a question"


def shown(page, selector, count):
    """Wait until so many pictures are drawn."""
    drawn = (
        "([selector, count]) => [...document.querySelectorAll(selector)]"
        ".filter(picture => picture.naturalWidth > 9).length >= count"
    )
    page.wait_for_function(drawn, arg=[selector, count])


def test_a_notebook_shows_its_pictures(first_set):
    first_set.page.locator("img[alt^='Each product feeds']").scroll_into_view_if_needed()
    shown(first_set.page, "img[alt^='Each product feeds']", 1)
    assert not [words for words in first_set.said if "btoa" in words]


def test_the_kernel_finds_the_files_beside_the_notebook(first_set):
    errors = first_set.page.locator("[data-mime-type='application/vnd.jupyter.error']")
    assert errors.all_inner_texts() == []
    answer = cell_with(first_set.page, "check(sigmoid)").locator(".jp-OutputArea-output")
    assert answer.inner_text() == "– sigmoid is not started yet."


def test_nothing_is_asked_from_elsewhere(first_set, served):
    near = (served.removesuffix("site"), "data:", "blob:")
    assert len(first_set.asked) > 100
    assert [url for url in first_set.asked if not url.startswith(near)] == []
