"""Feedback pages, byte by byte those of nbconvert's HTMLExporter, in a fraction of its time.

Most cells of a class are the same for everybody: what a text looks like as a page is worked out
once. The head of the page is, too (normal_page.py).
"""

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import clean_html
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

from autograder.nbgrader_plugin.normal_page import normal

HELD, LONGEST = 512, 10_000
"""So many texts are remembered, each of so many characters at most."""
READS_FILES = ("![", "<img")
"""Markdown without these shows nothing that lies beside the notebook or is attached to its cell."""

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
        lexer = language.get("pygments_lexer", language.get("name", None))
        highlight = self.filters.get("highlight_code", self._highlighting(lexer))
        self.register_filter("highlight_code", highlight)
        self.register_filter("filter_data_type", widgets)
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        page, missing = normal(html)
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
        if any(sign in source.lower() for sign in READS_FILES):
            return super().markdown2html(context, source)
        return self._markdown(source)

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


def remembered(function: Filter) -> Filter:
    """The function, called once for each short text; others are worked out every time."""
    known = lru_cache(HELD)(function)

    def answer(source: Any, *more: Any) -> str:
        short = type(source) is str and len(source) <= LONGEST
        return known(source, *more) if short else function(source, *more)

    return answer
