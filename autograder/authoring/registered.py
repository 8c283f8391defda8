"""Put one more name at the end of a set's EXERCISES, and leave the rest of the file as it is."""

import ast

from autograder.errors import Misuse

LINE = 100
"""A tuple that would be longer than this is written with a name to a line."""


def registered(text: str, name: str) -> str:
    """The text of a set's __init__.py with one more exercise; raises Misuse without a tuple."""
    listed = _listed(text)
    old = ast.get_source_segment(text, listed) or ""
    names = [ast.literal_eval(entry) for entry in listed.elts]
    return text.replace(old, _written([*names, name], wide="\n" not in old), 1)


def _listed(text: str) -> ast.Tuple:
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name("EXERCISES")], value=ast.Tuple() as listed):
                return listed
    raise Misuse('The set\'s __init__.py has no EXERCISES. Write EXERCISES = ("name", "name").')


def _written(names: list[str], wide: bool) -> str:
    entries = [f'"{name}"' for name in names]
    flat = f"({', '.join(entries)}{',' if len(entries) == 1 else ''})"
    if wide and len(f"EXERCISES = {flat}") <= LINE:
        return flat
    return "(\n" + "".join(f"    {entry},\n" for entry in entries) + ")"
