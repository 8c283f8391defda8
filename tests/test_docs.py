"""The documentation is true where a program can tell: links, commands, the sets, the schema."""

import argparse
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from autograder.cli.main import main, parser
from autograder.exercise.load import assignment_names
from autograder.report.schema import PLACE, as_text
from tests.course import ROOT
from tests.notebooks import hand_in, solved

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
MOST_BYTES = 150_000
FETCHED = {"img": "src", "script": "src", "iframe": "src", "source": "src"}


def name_of(path):
    return str(path.relative_to(ROOT))


def prose_of(page):
    """A page without its code."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors_of(page):
    """The anchors that a page's headings get, on code hosts and in mkdocs alike."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(), flags=re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", head)).strip().lower() for head in heads)
    return {word.replace(" ", "-") for word in words}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(prose_of(page)):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        place = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert place.exists(), target
        assert place.is_relative_to(ROOT), target
        if parts.fragment:
            assert parts.fragment in anchors_of(place), target


def test_pictures_are_small_and_each_is_shown():
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    shown = "".join(page.read_text() for page in PAGES)
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < MOST_BYTES, picture
        assert f"images/{picture.name})" in shown, picture


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The documentation as a site; a broken link or anchor would end the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


class Fetched(HTMLParser):
    """Collects what a browser loads for a page without being asked."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in FETCHED and given.get(FETCHED[tag]):
            self.found.append(given[FETCHED[tag]])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "shortcut icon"):
            self.found.append(given["href"])


def test_the_site_fetches_nothing_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert site / "instructors.html" in pages
    for page in pages:
        parser = Fetched()
        parser.feed(page.read_text())
        assert [address for address in parser.found if urlsplit(address).netloc] == []
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", sheet.read_text()), sheet


def test_formulas_are_drawn_and_code_is_left_alone(site):
    page = (site / "notation.html").read_text()
    assert "<math" in page
    text = re.sub(r"<(code|pre)[ >].*?</\1>|<annotation.*?</annotation>", "", page, flags=re.DOTALL)
    assert "$" not in text
    assert "submitted/$(basename $s)" in (site / "instructors.html").read_text()


def commands_in(page):
    """The `autograder …` lines of a page, as typed or in backticks."""
    text = page.read_text().replace("\\\n", " ")
    typed = re.findall(r"^ *(?:\$ )?(autograder [^\n#]+)$", text, flags=re.MULTILINE)
    return [line for line in typed + re.findall(r"`(autograder [^`]+)`", text) if "…" not in line]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_commands_that_pages_name_exist(page):
    (commands,) = (
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    for line in commands_in(page):
        name, *rest = line.split()[1:]
        if name.startswith("-"):
            continue
        assert name in commands.choices, line
        known = commands.choices[name]._option_string_actions
        assert {word for word in rest if word.startswith("--")} <= set(known), line


def test_make_targets_that_pages_name_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"(?:`|^ *(?:\$ )?)make ([a-z]+)", page.read_text(), flags=re.MULTILINE)
        assert set(named) <= targets, name_of(page)


def test_the_start_page_lists_every_set():
    text = (ROOT / "docs" / "index.md").read_text()
    listed = re.findall(r"^\| (ps\d\w+) \|", text, flags=re.MULTILINE)
    assert tuple(listed) == assignment_names()


def test_the_published_schema_is_that_of_the_records():
    assert (ROOT / PLACE).read_text() == as_text()


def test_real_results_are_what_the_schema_says(tmp_path):
    """Also those of a wrong answer, and of a file that is not a notebook."""
    name = "ps2_worked_example"
    hand_in(solved(name, train_step="def train_step(): return 1"), tmp_path / "ada.ipynb")
    (tmp_path / "ben.ipynb").write_text("my answers")
    out = tmp_path / "results"
    given = ["--assignment", name, "--out", str(out), "--quiet", "--workers", "1"]
    assert main(["grade", str(tmp_path), *given]) == 0
    schema = json.loads((ROOT / PLACE).read_text())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    results = [json.loads((out / f"{student}.json").read_text()) for student in ("ada", "ben")]
    assert [result["status"] for result in results] == ["graded", "not_graded"]
    for result in results:
        validator.validate(result)
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**result, "score": "13"})
