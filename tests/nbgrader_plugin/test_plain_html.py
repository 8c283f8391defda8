"""Plain HTML: where there is an answer, it is BeautifulSoup's."""

import random

import pytest
from bs4 import BeautifulSoup

from autograder.nbgrader_plugin.plain_html import MARK, NO_ALT, written

PIECES = (
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "<span></span>",
        "<br>",
        "<br/>",
        "<hr />",
    ),
    *('<a href="#x" class="b">', "</a>", '<img src="s">', '<img alt="" src="s"/>', "</br>"),
    *(" ", "\n", "\t \n", "a", " b > c ", "&lt;&gt;&amp;&quot;&#39;&#x27;&nbsp;&#182;", "é\u2028"),
)
ODD = (
    *(
        "<script>",
        "</script>",
        "<!-- x -->",
        "<!--",
        "<P>",
        "<b a>",
        "<b a=c>",
        "<b a='c'>",
        "<b/>",
    ),
    *(
        '<b class="">',
        '<b a="1" a="2">',
        '<b rel="x  y">',
        '<a rel=" x">',
        '<b a="&amp;">',
        "<",
        "&",
    ),
    *("&#128;", "&#0;", "&#13;", "&rang;", "&lt", "&#39", "\0", "<textarea>", "<title>", "</x>"),
    *('<b z="1" class=" c  d ">', "</b>", "<?x?>", "<!DOCTYPE html>", "]]>", '<b a="<">', "&#xad;"),
)


def parsed(text):
    """What nbconvert has BeautifulSoup do."""
    soup = BeautifulSoup(text, features="html.parser")
    missing = soup.select("img:not([alt])")
    for picture in missing:
        picture.attrs["alt"] = NO_ALT
    return str(soup), len(missing)


def grown(rng, depth=0):
    """HTML that is closed in order, with now and then something odd in it."""
    inner = "".join(
        rng.choice(PIECES[10:13] + PIECES[15:] + ("<br>", "<hr />"))
        for _ in range(rng.randrange(4))
    )
    if rng.random() < 0.05:
        inner += rng.choice(ODD)
    if depth < 4:
        inner += "".join(grown(rng, depth + 1) for _ in range(rng.randrange(3)))
    name = rng.choice(("div", "p", "pre", "li", "code"))
    inner = inner.replace('<a href="#x" class="b">', "").replace("</a>", "").replace("</br>", "")
    return f"<{name}>{inner}</{name}>"


def test_what_is_closed_in_order_is_written_as_beautifulsoup_writes_it():
    """Thousands of texts, of which most have an answer."""
    rng = random.Random(15)
    texts = [grown(rng) for _ in range(3000)]
    answers = [(text, written(text)) for text in texts]
    assert sum(answer is not None for _, answer in answers) > 1500
    assert [t for t, answer in answers if answer not in (None, parsed(t))] == []


def test_pieces_in_any_order_are_written_right_or_not_at_all():
    """Crossed, open, closed twice, and with everything that is odd."""
    rng = random.Random(16)
    texts = ["".join(rng.choices(PIECES + ODD, k=rng.randrange(1, 7))) for _ in range(6000)]
    answers = [(text, written(text)) for text in texts]
    assert sum(answer is not None for _, answer in answers) > 300
    assert [t for t, answer in answers if answer not in (None, parsed(t))] == []


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_right_or_has_no_answer(odd):
    """Each by itself, within and around."""
    for text in (odd, f"<div>{odd}</div>", f"<p>{odd}x</b></p>", f"{odd}</b>", f"<b>{odd}</b>"):
        assert written(text) in (None, parsed(text))


def test_a_part_may_not_stand_where_text_is_read_in_another_way():
    """Within <pre> spaces count."""
    assert written(f"<div><{MARK}></{MARK}></div>") is not None
    assert written(f"<pre><{MARK}></{MARK}></pre>") is None


def test_code_as_pygments_shows_it_is_plain():
    """This is most of a page."""
    text = (
        '<div class=" highlight hl-python"><pre><span></span><span class="k">def</span> '
        '<span class="nf">f</span><span class="p">(</span><span class="s1">&#39;</span>\n'
        "</pre></div>"
    )
    assert written(text) == parsed(text)
