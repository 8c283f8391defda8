"""The JSON schema of a result, read off the records themselves; published as a file in docs/.

python -m autograder.report.schema
"""

import dataclasses
import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from autograder.records import Report
from autograder.report.files import LEFT_OUT, SCHEMA

PLACE = Path("docs") / "results.schema.json"
PLAIN = {str: "string", float: "number", int: "integer", bool: "boolean"}


def schema() -> dict[str, Any]:
    """Describe what `as_json` writes; every field is required, and there are no others."""
    body = _record(Report, LEFT_OUT)
    version = {"description": "The version of this format.", "const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A graded submission",
        **body,
        "properties": {"schema": version, **body["properties"]},
        "required": ["schema", *body["required"]],
    }


def _record(record: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    hints = get_type_hints(record)
    names = [field.name for field in dataclasses.fields(record) if field.name not in without]
    return {
        "type": "object",
        "properties": {name: _kind(hints[name]) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _kind(hint: Any) -> dict[str, Any]:
    """The schema of one annotation: a plain type, a record, a choice or a tuple."""
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if dataclasses.is_dataclass(hint):
        return _record(hint)
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _kind(get_args(hint)[0])}
    raise TypeError(f"{hint} has no JSON schema yet. Teach it to autograder/report/schema.py.")


def as_text() -> str:
    """The file's content."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(as_text(), encoding="utf-8")
