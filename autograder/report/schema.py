"""The JSON schema of a result, read off the records; published as a file in docs/.

python -m autograder.report.schema
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from autograder.records import Report

PLACE = Path("docs") / "results.schema.json"


def schema() -> dict[str, Any]:
    """Describe what `as_json` writes."""
    found = msgspec.json.schema(Report)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, "title": "A graded submission", **found}


def as_text() -> str:
    """The file's content."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(as_text(), encoding="utf-8")
