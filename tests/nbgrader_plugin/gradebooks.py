"""A course as data: every row of its gradebook, and every file that nbgrader wrote."""

import re
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

KEYS = {
    "assignment": ("name",),
    "notebook": ("assignment_id", "name"),
    "base_cell": ("notebook_id", "name", "type"),
    "source_cell": ("notebook_id", "name"),
    "submitted_assignment": ("assignment_id", "student_id"),
    "submitted_notebook": ("assignment_id", "notebook_id"),
    "grade": ("notebook_id", "cell_id"),
    "comment": ("notebook_id", "cell_id"),
}
"""What names a row, by table, each after those that it refers to; ids are random."""
RANDOM = re.compile(r"[0-9a-f]{32}")


def rows_of(gradebook: Path) -> dict[str, list[tuple]]:
    """All rows of all tables, in the order in which they were written, with names for ids."""
    with closing(connect(gradebook)) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in database.execute(query)]
        contents = {table: _rows(database, table) for table in tables}
    names: dict[object, str] = {}
    for table, keys in KEYS.items():
        for row in contents[table]:
            names[row["id"]] = f"{table}({', '.join(str(names.get(row[k], row[k])) for k in keys)})"
    return {
        table: [tuple((key, names.get(value, value)) for key, value in row.items()) for row in rows]
        for table, rows in contents.items()
    }


def _rows(database, table: str) -> list[dict]:
    cursor = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def files_of(course: Path, step: str) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of every file that a step wrote, by path below the step's folder."""
    folder = course / step
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
