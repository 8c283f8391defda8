"""Feedback pages, byte by byte those of nbconvert's HTMLExporter, in a fraction of its time.

Most cells of a class are the same for everybody: what a cell looks like as a page is worked out
once. The head of the page is, too (normal_page.py).
"""

import json
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

import nbformat
from jinja2 import Template, TemplateNotFound, pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import clean_html
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import validator

from autograder.nbgrader_plugin.normal_page import Part, normal, part_of

TEMPLATES = (
    "index.html.j2",
    "nbconvert/templates/classic/index.html.j2",
    "nbconvert/templates/classic/base.html.j2",
    "nbconvert/templates/base/display_priority.j2",
    "nbconvert/templates/base/null.j2",
)
READ = "c2f5e6e2e71c8283de35171b4fb85cbe"
"""Of nbgrader's templates as they were read: a cell looks the same in each place of each page."""
HELD, LONGEST = 1024, 64_000
"""So many cells and texts are remembered, each of so many characters at most."""
READS_FILES = ("![", "<img")
"""Markdown without these shows nothing that lies beside the notebook or is attached to its cell."""
STATIC = {"text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/svg+xml"}
"""Outputs that look the same each time: others may get a random id, or be read with others."""
FRAME = """{%- extends page -%}
{%- block any_cell scoped -%}{{ standin(cell, super) }}{%- endblock any_cell -%}"""
"""The page with something short in the place of each cell."""

Filter = Callable[..., str]


class FeedbackExporter(HTMLExporter):  # type: ignore[misc]
    """HTMLExporter that remembers; configured as that one is."""

    def from_notebook_node(
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook."""
        resources = self._init_resources(resources)
        widgets = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )
        language = nb.metadata.get("language_info", {})
        self._lexer = language.get("pygments_lexer", language.get("name", None))
        highlight = self.filters.get("highlight_code", self._highlighting(self._lexer))
        self.register_filter("highlight_code", highlight)
        self.register_filter("filter_data_type", widgets)
        self._parts: list[Part] = []
        frame, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        page, missing = normal(frame, self._parts)
        if missing:
            self.log.warning("Alternative text is missing on %s image(s).", missing)
        return page, resources

    def default_filters(self) -> Iterator[tuple[str, Filter]]:
        """Nbconvert's, where sanitising remembers as well."""
        yield from super().default_filters()
        yield "clean_html", remembered(clean_html)

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML."""
        if reads_files(source):
            return super().markdown2html(context, source)
        return self._markdown(source)

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """As nbconvert has it, but for copies of what is ours alone; checked once, at the end."""
        _, nb = validator.normalize(nb)
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        return nb, resources

    def _load_template(self) -> Template:
        parts = {"page": super()._load_template(), "standin": self._standin}
        return self.environment.from_string(FRAME, globals=parts)

    def _standin(self, cell: Any, rendered: Callable[[], str]) -> str:
        """What stands in the frame for a cell, which is kept beside it."""
        key = key_of(cell) if self._as_read else None
        part = self._known.get((key, self._lexer)) if key else None
        if part is None:
            part = part_of(rendered())
            if key and len(part.text) <= LONGEST and len(self._known) < HELD:
                self._known[key, self._lexer] = part
        self._parts.append(part)
        return part.standin

    @cached_property
    def _as_read(self) -> bool:
        loader = self.environment.loader
        try:
            texts = [loader.get_source(self.environment, name)[0] for name in TEMPLATES]
        except TemplateNotFound:
            return False
        return blake2b("".join(texts).encode(), digest_size=16).hexdigest() == READ

    @cached_property
    def _known(self) -> dict[tuple[bytes, str | None], Part]:
        return {}

    @cached_property
    def _markdown(self) -> Filter:
        return remembered(lambda source: HTMLExporter.markdown2html(self, {}, source))

    @cached_property
    def _highlighted(self) -> Filter:
        return remembered(lambda source, lexer: Highlight2HTML(lexer, parent=self)(source))

    def _highlighting(self, lexer: str | None) -> Filter:
        def highlight(source: str, language: str | None = None, metadata: Any = None) -> str:
            if language or "magics_language" in (metadata or {}):
                return str(Highlight2HTML(lexer, parent=self)(source, language, metadata))
            return self._highlighted(source, lexer)

        return highlight


def key_of(cell: Any) -> bytes | None:
    """A digest of all that decides what a cell looks like; None where more than the cell does."""
    kinds = {kind for output in cell.get("outputs", ()) for kind in output.get("data", ())}
    content = json.dumps(cell, sort_keys=True)
    if not kinds <= STATIC or reads_files(content):
        return None
    return blake2b(content.encode(), digest_size=16).digest()


def reads_files(text: str) -> bool:
    """Could it be markdown that shows a file?"""
    text = text.lower()
    return any(sign in text for sign in READS_FILES)


def remembered(function: Filter) -> Filter:
    """The function, called once for each short text; others are worked out every time."""
    known = lru_cache(HELD)(function)

    def answer(source: Any, *more: Any) -> str:
        short = type(source) is str and len(source) <= LONGEST
        return known(source, *more) if short else function(source, *more)

    return answer
