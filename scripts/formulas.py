"""What the documentation site does on top of mkdocs: formulas become MathML.

Browsers draw MathML themselves, so no page fetches anything. Code stays as it is.
"""

import re

from latex2mathml.converter import convert

CODE = re.compile(r"(```.*?```|^(?: {4}|\t).*?$|`[^`\n]*`)", re.DOTALL | re.MULTILINE)
FORMULA = re.compile(r"\$\$(?P<shown>.+?)\$\$|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$])?)\$", re.DOTALL)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Called by mkdocs for each page, before it is made HTML."""
    parts = CODE.split(markdown)
    return "".join(
        part if place % 2 else FORMULA.sub(_as_mathml, part) for place, part in enumerate(parts)
    )


def _as_mathml(found: re.Match[str]) -> str:
    shown = found["shown"]
    return convert(shown or found["inline"], display="block" if shown else "inline")
