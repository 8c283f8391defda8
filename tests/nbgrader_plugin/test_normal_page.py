"""Pages in parts: what nbconvert would have written, whatever is in them."""

from functools import cache

import pytest
from bs4 import BeautifulSoup

from autograder.nbgrader_plugin import normal_page
from autograder.nbgrader_plugin.normal_page import NO_ALT, normal, open_after

CELL = '<div class="cell border-box-sizing text_cell rendered">{}</div>\n'
PAGE = (
    "<!DOCTYPE html>\n<html>\n<head>\n\n<meta charset='utf-8' />\n<title>a &amp b</title>\n"
    "<style>a > b {{ }}</style><script>if (a < b && c) '</div>'</script>\n</head>\n"
    "<body>\n  <a name=top></a> <div class='x  y'>\n <main>{}  </main></div>\n</body>\n</html>\n"
)
CODE_CELL = '<div \n  id="cell-id=a" class="cell border-box-sizing code_cell rendered">{}</div>\n'
ORDINARY = CODE_CELL.format("x") + CELL.format(
    "<p>a  &lt; b &quot;c&quot;</p> \n <pre>  \n</pre><img src='x'><br>"
)
ODD = [
    "",
    "plain & simple, 1 < 2",
    "</div>",
    "</div></div></main></body></html>",
    "<div>",
    "<p>one<p>two",
    "<b><i>crossed</b></i>",
    "</br>x<br></br>",
    "<br>\n </br> \n ",
    "<pre>\n  kept",
    "<textarea>  \n ",
    "<script>'</div>'",
    "<script>1 < 2</script><style>a</style>",
    "<!-- open",
    "<!-- <div class='cell border-box-sizing'> -->",
    '<!-- <div class="cell border-box-sizing text_cell rendered"> -->',
    '<a title="<div class="cell border-box-sizing">">x</a>',
    "<head></head>",
    "<head><b></head>",
    "<autograder-cells></autograder-cells>",
    "&lt;autograder-cells&gt;&lt;/autograder-cells&gt;",
    "<a href='x",
    "&am",
    "&#60;&#x3c;&nosuch;&#0;",
    "<![CDATA[ x ]]><?php x ?><!DOCTYPE x>",
    "<IMG SRC=x><img alt src=y><Img/>",
    "<p class='jp-Notebook'><div class='jp-Cell-inputWrapper'>x</div></p>",
    "<div class='jp-Notebook'><div class='jp-OutputArea-output'>x</div></div>",
    "jp-Notebook",
    "<svg><path d='M0'/></svg><circle/>",
    "<template><rt> \n </rt></template>",
    "\u2028\x0b <p>\x00</p>",
]


@cache
def stock(page):
    """What nbconvert 7.17.2 does to a page, in its own words."""
    soup = BeautifulSoup(page, features="html.parser")
    missing = 0
    for elem in soup.select("img:not([alt])"):
        elem.attrs["alt"] = NO_ALT
        missing += 1
    for elem in soup.select(".jp-Notebook div.jp-Cell-inputWrapper"):
        elem.attrs["tabindex"] = "0"
    for elem in soup.select(".jp-Notebook div.jp-OutputArea-output"):
        elem.attrs["tabindex"] = "0"
    return str(soup), missing


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", ["first", "middle", "last", "between", "outside"])
def test_every_page_is_the_one_that_nbconvert_writes(odd, place):
    """With whatever in whichever cell, or where no cell is."""
    cells = {
        "first": CELL.format(odd) + ORDINARY * 2,
        "middle": ORDINARY + CELL.format(odd) + ORDINARY,
        "last": ORDINARY * 2 + CELL.format(odd),
        "between": ORDINARY + odd + ORDINARY,
        "outside": odd,
    }
    page = PAGE.format(cells[place])
    assert normal(page) == stock(page)


@pytest.mark.parametrize("odd", ODD)
def test_a_head_may_hold_anything(odd):
    """Also what a head should not hold."""
    page = PAGE.format(ORDINARY * 3).replace("</title>", "</title>" + odd)
    assert normal(page) == stock(page)


@pytest.mark.parametrize("page", ["", "text", "<p>", ORDINARY * 2, "<head></head>", "<head>"])
def test_what_is_not_a_page_is_left_to_the_parser(page):
    assert normal(page) == stock(page)


def test_an_ordinary_page_is_not_parsed_whole(monkeypatch):
    """Otherwise every page takes as long as before, and nobody sees it."""
    page = PAGE.format(ORDINARY * 3)
    expected = stock(page)
    normal(page)
    parsed = []
    whole = normal_page._parsed
    monkeypatch.setattr(
        normal_page, "_parsed", lambda text, **kw: parsed.append(text) or whole(text, **kw)
    )
    assert normal(page) == expected
    assert [text.count("border-box-sizing") for text in parsed] == [1]


def test_open_elements_are_told_in_order():
    """Text whose end is not reached, or that closes what it did not open, has no answer."""
    assert open_after("<div><br><p>x</p><img/>") == ["div"]
    assert open_after("<p></div>") is None
    assert open_after("<div>&am") is None
    assert open_after("<script>x") is None
