"""Pages in parts: what nbconvert would have written, whatever is in them."""

from functools import cache

import pytest
from bs4 import BeautifulSoup

from autograder.nbgrader_plugin import normal_page
from autograder.nbgrader_plugin.normal_page import normal, open_after, part_of
from autograder.nbgrader_plugin.plain_html import NO_ALT

CELL = '<div class="cell border-box-sizing text_cell rendered">{}</div>\n'
PAGE = (
    "<!DOCTYPE html>\n<html>\n<head>\n\n<meta charset='utf-8' />\n<title>a &amp b</title>\n"
    "<style>a > b {{ }}</style><script>if (a < b && c) '</div>'</script>\n</head>\n"
    "<body>\n  <a name=top></a> <div class='x  y'>\n <main>{}  </main></div>\n</body>\n</html>\n"
)
CODE_CELL = '\n<div \n  id="cell-id=a" class="cell  border-box-sizing code_cell rendered">{}</div>'
ORDINARY = (
    CODE_CELL.format("x"),
    CELL.format("<p>a  &lt; b &quot;c&quot;</p> \n <pre>  \n</pre><img src='x'><br>"),
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
    normal_page.STANDIN,
    f"<!-- {normal_page.STANDIN} -->",
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


def seen(page, cells):
    """The page with cells in it, made from parts and by nbconvert's own way."""
    parts = [part_of(cell) for cell in cells]
    frame = page.format("".join(part.standin for part in parts))
    return normal(frame, parts), stock(page.format("".join(cells)))


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("cell", [CELL, CODE_CELL, "{}", " \n{}\n "])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_every_page_is_the_one_that_nbconvert_writes(odd, cell, place):
    """With whatever in whichever cell, or in the place of one."""
    cells = [*ORDINARY, *ORDINARY]
    ours, theirs = seen(PAGE, [*cells[:place], cell.format(odd), *cells[place:]])
    if normal_page.STANDIN not in odd:  # which nobody can guess
        assert ours == theirs


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_frame_may_hold_anything(odd):
    """Also what a head or the list of scores should not hold."""
    if normal_page.STANDIN in odd:
        return
    for place in ("</title>", "<a name=top></a>", "<body>\n", "  </main>", "</html>\n"):
        page = PAGE.replace(place, place + odd.replace("{", "{{").replace("}", "}}"))
        ours, theirs = seen(page, ORDINARY)
        assert ours == theirs


@pytest.mark.parametrize("page", ["", "text", "<p>", "{}", "<head></head>{}", "<head>{}"])
def test_what_is_not_a_page_is_left_to_the_parser(page):
    """An answer in any case."""
    ours, theirs = seen(page, ORDINARY if "{}" in page else [])
    assert ours == theirs


def test_an_ordinary_page_is_not_parsed_whole(monkeypatch):
    """Otherwise every page takes as long as before, and nobody sees it."""
    seen(PAGE, ORDINARY)
    parsed = []
    whole = normal_page._parsed
    monkeypatch.setattr(
        normal_page, "_parsed", lambda text, **kw: parsed.append(text) or whole(text, **kw)
    )
    odd = CELL.format("<!-- a comment -->")
    ours, theirs = seen(PAGE, [*ORDINARY, odd, CELL.format("plain &amp; simple")])
    assert ours == theirs
    by_the_parser = [ORDINARY[1].strip(), odd.strip()]
    body = [text for text in parsed if "<body" in text]
    assert [text for text in parsed if text not in body] == by_the_parser
    assert not any("border-box-sizing" in text for text in body)


def test_open_elements_are_told_in_order():
    """Text whose end is not reached, or that closes what it did not open, has no answer."""
    assert open_after("<div><br><p>x</p><img/>") == ["div"]
    assert open_after("<p></div>") is None
    assert open_after("<div>&am") is None
    assert open_after("<script>x") is None
