"""What lies in a folder that a student handed in, however deep, wide or closed it is."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def files_below(
    folder: Path, most: int, passed_over: Callable[[str], bool]
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Relative path and entry of all that is not a folder; links are not followed.

    At most so many entries are looked at. Not os.walk: that fails a thousand folders down.
    """
    waiting, seen = [""], 0
    while waiting:
        place = waiting.pop()
        for entry in _entries(folder / place):
            seen += 1
            if seen > most:
                return
            if passed_over(entry.name):
                continue
            name = os.path.join(place, entry.name)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            else:
                yield name, entry


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:  # closed, or deeper than a path can say
        return []
